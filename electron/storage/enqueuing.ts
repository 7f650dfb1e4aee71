/** Decides what becomes of a file that is given: a new job, or one that is there. */
import type { Enqueued } from '#ports/journal.ts';
import type { StateName } from '#shared/job.ts';

/** A job of the same path, destination and edge. */
export interface KnownJob {
  readonly id: number;
  readonly state: StateName;
  readonly isSameVersion: boolean;
  readonly generation: number;
  /** The flow run that it belongs to. */
  readonly groupId: string | null;
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

/**
 * The files of one flow run stand or fall together: they are the jobs of a run that is there, each of them, or a new run
 * altogether. A file of another run must not be taken out of it, and a run without one of its files never starts. Here a
 * canceled job does count: its run can go again. `known`: what there is of each file, newest first; `sizeOf`: how many
 * jobs a run has.
 */
export function decideGroup(
  known: readonly (readonly KnownJob[])[],
  sizeOf: (groupId: string) => number,
  now: number,
): readonly Decision[] {
  const runs = new Set((known[0] ?? []).map(({ groupId }) => groupId).filter((id) => id !== null));
  for (const run of runs) {
    if (sizeOf(run) !== known.length) continue;
    const members = known.map((jobs) => jobs.find(({ groupId }) => groupId === run));
    const decisions = decideMembers(
      members.filter((job) => job !== undefined),
      now,
    );
    if (decisions.length === known.length) return decisions;
  }
  return known.map(() => ({ outcome: 'added' }));
}

/** None where they cannot stand for what is given. */
function decideMembers(members: readonly KnownJob[], now: number): readonly Decision[] {
  if (members.every((job) => job.isSameVersion && hasLivingLink(job, now))) {
    return members.map(({ id }) => ({ outcome: 'linked', id }));
  }
  const canGoAgain = members.every(
    ({ state, isSameVersion }) => state !== 'completed' && (isSameVersion || state !== 'canceled'),
  );
  if (!canGoAgain) return [];
  return members.map(({ id, isSameVersion }) => ({ outcome: isSameVersion ? 'joined' : 'changed', id }));
}

const isUnfinished = ({ state }: KnownJob) => state !== 'completed' && state !== 'canceled';

const hasLivingLink = ({ state, linkExpiresAt }: KnownJob, now: number) =>
  state === 'completed' && (linkExpiresAt === null || linkExpiresAt > now);
