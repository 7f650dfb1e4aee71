import { useEffect, useState } from 'react';
import type { JobId } from '#shared/job.ts';
import { useLive, useWindow } from './window-context.tsx';

/** What flies by while one scrolls asks for nothing. */
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

export interface ThumbnailPicture {
  /** `resting`: not asked for yet. `none`: the file has no picture. */
  readonly state: 'resting' | 'asked' | 'there' | 'none';
  /** For an `img`, which is drawn while it is `asked` or `there`. */
  readonly image: { readonly src: string; onLoad(): void; onError(): void };
}

/** The small picture of a file, asked for when it has been in sight for a moment. `size`: its longer side, px. */
export function useThumbnail(id: JobId, size: 64 | 512): ThumbnailPicture {
  const { host } = useWindow();
  const epoch = useLive((live) => live.epoch);
  const [state, setState] = useState<ThumbnailPicture['state']>(without.has(id) ? 'none' : 'resting');
  useEffect(() => {
    forgetBefore(epoch);
    setState((now) => (now === 'none' && !without.has(id) ? 'resting' : now));
  }, [epoch, id]);
  useEffect(() => {
    if (state !== 'resting') return;
    const timer = setTimeout(() => setState('asked'), patienceMs);
    return () => clearTimeout(timer);
  }, [state]);
  return {
    state,
    image: {
      src: host.thumbnailUrl(id, size),
      onLoad: () => setState('there'),
      onError() {
        rememberWithout(id);
        setState('none');
      },
    },
  };
}
