/** Pages and counts over rows in memory. */
import type { StoredJob } from '#ports/stored-job.ts';
import type { JobPage, JobQuery, QueueCounts } from '#shared/ipc.ts';
import { hasArrived, type StateName, stateNames, type Tab, tabOfState, tabs } from '#shared/job.ts';
import { matches } from './memory-disk.ts';

const keyOf: Readonly<Record<JobQuery['sort'], (job: StoredJob) => string | number>> = {
  added: ({ id }) => id,
  updated: ({ revision }) => revision,
  completed: ({ completedAt }) => completedAt ?? 0,
  name: ({ name }) => name.toLowerCase(),
  size: ({ file }) => file.sizeBytes,
  // The running states share a place.
  state: ({ state }) =>
    stateNames.indexOf(
      tabOfState[state.name] === 'active' && state.name !== 'processing' ? 'reserving' : state.name,
    ),
};

/** The cursor is the id of the last row that was given. */
export function pageOf(jobs: readonly StoredJob[], query: JobQuery): JobPage<StoredJob> {
  const key = keyOf[query.sort];
  const sign = query.direction === 'ascending' ? 1 : -1;
  const rows = jobs
    .filter((job) => matches(job, query.filter))
    .sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id - b.id));
  const start =
    query.cursor === null ? (query.offset ?? 0) : rows.findIndex(({ id }) => String(id) === query.cursor) + 1;
  const page = rows.slice(start, start + query.limit);
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: last === undefined || start + page.length >= rows.length ? null : String(last.id),
  };
}

export function countJobs(jobs: readonly StoredJob[]): QueueCounts {
  const byState = Object.fromEntries(stateNames.map((name) => [name, 0])) as Record<StateName, number>;
  const byTab = Object.fromEntries(tabs.map((tab) => [tab, 0])) as Record<Tab, number>;
  let bytesTotal = 0;
  let bytesCompleted = 0;
  let bytesRemaining = 0;
  let bytesArrived = 0;
  for (const { state, file } of jobs) {
    const tab = tabOfState[state.name];
    byState[state.name] += 1;
    if (tab !== null) byTab[tab] += 1;
    bytesTotal += file.sizeBytes;
    if (state.name === 'completed') bytesCompleted += file.sizeBytes;
    if (tab === 'active' || tab === 'waiting') bytesRemaining += file.sizeBytes;
    if (hasArrived(state.name)) bytesArrived += file.sizeBytes;
  }
  return { byState, byTab, all: jobs.length, bytesTotal, bytesCompleted, bytesRemaining, bytesArrived };
}
