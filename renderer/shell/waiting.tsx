import { explainFailure } from '#shared/failure.ts';
import { useLive } from '../live/window-context.tsx';
import { shell } from '../words/shell.ts';
import { Mark } from './mark.tsx';

/** Before the first snapshot: what is being waited for, or why there is none. */
export function Waiting() {
  const failure = useLive((live) => live.failure);
  const text = failure === null ? null : explainFailure(failure);
  return (
    <main
      className="flex h-full flex-col items-center justify-center gap-3 px-6 text-center"
      aria-busy={text === null}
    >
      <Mark size={36} />
      <h1 className="m-0 text-lg font-semibold">{text?.reason ?? shell.connecting}</h1>
      {text !== null && <p className="m-0 max-w-100 text-ink-2">{text.hint}</p>}
    </main>
  );
}
