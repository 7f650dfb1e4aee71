/** The numbers of jobs and revisions: they only grow, over restarts and removals. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { prepareQuery, type Query } from './statement.ts';

export class Sequence {
  readonly #read: Query;
  readonly #write: StatementSync;
  #lastJob = 0;
  #lastRevision = 0;
  #isWritten = true;

  constructor(database: DatabaseSync) {
    this.#read = prepareQuery(database, 'SELECT last_job, last_revision FROM journal');
    this.#write = database.prepare('UPDATE journal SET last_job = ?, last_revision = ?');
    this.reload();
  }

  nextJob(): number {
    this.#isWritten = false;
    this.#lastJob += 1;
    return this.#lastJob;
  }

  nextRevision(): number {
    this.#isWritten = false;
    this.#lastRevision += 1;
    return this.#lastRevision;
  }

  /** Once per transaction, before it commits. */
  write(): void {
    if (this.#isWritten) return;
    this.#write.run(this.#lastJob, this.#lastRevision);
    this.#isWritten = true;
  }

  /** After a rollback. */
  reload(): void {
    const row = this.#read.get();
    this.#lastJob = Number(row?.[0] ?? 0);
    this.#lastRevision = Number(row?.[1] ?? 0);
    this.#isWritten = true;
  }
}
