import type { Journal } from '#ports/journal.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import { MemoryJournal } from '../support/memory-journal.ts';
import { describeQueueOn } from '../support/sim-contract.ts';
import { type JournalKeeper, MemoryKeeper, trackJournal } from '../support/sim-keeper.ts';
import type { SimProcess, SimTime } from '../support/sim-time.ts';

describeQueueOn('a journal in the time of the world', (time) => new MemoryKeeper(time));

/** A journal that takes real time, as one on a disk does: the world waits for it. */
class OutsideKeeper implements JournalKeeper {
  readonly #time: SimTime;
  #journal: MemoryJournal;

  constructor(time: SimTime) {
    this.#time = time;
    this.#journal = new MemoryJournal();
  }

  async open(process: SimProcess): Promise<Journal> {
    const pass = () => new Promise<void>((resolve) => setImmediate(resolve));
    this.#journal = new MemoryJournal({ disk: this.#journal.disk, now: () => this.#time.wall, pass });
    return trackJournal(this.#time, process, this.#journal);
  }

  jobs = async (): Promise<readonly StoredJob[]> => [...this.#journal.disk.jobs.values()];
  timeline = async (id: number) => this.#journal.disk.timelines.get(id) ?? [];
  close = () => this.#journal.close();
}

describeQueueOn('a journal that takes real time', (time) => new OutsideKeeper(time));
