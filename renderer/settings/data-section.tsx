import { Copy } from 'lucide-react';
import { attempt } from '../live/attempt.ts';
import { useLive, useWindow } from '../live/window-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { Unavailable } from '../ui/unavailable.tsx';
import { settingsWords as words } from '../words/settings.ts';
import { ExportImport } from './export-import.tsx';
import { SettingRow } from './setting-row.tsx';
import { useSettings } from './use-settings.ts';

const dayMs = 86_400_000;

export function DataSection() {
  const { settings, change } = useSettings();
  const engine = useLive((live) => live.engine);
  const { retention } = settings;
  return (
    <>
      {engine !== null && <Place label={words.directory} path={engine.dataDir} />}
      {engine?.logDirectory != null && <Place label={words.logs} path={engine.logDirectory} />}
      <NumberField
        label={words.keepCompleted}
        hint={words.keepCompletedHint}
        value={Math.round(retention.completedMs / dayMs)}
        min={1}
        max={3650}
        unit={words.days}
        onChange={(days) => void change({ retention: { completedMs: days * dayMs } })}
      />
      <NumberField
        label={words.keepTimelines}
        hint={words.keepTimelinesHint}
        value={Math.round(retention.timelineMs / dayMs)}
        min={1}
        max={3650}
        unit={words.days}
        onChange={(days) => void change({ retention: { timelineMs: days * dayMs } })}
      />
      <NumberField
        label={words.copies}
        hint={words.copiesHint}
        value={retention.databaseCopies}
        min={1}
        max={30}
        unit={words.copiesUnit}
        onChange={(databaseCopies) => void change({ retention: { databaseCopies } })}
      />
      <ExportImport />
    </>
  );
}

function Place({ label, path }: { readonly label: string; readonly path: string }) {
  const { host } = useWindow();
  return (
    <SettingRow label={label} hint={<MiddleCut text={path} className="font-mono" />}>
      {() => (
        <Unavailable why={null}>
          <IconButton
            label={words.copyPath}
            icon={Copy}
            onClick={() => void attempt(host.copyText(path))}
            className="-me-1.5 -mt-1"
          />
        </Unavailable>
      )}
    </SettingRow>
  );
}
