import { settingsWords as words } from '../words/settings.ts';
import { ChoiceSetting } from './choice-setting.tsx';
import { useSettings } from './use-settings.ts';

export function Appearance() {
  const { settings, change } = useSettings();
  return (
    <>
      <ChoiceSetting
        label={words.theme}
        value={settings.theme}
        choices={words.themes}
        onChange={(theme) => void change({ theme })}
      />
      <ChoiceSetting
        label={words.density}
        value={settings.density}
        choices={words.densities}
        onChange={(density) => void change({ density })}
      />
    </>
  );
}
