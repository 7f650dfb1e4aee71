/** Faults that tests put into a journal's writer, at the very place where the real ones would strike. */

export interface JournalFaults {
  /** The database may have this many pages: a disk that is full, from SQLite's own mouth. */
  readonly maxPages?: number;
  /**
   * At the n-th statement that writes (1 is the first): fail it as a full disk would (`fail`), fail it as a mistake would
   * (`throw`), end the thread (`exit`) or kill the process (`kill`).
   */
  readonly atWrite?: { readonly number: number; readonly does: 'fail' | 'throw' | 'exit' | 'kill' };
}
