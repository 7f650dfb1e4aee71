/** Decides what becomes of a file that is given: a new job, or one that is there. */
import type { Enqueued } from '#ports/journal.ts';
import type { StateName } from '#shared/job.ts';

/** A job of the same path, destination and edge. */
export interface KnownJob {
  readonly id: number;
  readonly state: StateName;
  readonly isSameVersion: boolean;
  readonly generation: number;
  /** Epoch ms; null: not known to end. */
  readonly linkExpiresAt: number | null;
}

export type Decision =
  | { readonly outcome: 'added' }
  | { readonly outcome: Exclude<Enqueued['outcome'], 'added'>; readonly id: number };

/** `known` comes newest first. A canceled job and one whose link is dead do not count (see `Enqueued`). */
export function decide(known: readonly KnownJob[], isForced: boolean, now: number): Decision {
  if (isForced) return { outcome: 'added' };
  const same = known.find((job) => job.isSameVersion && (isUnfinished(job) || hasLivingLink(job, now)));
  if (same !== undefined) return { outcome: same.state === 'completed' ? 'linked' : 'joined', id: same.id };
  const other = known.find((job) => !job.isSameVersion && isUnfinished(job));
  return other === undefined ? { outcome: 'added' } : { outcome: 'changed', id: other.id };
}

const isUnfinished = ({ state }: KnownJob) => state !== 'completed' && state !== 'canceled';

const hasLivingLink = ({ state, linkExpiresAt }: KnownJob, now: number) =>
  state === 'completed' && (linkExpiresAt === null || linkExpiresAt > now);
