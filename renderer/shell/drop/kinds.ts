import { useEffect, useState } from 'react';
import type { KindDescription } from '#shared/ipc.ts';
import { useLive, useWindow } from '../../live/window-context.tsx';

const none: readonly KindDescription[] = [];

/** What the services will not take; empty until the engine said it. */
export function useKinds(): readonly KindDescription[] {
  const { api } = useWindow();
  const epoch = useLive((live) => live.epoch);
  const [kinds, setKinds] = useState(none);
  useEffect(() => {
    if (epoch === 0) return;
    let isGone = false;
    // Without the limits nothing is refused beforehand; the engine judges again anyway.
    api.describeKinds().then(
      (described) => !isGone && setKinds(described),
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [api, epoch]);
  return kinds;
}
