/** Who keeps the journal of a simulated world: opens it for each life of the program, and can be looked into. */
import type { Journal, WatchFile } from '#ports/journal.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import type { JobId, TimelineEntry } from '#shared/job.ts';
import { copyDisk, emptyDisk, type MemoryDisk } from './memory-disk.ts';
import { MemoryJournal } from './memory-journal.ts';
import type { SimProcess, SimTime } from './sim-time.ts';

/** Any journal can be put under the queue's tests by one of these. */
export interface JournalKeeper {
  /** Opens what is there, for this life of the program; the one before may have died with its journal open. */
  open(process: SimProcess): Promise<Journal>;
  /** The program has ended as it should. */
  close(): Promise<void>;
  /** What is on disk right now, in id order; takes no time of the world. */
  jobs(): Promise<readonly StoredJob[]>;
  timeline(id: JobId): Promise<readonly TimelineEntry[]>;
}

export type MakeKeeper = (time: SimTime) => JournalKeeper;

/** One whose disk can be watched, and be made trouble. */
export interface StoryKeeper extends JournalKeeper {
  /** How long the way to the disk, or back, takes. */
  passMs: () => number;
  /** Before a write reaches the disk: what never ends keeps it from there (the process died). */
  beforeWrite: (write: number, call: string) => void | Promise<void>;
  /** A write is on disk. */
  afterWrite: (write: number, call: string) => void;
  /** Writes over all lives. */
  readonly writes: number;
  /** No room: writes are refused and write nothing. */
  isFull: boolean;
  /** Another number after each change of a job. */
  readonly version: number;
  /** What is on disk right now. */
  readonly stored: ReadonlyMap<JobId, StoredJob>;
  watchFiles(): readonly WatchFile[];
  /** What is wrong with the disk itself, in sentences: its numbers, its integrity, secrets in the open. */
  inspect(secrets: readonly string[]): readonly string[];
}

export class MemoryKeeper implements StoryKeeper {
  disk: MemoryDisk = emptyDisk();
  /** The one that is open. */
  journal = new MemoryJournal();
  passMs: () => number = () => 1;
  beforeWrite: StoryKeeper['beforeWrite'] = () => {};
  afterWrite: StoryKeeper['afterWrite'] = () => {};
  writes = 0;
  readonly #time: SimTime;

  constructor(time: SimTime) {
    this.#time = time;
  }

  async open(process: SimProcess): Promise<Journal> {
    this.disk = copyDisk(this.disk);
    this.journal = new MemoryJournal({
      disk: this.disk,
      now: () => this.#time.wall,
      pass: () => this.#time.wait(this.passMs(), process),
      beforeWrite: (_write, call) => {
        this.writes += 1;
        return this.beforeWrite(this.writes, call);
      },
      afterWrite: (_write, call) => this.afterWrite(this.writes, call),
    });
    return this.journal;
  }

  get isFull(): boolean {
    return this.journal.isFull;
  }

  set isFull(isFull: boolean) {
    this.journal.isFull = isFull;
  }

  get version(): number {
    return this.disk.lastRevision;
  }

  get stored(): ReadonlyMap<JobId, StoredJob> {
    return this.disk.jobs;
  }

  watchFiles(): readonly WatchFile[] {
    return [...this.disk.watchFiles.values()].flatMap((files) => [...files.values()]);
  }

  /** Maps have no tallies that could be wrong, and nothing to seal. */
  inspect = () => [];
  close = () => this.journal.close();
  jobs = async () => [...this.disk.jobs.values()];
  timeline = async (id: JobId) => this.disk.timelines.get(id) ?? [];
}

/**
 * A journal whose work happens outside of the world: its time stands still until an answer is there. A process that is
 * dead asks nothing and hears nothing any more.
 */
export function trackJournal(time: SimTime, process: SimProcess, journal: Journal): Journal {
  const never = new Promise<never>(() => {});
  return new Proxy(journal, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]) => {
        if (!process.isAlive) return never;
        const work = time.outside(Promise.resolve(Reflect.apply(value, target, args)));
        return work.then(
          (answer) => (process.isAlive ? answer : never),
          (error) => (process.isAlive ? Promise.reject(error) : never),
        );
      };
    },
  });
}
