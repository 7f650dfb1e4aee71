/**
 * Keeps the journal of a simulated world in the real file, by the real code of the writer and the readers. When the
 * process dies, what it had not heard to be on disk may be lost, in whole or in part.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { Journal, WatchFile } from '#ports/journal.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import type { JobId } from '#shared/job.ts';
import { createJobRows } from '../../electron/storage/job-row.ts';
import { createReads } from '../../electron/storage/journal-reads.ts';
import { createWrites } from '../../electron/storage/journal-writes.ts';
import { inBites } from '../../electron/storage/maintenance.ts';
import { testSealer } from '../storage/support/journals.ts';
import { type Executed, watchStatements } from '../storage/support/watch-statements.ts';
import { countJobs } from './memory-pages.ts';
import type { StoryKeeper } from './sim-keeper.ts';
import { type SimRandom, seeded } from './sim-random.ts';
import { SimThreads } from './sim-threads.ts';
import type { SimProcess, SimTime } from './sim-time.ts';

export interface SqliteKeeperOptions {
  readonly seed?: number;
  /** Told of every statement that the journal runs, before it does; what it throws is what the statement ends with. */
  readonly onAccess?: (executed: Executed) => void;
}

/** In memory where the system has a file system for that: these files are worth nothing after the run. */
const room = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const rows = createJobRows(testSealer());

export class SqliteKeeper implements StoryKeeper {
  passMs: () => number = () => 1;
  beforeWrite: StoryKeeper['beforeWrite'] = () => {};
  afterWrite: StoryKeeper['afterWrite'] = () => {};
  writes = 0;
  isFull = false;
  version = 0;
  stored = new Map<JobId, StoredJob>();
  /** Deaths after which the log was shorter than before. */
  tornLogs = 0;
  readonly #time: SimTime;
  readonly #random: SimRandom;
  readonly #onAccess: ((executed: Executed) => void) | undefined;
  readonly #base = mkdtempSync(join(room, 'hoist-sim-'));
  readonly #findings: string[] = [];
  #threads: SimThreads | null = null;
  #lives = 0;
  #revision = 0;
  #directory = '';

  constructor(time: SimTime, { seed = 1, onAccess }: SqliteKeeperOptions = {}) {
    this.#time = time;
    this.#random = seeded(seed);
    this.#onAccess = onAccess;
  }

  async open(process: SimProcess): Promise<Journal> {
    const isAfterDeath = this.#threads !== null && !this.#threads.isClosed;
    if (isAfterDeath) this.#crash();
    else if (this.#directory === '') this.#directory = this.#newDirectory();
    const threads = new SimThreads({
      directory: this.#directory,
      rows,
      time: this.#time,
      process,
      passMs: () => this.passMs(),
      guardWrites: (database) => this.#guard(database),
      guardReads: (database) => (this.#onAccess === undefined ? database : this.#guard(database)),
      onWrite: (call) => {
        this.writes += 1;
        return { number: this.writes, goesOn: this.beforeWrite(this.writes, call) === undefined };
      },
      onCommitted: (written) => {
        this.#mirror(written.some(({ call }) => call.startsWith('remove')));
        for (const { number, call } of written) this.afterWrite(number, call);
      },
    });
    this.#threads = threads;
    this.#lives += 1;
    const expected = this.#lives === 1 ? 'new' : isAfterDeath ? 'unclean' : 'clean';
    if (threads.openedAs !== expected && !(expected === 'clean' && threads.openedAs === 'unclean'))
      this.#findings.push(`Life ${this.#lives} found its journal ${threads.openedAs}, not ${expected}.`);
    this.#mirror(true);
    const { writer } = threads;
    const clock = this.#time.clockOf(process);
    return {
      opened: { openedAs: 'clean', movedAside: null, reason: null },
      ...createWrites({ writer, rows, clock }),
      ...createReads({ lookup: threads.lookup, list: threads.list, rows }),
      forgetFolder: async (id) => {
        await inBites((limit) => writer.call('forgetFolder', id, limit));
      },
      maintain: async () => ({ removedJobs: 0, copy: null }),
      close: async () => {},
    };
  }

  async close(): Promise<void> {
    this.#threads?.close(!this.isFull);
  }

  jobs = async () => [...this.stored.values()].sort((a, b) => a.id - b.id);
  timeline = async (id: JobId) =>
    this.#look((threads) => threads.lists.timeline(id).map((text) => JSON.parse(text)));

  watchFiles(): readonly WatchFile[] {
    return this.#look((threads) => threads.watchFiles());
  }

  inspect(secrets: readonly string[]): readonly string[] {
    const findings = [...this.#findings];
    this.#look((threads) => {
      const counted = threads.lists.counts({});
      const expected = countJobs([...this.stored.values()]);
      if (JSON.stringify(counted) !== JSON.stringify(expected))
        findings.push(`The tallies say ${JSON.stringify(counted)}, the rows ${JSON.stringify(expected)}.`);
    });
    for (const name of readdirSync(this.#directory)) {
      const bytes = readFileSync(join(this.#directory, name));
      for (const secret of secrets)
        if (bytes.includes(secret)) findings.push(`"${secret}" is on disk in the open, in ${name}.`);
    }
    return findings;
  }

  /** The end of the world: nothing of it stays on this machine. */
  dispose(): void {
    if (this.#threads?.isClosed === false) this.#threads.drop();
    rmSync(this.#base, { recursive: true, force: true });
  }

  #guard(database: DatabaseSync): DatabaseSync {
    return watchStatements(database, (executed) => {
      this.#onAccess?.(executed);
      if (this.isFull && executed.kind === 'run')
        throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
    });
  }

  #newDirectory(): string {
    const directory = join(this.#base, `life-${this.#lives}`);
    mkdirSync(directory);
    return directory;
  }

  /** What a death leaves is what was told to be on disk, and any part of what was not. Behind it may lie anything. */
  #crash(): void {
    const threads = this.#threads;
    if (threads === null) return;
    const from = this.#directory;
    this.#directory = this.#newDirectory();
    const name = 'hoist.db';
    const log = existsSync(join(from, `${name}-wal`))
      ? readFileSync(join(from, `${name}-wal`))
      : Buffer.alloc(0);
    const end = this.#random.chance(0.5) ? log.length : this.#random.int(threads.toldBytes, log.length);
    if (end < log.length) this.tornLogs += 1;
    const tail = this.#random.chance(0.3)
      ? Buffer.alloc(this.#random.int(1, 6000), end % 251)
      : Buffer.alloc(0);
    writeFileSync(join(this.#directory, name), readFileSync(join(from, name)));
    writeFileSync(join(this.#directory, `${name}-wal`), Buffer.concat([log.subarray(0, end), tail]));
    threads.drop();
    rmSync(from, { recursive: true, force: true });
  }

  #mirror(isWhole: boolean): void {
    const threads = this.#threads;
    if (threads === null) return;
    if (isWhole) {
      this.stored = new Map();
      this.#revision = 0;
    }
    const { jobs, revision } = threads.changesSince(this.#revision);
    this.#revision = revision;
    for (const job of jobs) this.stored.set(job.id, job);
    if (jobs.length > 0 || isWhole) this.version += 1;
  }

  #look<T>(look: (threads: SimThreads) => T): T {
    const threads = this.#threads;
    if (threads === null) throw new Error('No journal was opened.');
    return look(threads);
  }
}
