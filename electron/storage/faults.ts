/** Faults that tests put into a journal's writer, at the very place where the real ones would strike. */

export interface JournalFaults {
  /** The database may have this many pages: a disk that is full, from SQLite's own mouth. */
  readonly maxPages?: number;
  /** At the n-th statement that writes (1 is the first): fail it as if the disk were full, or kill the process. */
  readonly atWrite?: { readonly number: number; readonly does: 'fail' | 'kill' | 'throw' };
}
