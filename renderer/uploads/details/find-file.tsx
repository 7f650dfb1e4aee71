import { useRef, useState } from 'react';
import { ContractError } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { reasonOf } from '../../live/attempt.ts';
import { useWindow } from '../../live/window-context.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { common } from '../../words/common.ts';
import { detailsWords as words } from '../../words/details.ts';

/** Where a file is now that was moved by hand. The page has no way to look at the disk, so the path is typed or pasted. */
export function FindFile({ job, onDone }: { readonly job: UploadJob; readonly onDone: () => void }) {
  const { api } = useWindow();
  const [path, setPath] = useState(job.path);
  const [error, setError] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const isBusy = useRef(false);

  async function relocate(): Promise<void> {
    if (isBusy.current) return;
    isBusy.current = true;
    try {
      await api.relocateJob(job.id, path.trim());
      onDone();
    } catch (failed) {
      setError(wordsOf(failed));
      form.current?.querySelector('input')?.focus();
    } finally {
      isBusy.current = false;
    }
  }

  return (
    <form
      ref={form}
      className="mt-2.5 flex flex-col gap-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        void relocate();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The form is what is open; the pane stays.
        event.preventDefault();
        event.stopPropagation();
        onDone();
      }}
    >
      <TextField
        label={words.whereIsIt}
        hint={words.whereHint}
        error={error}
        value={path}
        onChange={(next) => {
          setPath(next);
          setError(null);
        }}
        autoFocus
        isCode
      />
      <div className="flex flex-wrap gap-2">
        <Button tone="primary" type="submit" disabled={path.trim() === ''}>
          {words.useIt}
        </Button>
        <Button onClick={onDone}>{common.cancel}</Button>
      </div>
    </form>
  );
}

/** The advice for a job whose file went does not fit a path that was just typed. */
const wordsOf = (error: unknown): string =>
  error instanceof ContractError && error.failure.code === 'file-missing'
    ? words.noFileThere
    : reasonOf(error);
