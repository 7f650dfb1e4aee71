import type { Failure } from '#shared/failure.ts';
import { type Api, ContractError, type JobFilter, type JobSort } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import { followRevisions } from './follow-revisions.ts';
import type { LiveStore } from './live-store.ts';

export interface JobListQuery {
  readonly filter: JobFilter;
  readonly sort: JobSort;
  readonly direction: 'ascending' | 'descending';
}

/** One look at the list. A new object whenever something in it is new. */
export interface JobListView {
  /** Null until the engine said it. */
  readonly total: number | null;
  readonly failure: Failure | null;
  /** Undefined: not brought over yet, or gone. */
  at(index: number): UploadJob | undefined;
  /** Index of a row among those that are here; -1 else. */
  indexOf(id: JobId): number;
  /** Indexes, ascending, of those rows that are here and for which it holds. */
  placesWhere(holds: (job: UploadJob) => boolean): readonly number[];
}

export interface JobList {
  subscribe(listener: () => void): () => void;
  view(): JobListView;
  /** Which rows are on the screen, both included: they are brought over, kept fresh and pushed. */
  show(first: number, last: number): void;
  close(): void;
}

const pageSize = 100;
/** Pages kept beside those on the screen: a short way back needs no asking; the heap stays flat however far one scrolls. */
const keptPages = 12;
/** Rows come and go while files go up: one look this often is enough for an eye. */
const refreshMs = 400;
const viewDelayMs = 80;

/**
 * The rows of a query, a page at a time: some hundred rows are held, of however many there are. Rows that change are pushed;
 * rows that come and go are found by asking anew for what is on the screen whenever the counts change.
 */
export function createJobList(api: Api, live: LiveStore, query: JobListQuery): JobList {
  const listeners = new Set<() => void>();
  const pages = new Map<number, readonly UploadJob[]>();
  /** Pages that are being asked for; true: something changed meanwhile, so once more. */
  const asked = new Map<number, boolean>();
  let total: number | null = null;
  let failure: Failure | null = null;
  let range: readonly [number, number] = [0, 0];
  let look = takeLook();
  let isClosed = false;
  let isRefreshing = false;
  /** Something changed while a refresh was under way. */
  let isOutdated = false;
  let viewTimer: ReturnType<typeof setTimeout> | null = null;

  function takeLook(): JobListView {
    return {
      total,
      failure,
      at: (index) => pages.get(Math.floor(index / pageSize))?.[index % pageSize],
      indexOf: (id) => {
        for (const [page, rows] of pages) {
          const found = rows.findIndex((row) => row.id === id);
          if (found !== -1) return page * pageSize + found;
        }
        return -1;
      },
      placesWhere: (holds) =>
        [...pages]
          .flatMap(([page, rows]) =>
            rows.flatMap((row, index) => (holds(row) ? [page * pageSize + index] : [])),
          )
          .sort((a, b) => a - b),
    };
  }

  function tell(): void {
    look = takeLook();
    for (const listener of [...listeners]) listener();
  }

  function wantedPages(): readonly number[] {
    const first = Math.floor(range[0] / pageSize);
    const last = Math.floor(range[1] / pageSize);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  async function bring(page: number): Promise<void> {
    if (isClosed) return;
    if (asked.has(page)) {
      asked.set(page, true);
      return;
    }
    asked.set(page, false);
    try {
      const offset = page * pageSize;
      const { rows } = await api.listJobs({ ...query, cursor: null, offset, limit: pageSize });
      if (isClosed) return;
      pages.set(page, rows.map(newerOf));
      failure = null;
      forgetFarPages();
    } catch (error) {
      failure = failureOf(error);
    }
    const isOld = asked.get(page);
    asked.delete(page);
    if (isClosed) return;
    tell();
    tellView();
    if (isOld) await bring(page);
  }

  /** A row that was pushed while the page was on its way may be newer than the page's. */
  function newerOf(row: UploadJob): UploadJob {
    for (const rows of pages.values()) {
      const known = rows.find(({ id }) => id === row.id);
      if (known !== undefined) return known.revision > row.revision ? known : row;
    }
    return row;
  }

  function forgetFarPages(): void {
    if (pages.size <= keptPages) return;
    const middle = (range[0] + range[1]) / 2 / pageSize;
    const farthest = [...pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const page of farthest.slice(0, pages.size - keptPages)) pages.delete(page);
  }

  /** One after the other, so that an older count never comes last. */
  async function refresh(): Promise<void> {
    isOutdated = isRefreshing;
    if (isRefreshing) return;
    isRefreshing = true;
    do {
      isOutdated = false;
      await refreshOnce();
    } while (isOutdated && !isClosed);
    isRefreshing = false;
  }

  /** How many and which, in one go: a window that opens has its first rows after one answer, not after two. */
  async function refreshOnce(): Promise<void> {
    // What is out of sight may have moved; it is asked for when it is seen.
    const wanted = new Set(wantedPages());
    for (const page of pages.keys()) if (!wanted.has(page)) pages.delete(page);
    for (const page of asked.keys()) asked.set(page, true);
    await Promise.all([count(), ...[...wanted].map(bring)]);
    if (!isClosed) tell();
  }

  async function count(): Promise<void> {
    try {
      const counted = await api.countJobs(query.filter);
      if (isClosed) return;
      total = counted.all;
      failure = null;
    } catch (error) {
      failure = failureOf(error);
    }
  }

  function tellView(): void {
    if (viewTimer !== null || isClosed) return;
    viewTimer = setTimeout(() => {
      viewTimer = null;
      const [first, last] = range;
      const indexes = Array.from({ length: Math.min(last - first + 1, 1000) }, (_, index) => first + index);
      const ids = indexes.flatMap((index) => look.at(index)?.id ?? []);
      api.view(ids).catch(() => {});
    }, viewDelayMs);
  }

  function patch(rows: readonly UploadJob[]): void {
    const fresh = new Map(rows.map((row) => [row.id, row]));
    let isChanged = false;
    for (const [page, old] of pages) {
      if (!old.some(({ id }) => fresh.has(id))) continue;
      pages.set(
        page,
        old.map((row) => {
          const pushed = fresh.get(row.id);
          return pushed !== undefined && pushed.revision >= row.revision ? pushed : row;
        }),
      );
      isChanged = true;
    }
    if (isChanged) tell();
  }

  const undo = [
    api.on('rowsChanged', patch),
    // A new connection knows nothing of what this window looks at.
    live.subscribe((now, before) => {
      if (now.epoch !== before.epoch) tellView();
    }),
    followRevisions(live, refreshMs, () => void refresh()),
  ];

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    view: () => look,
    show(first, last) {
      if (range[0] === first && range[1] === last) return;
      range = [first, last];
      for (const page of wantedPages()) if (!pages.has(page) && !asked.has(page)) void bring(page);
      tellView();
    },
    close() {
      isClosed = true;
      for (const end of undo) end();
      if (viewTimer !== null) clearTimeout(viewTimer);
    },
  };
}

function failureOf(error: unknown): Failure | null {
  // A lost connection is told by the whole window, and heals by itself.
  if (error instanceof ContractError && error.failure.code !== 'connection-broken') return error.failure;
  return null;
}
