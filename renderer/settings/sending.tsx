import { useState } from 'react';
import { goTo } from '../shell/navigation.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { Switch } from '../ui/switch.tsx';
import { Unavailable } from '../ui/unavailable.tsx';
import { settingsWords as words } from '../words/settings.ts';
import { ChoiceSetting } from './choice-setting.tsx';
import { SettingRow } from './setting-row.tsx';
import { useSettings } from './use-settings.ts';

export function Sending() {
  const { settings, change } = useSettings();
  return (
    <>
      <NumberField
        label={words.maxAttempts}
        hint={words.maxAttemptsHint}
        value={settings.maxAttempts}
        min={1}
        max={100}
        unit={words.tries}
        onChange={(maxAttempts) => void change({ maxAttempts })}
      />
      <Switch
        label={words.reuse}
        hint={words.reuseHint}
        isOn={settings.reuseSameContent}
        onChange={(reuseSameContent) => void change({ reuseSameContent })}
      />
      <AfterUploadDefault />
      <SettingRow label={words.lanes} hint={words.lanesHint}>
        {() => (
          <Unavailable why={null}>
            <Button onClick={() => goTo({ name: 'destinations' })}>{words.showDestinations}</Button>
          </Unavailable>
        )}
      </SettingRow>
    </>
  );
}

function AfterUploadDefault() {
  const { settings, change } = useSettings();
  const rule = settings.afterUploadDefault;
  const [directory, setDirectory] = useState(rule.kind === 'move' ? rule.directory : 'uploaded');
  const take = (name: string) => {
    if (name.trim() !== '') void change({ afterUploadDefault: { kind: 'move', directory: name.trim() } });
  };
  return (
    <>
      <ChoiceSetting
        label={words.afterUpload}
        hint={words.afterUploadHint}
        value={rule.kind}
        choices={words.after}
        onChange={(kind) =>
          kind === 'move' ? take(directory) : void change({ afterUploadDefault: { kind } })
        }
      />
      {rule.kind === 'move' && (
        <TextField
          label={words.moveTo}
          hint={words.moveToHint}
          value={directory}
          onChange={setDirectory}
          onBlur={() => take(directory)}
        />
      )}
    </>
  );
}
