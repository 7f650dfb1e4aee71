import type { DestinationHold } from '#shared/ipc.ts';
import { useNow } from '../live/use-now.ts';
import { countdown } from '../words/amounts.ts';
import { shell } from '../words/shell.ts';

/** What holds a destination, in a word or in the time that is left. */
export function HoldRest({ hold }: { readonly hold: DestinationHold | null }) {
  const isCounting = hold?.until != null;
  const now = useNow(isCounting);
  if (hold === null) return null;
  if (hold.until !== null && hold.until > now) return shell.heldFor(countdown(hold.until - now));
  return shell.held[hold.kind];
}
