/** Who may send: a file that was renewed too often goes alone, with the whole bandwidth. Pure. */

import type { StoredJob } from '#ports/stored-job.ts';
import { byOrder } from './candidates.ts';
import { aloneAfterRenewals } from './renewal.ts';

export const mustGoAlone = (job: StoredJob): boolean => job.renewalsInRow >= aloneAfterRenewals;

/**
 * `sending`: whose bytes flow now, of any destination. `wanting`: who could send if it were alone. Of these one goes
 * after the other, first who is first anywhere, and nobody else begins before they are through.
 */
export function mayBegin(
  job: StoredJob,
  sending: readonly StoredJob[],
  wanting: readonly StoredJob[],
): boolean {
  if (sending.some(mustGoAlone)) return false;
  if (!mustGoAlone(job)) return wanting.length === 0;
  return sending.length === 0 && wanting.every((other) => byOrder(job, other) <= 0);
}
