/** Brings the jobs of one flow run together, and takes them out of one that is lost. */

import type { Journal } from '#ports/journal.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import type { JobId } from '#shared/job.ts';
import { gatherGroup, lostWith } from './groups.ts';
import { reservationOf } from './resume.ts';
import type { Tell } from './tell.ts';

export interface FlowRuns {
  /** Members that can be reserved together now; null: this one cannot start yet (it was told why, or is parked). */
  gather(job: StoredJob): Promise<readonly StoredJob[] | null>;
  /** Jobs that start nothing until another one of their flow run moves. */
  parkedIds(): Iterable<JobId>;
  /** Jobs as they are on disk now: who waited for them looks again. */
  moved(jobs: readonly StoredJob[]): void;
  /** One that waits for its flow run to end: can it? A recall may have died with its process. */
  review(job: StoredJob): void;
  /** The job lost its reservation: the others of its flow run need a new run, too. */
  regroup(job: StoredJob, remoteId: string): void;
}

export function createFlowRuns(options: {
  readonly journal: Journal;
  readonly tell: Tell;
  readonly wake: (destinationId: string) => void;
  readonly surprise: (error: unknown) => void;
}): FlowRuns {
  const { journal, tell } = options;
  const parked = new Map<JobId, string>();

  async function recall(members: readonly StoredJob[]): Promise<void> {
    await Promise.all(
      members.map(async ({ id, state }) => {
        const remoteId = reservationOf(state)?.remoteId;
        if (remoteId === undefined) return;
        const event = { type: 'regrouped', remoteId } as const;
        await tell(id, event, event);
      }),
    );
  }

  function regroup(job: StoredJob, remoteId: string): void {
    if (job.groupId === null) return;
    journal
      .loadGroup(job.groupId)
      .then((group) => recall(lostWith(remoteId, group).filter((member) => member.id !== job.id)))
      .catch(options.surprise);
  }

  /** Without the bytes of one that was canceled its run never ends: the others ask anew, and are told what lacks. */
  function leave(job: StoredJob): void {
    if (job.state.name !== 'canceled' || job.state.step === 'complete') return;
    const remoteId = reservationOf(job.state)?.remoteId;
    if (remoteId !== undefined) regroup(job, remoteId);
  }

  return {
    async gather(job) {
      const { groupId } = job;
      if (groupId === null) return [job];
      // Parked before it looks: whoever moves meanwhile takes it out again.
      parked.set(job.id, groupId);
      const group = await journal.loadGroup(groupId);
      const gathering = gatherGroup(job.id, group);
      switch (gathering.kind) {
        case 'ready':
          parked.delete(job.id);
          return gathering.members;
        case 'stale':
          parked.delete(job.id);
          return null;
        case 'refused':
          parked.delete(job.id);
          await tell(job.id, gathering.event, null);
          await recall(gathering.recalled);
          return null;
        case 'recall':
          recall(gathering.members).catch(options.surprise);
          return null;
        case 'free':
          await Promise.all(gathering.members.map(({ id }) => tell(id, { type: 'unblocked' }, null)));
          return null;
        case 'wait':
          return null;
      }
    },
    parkedIds: () => parked.keys(),
    moved(jobs) {
      for (const job of jobs) {
        if (job.groupId === null) continue;
        leave(job);
        let hasFreed = false;
        for (const [id, groupId] of parked) {
          if (groupId === job.groupId) hasFreed = parked.delete(id) || hasFreed;
        }
        if (hasFreed) options.wake(job.destinationId);
      }
    },
    review({ groupId }) {
      if (groupId === null) return;
      journal
        .loadGroup(groupId)
        .then((group) => group.forEach(leave))
        .catch(options.surprise);
    },
    regroup,
  };
}
