/** Gathers what became of files until it is worth a notification. Pure: times come in, what is to be told comes out. */
import { consequenceOf, type Failure } from '#shared/failure.ts';
import type { DestinationView } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';

export type Fate = 'finished' | 'needs-you' | 'failed';
export const fates: readonly Fate[] = ['finished', 'needs-you', 'failed'];

/** As much of a job as a notification tells. */
type Example = Pick<UploadJob, 'id' | 'name' | 'destinationName'> & { readonly failure: Failure | null };

export interface Told {
  readonly fate: Fate;
  readonly count: number;
  /** In the order in which they came, at most ten thousand. */
  readonly ids: readonly JobId[];
  /** The first of them. */
  readonly examples: readonly Example[];
  /** Where all of them share it. */
  readonly failure: Failure | null;
  readonly destination: string | null;
}

export interface Blocked {
  readonly id: string;
  readonly name: string;
  readonly failure: Failure | null;
}

export interface Batch {
  /** Rows in the order in which they changed. `at`: any clock that never goes back. */
  note(rows: readonly UploadJob[], at: number): void;
  noteDestinations(destinations: readonly DestinationView[], at: number): void;
  /** When to `take`, by the same clock; null: there is nothing to tell. */
  dueAt(isAtRest: boolean): number | null;
  /** What is due by now, and forgets it: finished files wait for the end of their batch, problems do not. */
  take(
    isAtRest: boolean,
    at: number,
  ): { readonly told: readonly Told[]; readonly blocked: readonly Blocked[] };
}

/** Files of one folder end within moments of each other, and fail within moments, too. */
const restMs = 1500;
const problemMs = 3000;
/** A queue that never rests (a camera that writes all day) is told of now and then. */
const longestMs = 15 * 60_000;
const exampleCount = 3;
/** As many as the screens copy at once. */
const idCount = 10_000;
/** Problems are few; finished files are told apart by their time instead. */
const keptProblems = 5000;

interface Group {
  readonly ids: Set<JobId>;
  examples: Example[];
  reason: Failure | null | 'mixed';
  destination: string | null | 'mixed';
  firstAt: number;
  lastAt: number;
}

const newGroup = (at: number): Group => ({
  ids: new Set(),
  examples: [],
  reason: null,
  destination: null,
  firstAt: at,
  lastAt: at,
});

/** Null for what goes on, was canceled, or stopped with its whole destination, of which that one tells. */
export function fateOf({ state }: Pick<UploadJob, 'state'>): Fate | null {
  if (state.name === 'completed') return 'finished';
  if (state.name === 'failed') return 'failed';
  if (state.name !== 'blocked') return null;
  return consequenceOf(state.failure.code) === 'block-destination' ? null : 'needs-you';
}

/** `startedAt`: epoch ms; files that were completed before are no news. */
export function createBatch(startedAt: number): Batch {
  const groups = new Map<Fate, Group>();
  const problems = new Map<JobId, string>();
  const blocked = new Map<string, { readonly view: Blocked; readonly at: number }>();
  let knownBlocked: ReadonlySet<string> | null = null;
  /** Completions up to this instant are told, and of this very instant those of these jobs. */
  let toldUntil = { at: startedAt, ids: new Set<JobId>() };
  let newest = { at: startedAt, ids: new Set<JobId>() };

  function isNews(job: UploadJob, fate: Fate): boolean {
    if (fate !== 'finished') {
      const key = `${fate} ${job.generation} ${job.attempts}`;
      if (problems.get(job.id) === key) return false;
      problems.delete(job.id);
      problems.set(job.id, key);
      const [oldest] = problems.keys();
      if (problems.size > keptProblems && oldest !== undefined) problems.delete(oldest);
      return true;
    }
    // Rows of completed jobs change later, too: their content is hashed, their file is moved away.
    const completedAt = job.completedAt ?? 0;
    const { at, ids } = toldUntil;
    if (completedAt < at || (completedAt === at && ids.has(job.id))) return false;
    if (completedAt > newest.at) newest = { at: completedAt, ids: new Set([job.id]) };
    else if (completedAt === newest.at) newest.ids.add(job.id);
    return true;
  }

  /** A person was faster: what goes on again is no news any more. */
  function withdraw(id: JobId, except: Fate | null): void {
    for (const [fate, group] of groups) {
      if (fate === except || !group.ids.delete(id)) continue;
      group.examples = group.examples.filter((example) => example.id !== id);
      if (group.ids.size === 0) groups.delete(fate);
    }
  }

  function add(job: UploadJob, fate: Fate, at: number): void {
    const group = groups.get(fate) ?? newGroup(at);
    groups.set(fate, group);
    if (group.ids.has(job.id)) return;
    const failure = 'failure' in job.state ? job.state.failure : null;
    const isFirst = group.ids.size === 0;
    group.reason = isFirst || sameCode(group.reason, failure) ? failure : 'mixed';
    group.destination = isFirst || group.destination === job.destinationName ? job.destinationName : 'mixed';
    group.ids.add(job.id);
    group.lastAt = at;
    if (group.examples.length < exampleCount) {
      group.examples.push({ id: job.id, name: job.name, destinationName: job.destinationName, failure });
    }
  }

  const dueOf = (fate: Fate, { firstAt, lastAt }: Group, isAtRest: boolean): number => {
    if (fate !== 'finished') return firstAt + problemMs;
    return Math.min(isAtRest ? lastAt + restMs : Number.POSITIVE_INFINITY, firstAt + longestMs);
  };

  return {
    note(rows, at) {
      for (const job of rows) {
        const fate = fateOf(job);
        withdraw(job.id, fate);
        if (fate === null || fate === 'finished') problems.delete(job.id);
        if (fate !== null && isNews(job, fate)) add(job, fate, at);
      }
    },
    noteDestinations(destinations, at) {
      const now = destinations.filter(({ hold }) => hold?.kind === 'blocked');
      const ids = new Set(now.map(({ destination }) => destination.id));
      for (const { destination, hold } of now) {
        // Those of the start are no news: the tray and the window show them.
        if (knownBlocked === null || knownBlocked.has(destination.id)) continue;
        const view = { id: destination.id, name: destination.name, failure: hold?.failure ?? null };
        blocked.set(destination.id, { view, at });
      }
      for (const id of blocked.keys()) if (!ids.has(id)) blocked.delete(id);
      knownBlocked = ids;
    },
    dueAt(isAtRest) {
      const times = [
        ...[...groups].map(([fate, group]) => dueOf(fate, group, isAtRest)),
        ...[...blocked.values()].map(({ at }) => at + problemMs),
      ];
      return times.length === 0 ? null : Math.min(...times);
    },
    take(isAtRest, at) {
      const told: Told[] = [];
      for (const fate of fates) {
        const group = groups.get(fate);
        if (group === undefined || dueOf(fate, group, isAtRest) > at) continue;
        groups.delete(fate);
        if (fate === 'finished') toldUntil = { at: newest.at, ids: new Set(newest.ids) };
        told.push({
          fate,
          count: group.ids.size,
          ids: [...group.ids].slice(0, idCount),
          examples: group.examples,
          failure: group.reason === 'mixed' ? null : group.reason,
          destination: group.destination === 'mixed' ? null : group.destination,
        });
      }
      const due = [...blocked.values()].filter((entry) => entry.at + problemMs <= at);
      for (const { view } of due) blocked.delete(view.id);
      return { told, blocked: due.map(({ view }) => view) };
    },
  };
}

const sameCode = (a: Group['reason'], b: Failure | null): boolean => a !== 'mixed' && a?.code === b?.code;
