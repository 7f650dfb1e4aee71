import { FilePen } from 'lucide-react';
import { explainFailure } from '#shared/failure.ts';
import type { SettlingFile } from '#shared/watch-folder.ts';
import { attempt } from '../../live/attempt.ts';
import { useWindow } from '../../live/window-context.tsx';
import { folderName } from '../../shell/folder-name.ts';
import { WhileRunning } from '../../shell/while-running.tsx';
import { Button } from '../../ui/button.tsx';
import { MiddleCut } from '../../ui/middle-cut.tsx';
import { Pill } from '../../ui/pill.tsx';
import { toast } from '../../ui/toasts.tsx';
import { bytes, speed } from '../../words/amounts.ts';
import { uploadsWords as allWords } from '../../words/uploads.ts';
import { typeOf } from '../row/row-words.ts';

const words = allWords.settling;
const shownFiles = 4;

/** Files that are no jobs yet, because something is still writing them. */
export function SettlingRows({ files }: { readonly files: readonly SettlingFile[] }) {
  if (files.length === 0) return null;
  const more = files.length - shownFiles;
  return (
    <section aria-label={words.label} className="shrink-0 border-line border-b bg-canvas">
      <ul className="m-0 list-none p-0">
        {files.slice(0, shownFiles).map((file) => (
          <SettlingRow key={file.path} file={file} />
        ))}
      </ul>
      {more > 0 && <p className="m-0 px-4.5 py-1.5 text-xs text-ink-2">{words.more(more)}</p>}
    </section>
  );
}

function SettlingRow({ file }: { readonly file: SettlingFile }) {
  const { api } = useWindow();
  const name = folderName(file.path);
  async function sendNow(): Promise<void> {
    const added = await attempt(api.sendNow(file.path));
    if (added === null) return;
    if (added.failure === null) toast({ title: words.sent(name), tone: 'ok' });
    else {
      const { reason, hint } = explainFailure(added.failure);
      toast({ title: words.refused(name), text: `${reason} ${hint}`.trim(), tone: 'warn' });
    }
  }
  return (
    <li className="flex min-h-11 items-center gap-2.5 py-1 ps-10.5 pe-3 not-first:border-line not-first:border-t">
      <span
        aria-hidden
        className="flex size-8.5 shrink-0 items-center justify-center rounded-md bg-mute text-[0.625rem] font-semibold text-ink-2"
      >
        {typeOf(file.path).slice(0, 4)}
      </span>
      <div className="min-w-0 flex-1">
        <MiddleCut text={name} className="font-medium" />
        <bdi className="block truncate text-xs text-ink-2">
          {file.bytesPerSecond > 0
            ? words.growing(bytes(file.sizeBytes), speed(file.bytesPerSecond))
            : words.resting(bytes(file.sizeBytes))}
        </bdi>
      </div>
      <Pill tone="neutral" icon={FilePen}>
        {allWords.beingWritten}
      </Pill>
      <WhileRunning>
        <Button onClick={() => void sendNow()} aria-label={words.sendNowOf(name)}>
          {words.sendNow}
        </Button>
      </WhileRunning>
    </li>
  );
}
