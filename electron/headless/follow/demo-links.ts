import type { EngineConnection } from '#ipc';
import type { Destination } from '#shared/destination.ts';
import type { Ledger } from './ledger.ts';

/**
 * Whether the links that a command has told stop to open when it ends: the demo service that answers them runs in this
 * very process. Cyberun's file keys are for its runs, nothing opens them.
 */
export async function doLinksEndHere(
  { api, isOwner }: EngineConnection,
  destination: Destination,
  ledger: Ledger,
): Promise<boolean> {
  if (!isOwner || !destination.isDemo || destination.kind === 'cyberun') return false;
  if (ledger.numbers().completed === 0) return false;
  return (await api.startDemo()).endsWithEngine;
}
