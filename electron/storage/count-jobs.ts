/** Counts of a filter: sums of the tallies where these know the answer, else a count along an index. */
import type { JobFilter, QueueCounts } from '#shared/ipc.ts';
import { hasArrived, type StateName, stateNames, type Tab, tabOfState, tabs } from '#shared/job.ts';
import type { SqlFilter } from './job-filter.ts';
import type { SmallSets, SqlText } from './job-selection.ts';
import { shelfOfState, wantedStates } from './shelf.ts';
import type { QueryCache } from './statement.ts';

export interface StateCount {
  readonly state: StateName;
  readonly jobs: number;
  readonly bytes: number;
}

export function countJobs(
  filter: JobFilter,
  compiled: SqlFilter | null,
  on: { readonly sets: SmallSets; readonly queries: QueryCache },
): QueueCounts {
  if (compiled === null) return sumCounts([]);
  if (isTallied(filter)) return countTallied(filter, compiled, on.queries);
  return count(filter, countSql(compiled, on.sets), on.queries);
}

/** The counts of a filter that `isTallied`: as many rows are read as there are destinations and states. */
export function countTallied(
  filter: JobFilter,
  compiled: SqlFilter | null,
  queries: QueryCache,
): QueueCounts {
  return compiled === null ? sumCounts([]) : count(filter, [tallySql(compiled)], queries);
}

function count(filter: JobFilter, statements: readonly SqlText[], queries: QueryCache): QueueCounts {
  const states = wantedStates(filter);
  const counts = statements
    .flatMap(({ sql, parameters }) => queries.get(sql).all(...parameters))
    .map(([state, jobs, bytes]) => ({
      state: state as StateName,
      jobs: Number(jobs),
      bytes: Number(bytes),
    }));
  return sumCounts(counts.filter(({ state }) => states.has(state)));
}

/** The tallies know the counts of this filter: no job is looked at. */
export const isTallied = (filter: JobFilter) =>
  filter.ids === undefined &&
  filter.exceptIds === undefined &&
  filter.unchangedSince === undefined &&
  (filter.search === undefined || filter.search === '') &&
  filter.completedAfter === undefined &&
  filter.completedBefore === undefined;

/** The tallies have the same columns for destination, folder, batch and state that the conditions speak of. */
function tallySql(filter: SqlFilter): SqlText {
  const table = filter.batch === null ? 'tallies' : 'batch_tallies';
  const where = filter.conditions.length === 0 ? '' : `WHERE ${filter.conditions.join(' AND ')}`;
  return {
    sql: `SELECT state, sum(jobs), sum(bytes) FROM ${table} ${where} GROUP BY state`,
    parameters: filter.parameters,
  };
}

/**
 * A small set is looked at row by row. Else the shelves are counted along the index of names, which also has the sizes;
 * on all but one shelf, the shelf tells the state.
 */
function countSql(filter: SqlFilter, sets: SmallSets): readonly SqlText[] {
  const set = sets.find(filter);
  const conditions = filter.conditions;
  if (set !== null) {
    const where = [`id IN (${set.sql})`, `shelf IN (${filter.shelves.join(', ')})`, ...conditions];
    return [
      {
        sql: `SELECT state, count(*), sum(size_bytes) FROM jobs NOT INDEXED WHERE ${where.join(' AND ')} GROUP BY state`,
        parameters: [...set.parameters, ...filter.parameters],
      },
    ];
  }
  const index = filter.search === null ? 'jobs_by_completed' : 'jobs_by_name';
  return filter.shelves.map((shelf) => {
    const states = stateNames.filter((state) => shelfOfState[state] === shelf);
    const isAlone = states.length === 1;
    return {
      sql: `SELECT ${isAlone ? `'${states[0]}'` : 'state'}, count(*), total(size_bytes) FROM jobs INDEXED BY ${index}
            WHERE ${[`shelf = ${shelf}`, ...conditions].join(' AND ')} ${isAlone ? '' : 'GROUP BY state'}`,
      parameters: filter.parameters,
    };
  });
}

export function sumCounts(counts: readonly StateCount[]): QueueCounts {
  const byState = Object.fromEntries(stateNames.map((state) => [state, 0])) as Record<StateName, number>;
  const byTab = Object.fromEntries(tabs.map((tab) => [tab, 0])) as Record<Tab, number>;
  let all = 0;
  let bytesTotal = 0;
  let bytesCompleted = 0;
  let bytesRemaining = 0;
  let bytesArrived = 0;
  for (const { state, jobs, bytes } of counts) {
    byState[state] += jobs;
    const tab = tabOfState[state];
    if (tab !== null) byTab[tab] += jobs;
    all += jobs;
    bytesTotal += bytes;
    if (state === 'completed') bytesCompleted += bytes;
    if (tab === 'active' || tab === 'waiting') bytesRemaining += bytes;
    if (hasArrived(state)) bytesArrived += bytes;
  }
  return { byState, byTab, all, bytesTotal, bytesCompleted, bytesRemaining, bytesArrived };
}
