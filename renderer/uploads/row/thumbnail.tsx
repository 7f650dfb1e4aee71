import { useEffect, useState } from 'react';
import type { JobId } from '#shared/job.ts';
import { useLive, useWindow } from '../../live/window-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { typeOf } from './row-words.ts';

/** Rows that fly by while one scrolls ask for nothing. */
const patienceMs = 120;
const mostRemembered = 5000;

/** Files without a picture, so that they are not asked for again at every look. */
const without = new Set<JobId>();
let epochOfWithout = 0;

/** What an engine did not answer that was gone says nothing of the next one. */
function forgetBefore(epoch: number): void {
  if (epoch !== epochOfWithout) without.clear();
  epochOfWithout = epoch;
}

function rememberWithout(id: JobId): void {
  if (without.size >= mostRemembered) without.clear();
  without.add(id);
}

/** A small picture of the file, or its type in letters. The name beside it says all that is to be said. */
export function Thumbnail({
  id,
  name,
  isCompact,
}: {
  readonly id: JobId;
  readonly name: string;
  readonly isCompact: boolean;
}) {
  const { host } = useWindow();
  const epoch = useLive((live) => live.epoch);
  const [state, setState] = useState<'resting' | 'asked' | 'there' | 'none'>(
    without.has(id) ? 'none' : 'resting',
  );
  useEffect(() => {
    forgetBefore(epoch);
    setState((now) => (now === 'none' && !without.has(id) ? 'resting' : now));
  }, [epoch, id]);
  useEffect(() => {
    if (state !== 'resting') return;
    const timer = setTimeout(() => setState('asked'), patienceMs);
    return () => clearTimeout(timer);
  }, [state]);
  return (
    <span
      aria-hidden
      className={classNames(
        'relative flex shrink-0 items-center justify-center overflow-hidden rounded-md bg-mute font-semibold text-ink-2',
        isCompact ? 'size-5 rounded-sm text-[0.4375rem]' : 'size-8.5 text-[0.625rem]',
      )}
    >
      {state !== 'there' && typeOf(name).slice(0, 4)}
      {(state === 'asked' || state === 'there') && (
        <img
          src={host.thumbnailUrl(id, 64)}
          alt=""
          decoding="async"
          draggable={false}
          onLoad={() => setState('there')}
          onError={() => {
            rememberWithout(id);
            setState('none');
          }}
          className={classNames('absolute inset-0 size-full object-cover', state === 'asked' && 'opacity-0')}
        />
      )}
    </span>
  );
}
