import { useEffect, useMemo, useState } from 'react';
import { followRevisions } from '../live/follow-revisions.ts';
import { useLive, useWindow } from '../live/window-context.tsx';

const pauseMs = 500;
const none: ReadonlySet<string> = new Set();

/** Which of these destinations have files that need somebody or failed, fresh at most twice a second. */
export function useTroubled(ids: readonly string[]): ReadonlySet<string> {
  const { api, live } = useWindow();
  const [troubled, setTroubled] = useState(none);
  const isAny = useLive(({ counts }) => counts.byTab.needsYou + counts.byTab.failed > 0);
  const list = ids.join(' ');
  const asked = useMemo(() => (isAny && list !== '' ? list.split(' ') : []), [isAny, list]);
  useEffect(() => {
    if (asked.length === 0) return;
    let isClosed = false;
    const ask = () => {
      // Without an engine the window says so itself; what was known stays on the screen.
      Promise.all(
        asked.map(async (destinationId) => {
          const { needsYou, failed } = (await api.countJobs({ destinationId })).byTab;
          return needsYou + failed > 0 ? [destinationId] : [];
        }),
      ).then(
        (found) => !isClosed && setTroubled(new Set(found.flat())),
        () => {},
      );
    };
    const leave = followRevisions(live, pauseMs, ask);
    return () => {
      isClosed = true;
      leave();
    };
  }, [api, live, asked]);
  return asked.length === 0 ? none : troubled;
}
