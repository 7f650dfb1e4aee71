/** Reads rows of jobs in the form that goes over the wire: ids instead of numbers for destination, folder and batch. */
import { at, jobColumns } from './job-columns.ts';
import type { Row, SqlValue } from './wire.ts';

/** For every SELECT that answers whole jobs. */
export const selectJobs = `SELECT ${jobColumns.map((column) => `jobs.${column}`).join(', ')} FROM jobs`;

export function nameRow(row: Row, names: { textOf(number: number): string | null }): Row {
  const named: SqlValue[] = [...row];
  for (const column of ['destination', 'folder', 'batch'] as const) {
    named[at[column]] = names.textOf(Number(row[at[column]]));
  }
  return named;
}
