import type { Clock } from '#ports/clock.ts';
import type { Api, EngineNotice } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { Ledger } from './ledger.ts';

export interface FollowOptions {
  readonly api: Api;
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** Which jobs of the engine belong to this command; those that the ledger has do anyway. */
  readonly concerns: (job: UploadJob) => boolean;
  readonly onNotice: (notice: EngineNotice) => void;
  /** Aborted when the command is interrupted or the connection is gone. */
  readonly signal: AbortSignal;
}

export interface Following {
  /** Reads all changes there are up to now. */
  sync(): Promise<void>;
  /** Syncs again and again until `isDone` says so, or the signal is aborted. */
  until(isDone: () => boolean): Promise<void>;
  /** Something else that `until` waits for may have come. */
  ring(): void;
  close(): void;
}

/** Without a push, this is how long a change may go unseen. */
const healIntervalMs = 1000;
/** And this is how often it is asked whether jobs were removed from the list, which no change tells. */
const sweepEveryMs = 5000;
const changesPerPage = 1000;
const rowsPerPage = 500;

/**
 * Follows jobs by the engine's revision: pushes are only nudges, so one that is lost costs a second, not a file.
 * After a new connection, begin anew with the same ledger.
 */
export async function startFollowing(options: FollowOptions): Promise<Following> {
  const { api, clock, ledger, signal } = options;
  const bell = createBell(clock);
  const undo = [
    api.on('countsChanged', bell.ring),
    api.on('destinationsChanged', (views) => {
      ledger.setDestinations(views);
      bell.ring();
    }),
    api.on('settingsChanged', (settings) => {
      ledger.setPaused(settings.isPaused);
      bell.ring();
    }),
    api.on('notice', options.onNotice),
  ];
  signal.addEventListener('abort', bell.ring);
  let sweptAt = clock.monotonic();
  let { revision } = await readState();

  /** Jobs first, then what holds them: a hold is told for jobs that the ledger knows. */
  async function readState() {
    const snapshot = await api.snapshot();
    await sweep();
    ledger.setDestinations(snapshot.destinations);
    ledger.setPaused(snapshot.settings.isPaused);
    return snapshot;
  }

  async function sync(): Promise<void> {
    for (;;) {
      const page = await api.changesSince(revision, changesPerPage);
      for (const job of page.rows) if (ledger.has(job.id) || options.concerns(job)) ledger.take(job);
      revision = page.revision;
      if (page.isComplete) return;
    }
  }

  /** Looks at every open job itself. Those that do not come back were removed. */
  async function sweep(): Promise<void> {
    const ids = ledger.openIds();
    for (let from = 0; from < ids.length; from += rowsPerPage) {
      const some = ids.slice(from, from + rowsPerPage);
      const rows = await loadJobs(api, some);
      const there = new Set(rows.map((job) => job.id));
      for (const job of rows) ledger.take(job);
      for (const id of some) if (!there.has(id)) ledger.drop(id);
    }
  }

  async function heal(): Promise<void> {
    if (clock.monotonic() - sweptAt < sweepEveryMs) return;
    sweptAt = clock.monotonic();
    await readState();
  }

  return {
    sync,
    ring: bell.ring,
    async until(isDone) {
      for (;;) {
        await sync();
        if (isDone() || signal.aborted) return;
        await bell.wait(healIntervalMs);
        if (signal.aborted) return;
        await heal();
      }
    },
    close() {
      for (const task of undo) task();
      signal.removeEventListener('abort', bell.ring);
    },
  };
}

/** The rows of these jobs; those that are gone are left out. */
export async function loadJobs(api: Api, ids: readonly JobId[]): Promise<readonly UploadJob[]> {
  const rows: UploadJob[] = [];
  for (let from = 0; from < ids.length; from += rowsPerPage) {
    const filter = { ids: ids.slice(from, from + rowsPerPage) };
    for await (const job of listJobs(api, filter)) rows.push(job);
  }
  return rows;
}

/** All jobs that match, page by page, oldest first. */
export async function* listJobs(
  api: Api,
  filter: Parameters<Api['countJobs']>[0],
): AsyncGenerator<UploadJob> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Api['listJobs']>> = await api.listJobs({
      filter,
      sort: 'added',
      direction: 'ascending',
      cursor,
      limit: rowsPerPage,
    });
    yield* page.rows;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

/** Rings are remembered: one that comes while nobody waits ends the next wait at once. */
function createBell(clock: Clock): { readonly ring: () => void; wait(ms: number): Promise<void> } {
  let hasRung = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      hasRung = true;
      wake?.();
    },
    async wait(ms) {
      if (!hasRung) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        const cancel = clock.setTimer(ms, resolve);
        await promise;
        cancel();
        wake = null;
      }
      hasRung = false;
    },
  };
}
