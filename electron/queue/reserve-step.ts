/** Asks for an upload target, for one job or for all jobs of one flow run together. */

import type { Reservation } from '#ports/reservation.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import { failure } from '#shared/failure.ts';
import type { JobEvent } from './events.ts';
import { ttlOf } from './renewal.ts';
import { reservationOf } from './resume.ts';
import type { Run } from './run.ts';
import { checkSource } from './source-check.ts';
import { outgoing, readyDestination, type StepContext } from './step-context.ts';

export type MemberEvent = { readonly job: StoredJob; readonly event: JobEvent };

/** One event per member. A member that cannot go keeps the others of its flow run waiting with it. */
export async function reserveStep(
  context: StepContext,
  run: Run,
  members: readonly StoredJob[],
  isAhead: () => boolean,
): Promise<readonly MemberEvent[]> {
  const { options } = context;
  const stopped = await stoppedMembers(context, members);
  if (stopped.length > 0) return withTheRest(members, stopped);

  const { destination, provider, call } = await readyDestination(context, run);
  const limits = await provider.limits(call);
  const refused = members.flatMap((job) => {
    const problem = provider.check(outgoing(job), destination, limits);
    return problem === null
      ? []
      : [{ job, event: { type: 'refused', failure: problem, resume: 'anew' } as const }];
  });
  if (refused.length > 0) return withTheRest(members, refused);

  const reused = await sameContent(context, run, members);
  if (reused !== null) return reused;

  const files = members.map(outgoing);
  const held = members.map((job) => reservationOf(job.state)).filter((reservation) => reservation !== null);
  const key = members[0]?.reserveKey ?? options.newKey();
  const reservations: readonly Reservation[] =
    held.length === members.length
      ? await provider.renew(held, files, key, call)
      : await provider.reserve(files, key, call);
  run.isTargetFresh = true;
  const ttlMs = reservations[0] === undefined ? null : ttlOf(reservations[0]);
  context.facts.learn(destination.id, { ttlMs });
  const ahead = isAhead();
  return members.map((job, index) => {
    const reservation = reservations[index];
    return reservation === undefined
      ? { job, event: { type: 'refused', failure: failure('edge-unfilled'), resume: 'anew' } }
      : { job, event: { type: 'reserved', reservation, isAhead: ahead } };
  });
}

async function stoppedMembers(
  context: StepContext,
  members: readonly StoredJob[],
): Promise<readonly MemberEvent[]> {
  const stopped: MemberEvent[] = [];
  for (const job of members) {
    const event = await checkSource(job, context.options);
    if (event !== null) stopped.push({ job, event });
  }
  return stopped;
}

function withTheRest(members: readonly StoredJob[], stopped: readonly MemberEvent[]): readonly MemberEvent[] {
  const stoppedIds = new Set(stopped.map(({ job }) => job.id));
  const others = members.filter((job) => !stoppedIds.has(job.id));
  return [
    ...stopped,
    ...others.map((job) => ({ job, event: { type: 'interrupted', resume: 'same' } as const })),
  ];
}

/** Where the setting asks for it: a completed job of the same size whose content is the same gives its asset. */
async function sameContent(
  context: StepContext,
  run: Run,
  members: readonly StoredJob[],
): Promise<readonly MemberEvent[] | null> {
  const { options } = context;
  const [job] = members;
  if (!options.settings().reuseSameContent || job === undefined || members.length !== 1) return null;
  const found = await options.journal.findCompletedWithSize(job.destinationId, job.edge, job.file.sizeBytes);
  const alive = found.filter(
    ({ state, sha256 }) =>
      state.name === 'completed' &&
      sha256 !== null &&
      (state.asset.linkExpiresAt === null || state.asset.linkExpiresAt > options.clock.now()),
  );
  if (alive.length === 0) return null;
  const hashed = await options.hashFile(job.path, job.file, run.signal);
  if (!('sha256' in hashed)) return null;
  const twin = alive.find(({ sha256 }) => sha256 === hashed.sha256);
  if (twin === undefined || twin.state.name !== 'completed') return null;
  run.note(`The same content was uploaded before as ${twin.name}.`);
  return [{ job, event: { type: 'confirmed', asset: twin.state.asset, sha256: hashed.sha256 } }];
}
