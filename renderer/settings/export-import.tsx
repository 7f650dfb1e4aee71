import { useRef, useState } from 'react';
import type { ImportReport } from '#shared/ipc.ts';
import { attempt } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { counted } from '../words/plural.ts';
import { settingsWords as words } from '../words/settings.ts';
import { SettingRow } from './setting-row.tsx';

export function ExportImport() {
  const { api } = useWindow();
  const input = useRef<HTMLInputElement>(null);
  const [report, setReport] = useState<ImportReport | null>(null);

  async function save(): Promise<void> {
    const text = await attempt(api.exportSettings());
    if (text !== null) download(words.exportName, text);
  }

  async function take(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setReport(await attempt(file.text().then((text) => api.importSettings(text))));
  }

  return (
    <>
      <SettingRow label={words.exportTitle} hint={words.exportHint}>
        {() => <Button onClick={() => void save()}>{words.exportButton}</Button>}
      </SettingRow>
      <SettingRow label={words.importTitle} hint={words.importHint}>
        {(labelId) => (
          <>
            <Button onClick={() => input.current?.click()}>{words.importButton}</Button>
            <input
              ref={input}
              type="file"
              accept="application/json,.json"
              aria-labelledby={labelId}
              tabIndex={-1}
              className="sr-only"
              onChange={({ currentTarget }) => {
                void take(currentTarget.files?.[0]);
                // The same file may be given again.
                currentTarget.value = '';
              }}
            />
          </>
        )}
      </SettingRow>
      {report !== null && <Report report={report} />}
    </>
  );
}

function Report({ report }: { readonly report: ImportReport }) {
  return (
    <div role="status" className="rounded-md border border-line bg-panel p-3">
      <p className="m-0 font-medium">
        {words.imported(counted(report.destinations, 'destination'), counted(report.folders, 'watch folder'))}
      </p>
      {report.left.length > 0 && (
        <>
          <p className="mt-2 mb-1 text-ink-2">{words.leftOut}</p>
          <ul className="m-0 list-none p-0 text-sm">
            {report.left.map(({ what, reason }) => (
              <li key={`${what} ${reason}`}>
                <span className="font-medium">{what}</span> · {reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
