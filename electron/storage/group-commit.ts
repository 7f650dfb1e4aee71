/**
 * Group commit: what is asked while a transaction is open goes into it, and all are answered when it is on disk. If
 * anything in it fails, it is undone as a whole and each call runs again in a transaction of its own, so that a call
 * fails alone and never half.
 */
import type { DatabaseSync } from 'node:sqlite';
import { describeError, type StorageFailure } from './sqlite-error.ts';
import type { WireAnswer, WireCall } from './wire.ts';
import type { Writer } from './writer.ts';

/** A group that goes on and on is closed after this time, so that its first call need not wait for ever. */
const maxGroupMs = 50;

export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #writer: Writer;
  readonly #directory: string;
  readonly #answer: (answers: readonly WireAnswer[]) => void;
  readonly #now: () => number;
  #calls: WireCall[] = [];
  #values: unknown[] = [];
  #error: unknown = null;
  #begunAt = 0;

  constructor(options: {
    readonly database: DatabaseSync;
    readonly writer: Writer;
    readonly directory: string;
    readonly answer: (answers: readonly WireAnswer[]) => void;
    /** Monotonic, ms. */
    readonly now?: () => number;
  }) {
    this.#database = options.database;
    this.#writer = options.writer;
    this.#directory = options.directory;
    this.#answer = options.answer;
    this.#now = options.now ?? (() => performance.now());
  }

  /**
   * Runs the calls in the open transaction; they are on disk with the next `commit`. Answers the failure after which the
   * connection is no good.
   */
  take(calls: readonly WireCall[]): StorageFailure | null {
    for (const call of calls) {
      const isOver = this.#calls.length > 0 && this.#now() - this.#begunAt > maxGroupMs;
      const fatal = isOver ? this.commit() : null;
      if (fatal !== null) return fatal;
      if (this.#calls.length === 0) this.#begunAt = this.#now();
      this.#calls.push(call);
      if (this.#error === null) this.#tryTake(call);
    }
    return null;
  }

  #tryTake(call: WireCall): void {
    try {
      if (this.#values.length === 0) this.#database.exec('BEGIN IMMEDIATE');
      this.#values.push(this.#run(call));
    } catch (error) {
      this.#error = error ?? new Error('Something was thrown that is nothing.');
    }
  }

  /** Brings what was taken to the disk and answers it. Answers the failure after which the connection is no good. */
  commit(): StorageFailure | null {
    if (this.#calls.length === 0) return null;
    const calls = this.#calls;
    const values = this.#values;
    if (this.#error === null) this.#tryCommit();
    const error = this.#error;
    this.#calls = [];
    this.#values = [];
    this.#error = null;
    if (error === null) {
      this.#answer(calls.map(([id], index) => [id, values[index]]));
      return null;
    }
    const [only, ...others] = calls;
    if (only !== undefined && others.length === 0) {
      const { answer, fatal } = this.#fail(only, error);
      this.#answer([answer]);
      return fatal;
    }
    this.#rollBack();
    return this.#runAlone(calls);
  }

  #tryCommit(): void {
    try {
      this.#writer.beforeCommit();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#error = error ?? new Error('Something was thrown that is nothing.');
    }
  }

  #runAlone(calls: readonly WireCall[]): StorageFailure | null {
    let fatal: StorageFailure | null = null;
    const answers = calls.map((call): WireAnswer => {
      if (fatal !== null) return [call[0], null, fatal];
      try {
        this.#database.exec('BEGIN IMMEDIATE');
        const value = this.#run(call);
        this.#writer.beforeCommit();
        this.#database.exec('COMMIT');
        return [call[0], value];
      } catch (error) {
        const failed = this.#fail(call, error);
        fatal = failed.fatal;
        return failed.answer;
      }
    });
    this.#answer(answers);
    return fatal;
  }

  /** Undoes what a call did, and says why. After a fatal error the connection is not touched any more. */
  #fail([id]: WireCall, error: unknown): { answer: WireAnswer; fatal: StorageFailure | null } {
    const failure = describeError(error, this.#directory);
    if (!failure.isFatal) this.#rollBack();
    return { answer: [id, null, failure], fatal: failure.isFatal ? failure : null };
  }

  #run([, name, args]: WireCall): unknown {
    const run = (this.#writer.calls as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[
      name
    ];
    if (run === undefined) throw new Error(`No such call: ${name}`);
    return run(...args);
  }

  /** Some errors roll the transaction back by themselves. */
  #rollBack(): void {
    if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    this.#writer.afterRollback();
  }
}
