/** A filter as SQL: the part that is the same on every shelf. Pure text and parameters, but for the names of ids. */
import type { JobFilter } from '#shared/ipc.ts';
import { stateNames } from '#shared/job.ts';
import { nameKey } from './name-key.ts';
import type { NameReader } from './names.ts';
import { shelvesOf, wantedStates } from './shelf.ts';
import type { SqlValue } from './wire.ts';

export interface SqlFilter {
  /** The shelves that can hold a match. */
  readonly shelves: readonly number[];
  /** Conditions on columns of `jobs`, to be joined with AND; may be empty. */
  readonly conditions: readonly string[];
  readonly parameters: readonly SqlValue[];
  readonly ids: readonly number[] | null;
  readonly batch: number | null;
  /** Epoch ms, from its beginning up to, and not with, its end; null where any will do. */
  readonly completed: { readonly from: number; readonly before: number } | null;
  /** The folded search text; null where nothing is searched. */
  readonly search: string | null;
}

/** Null where nothing can match: an id that no job has, or states that exclude each other. */
export function compileFilter(filter: JobFilter, names: Pick<NameReader, 'find'>): SqlFilter | null {
  const states = wantedStates(filter);
  const { shelves, mustCheckState } = shelvesOf(states);
  if (shelves.length === 0) return null;
  const conditions: string[] = [];
  const parameters: SqlValue[] = [];
  const demand = (condition: string, ...values: SqlValue[]) => {
    conditions.push(condition);
    parameters.push(...values);
  };

  let batch: number | null = null;
  for (const [kind, text] of [
    ['destination', filter.destinationId],
    ['folder', filter.watchFolderId],
    ['batch', filter.batchId],
  ] as const) {
    if (text === undefined) continue;
    const number = names.find(kind, text);
    if (number === null) return null;
    demand(`${kind} = ?`, number);
    if (kind === 'batch') batch = number;
  }
  if (mustCheckState) {
    demand(
      `state IN (${[...states].map((state) => `'${stateNames[stateNames.indexOf(state)]}'`).join(', ')})`,
    );
  }
  // From its beginning up to, and not with, its end, as of a day.
  if (filter.completedAfter !== undefined) demand('completed_at >= ?', filter.completedAfter);
  if (filter.completedBefore !== undefined) demand('completed_at < ?', filter.completedBefore);
  const completed = completedOf(filter);
  if (completed !== null) demand('completed_at > 0');
  if (filter.unchangedSince !== undefined) demand('updated_at <= ?', filter.unchangedSince);
  if (filter.exceptIds !== undefined && filter.exceptIds.length > 0)
    demand('id NOT IN (SELECT value FROM json_each(?))', JSON.stringify(filter.exceptIds));
  const search = filter.search === undefined || filter.search === '' ? null : nameKey(filter.search);
  if (search !== null) demand('instr(name_key, ?) > 0', search);
  return { shelves, conditions, parameters, ids: filter.ids ?? null, batch, completed, search };
}

/** Nothing is completed at 0. */
function completedOf({ completedAfter, completedBefore }: JobFilter): SqlFilter['completed'] {
  if (completedAfter === undefined && completedBefore === undefined) return null;
  const from = Math.max(completedAfter ?? 0, Number.MIN_VALUE);
  return { from, before: completedBefore ?? Number.MAX_VALUE };
}
