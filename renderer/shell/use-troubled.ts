import { useCountsByDestination } from '../live/use-counts-by-destination.ts';
import { useLive } from '../live/window-context.tsx';

/** Which of these destinations have files that need somebody or failed. */
export function useTroubled(ids: readonly string[]): ReadonlySet<string> {
  const isAny = useLive(({ counts }) => counts.byTab.needsYou + counts.byTab.failed > 0);
  const counts = useCountsByDestination(isAny ? ids : []);
  return new Set([...counts].flatMap(([id, { byTab }]) => (byTab.needsYou + byTab.failed > 0 ? [id] : [])));
}
