import { setImmediate } from 'node:timers/promises';
import type { WatchFile } from '#ports/journal.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { FolderContext } from './folder-state.ts';
import { type HandedOn, handOn } from './hand-on.ts';
import { InFlight } from './in-flight.ts';
import type { CheckReport, LookReport, Moment, WalkCalls } from './protocol.ts';
import { readAhead } from './read-ahead.ts';
import { type SettlingFile, troubleInWords } from './settling.ts';
import { SettlingList } from './settling-list.ts';
import type { WorkerClient } from './worker-client.ts';

/** Files that are read again, and offered, in one call. */
const batchSize = 500;
/** The journal writes what it has in one transaction, which costs less the more that is; the next is to be there by then. */
const offersAtOnce = 8;
/** Files that are offered before other work of the folder gets its turn: well under a second. */
const turnSize = 20_000;
/** So many files that settle are a crowd: other work that takes long is better done when it is through. */
const crowd = 5000;
const longestCrowdMs = 30_000;
/** How often a file that is sent by hand is read again while it moves. */
const sendNowTries = 5;

/** Files that were read again, and what that told. */
interface Reread {
  readonly paths: readonly string[];
  readonly report: CheckReport;
}

/** Waits for the files of one folder to be written, and offers those that are. */
export class SettleLoop {
  readonly #context: FolderContext;
  readonly #absorb: (report: LookReport, client: WorkerClient<WalkCalls>) => Promise<void>;
  readonly files = new SettlingList();
  #isRunning = false;
  #waiting: (() => void)[] = [];
  #waitingForFew: (() => void)[] = [];
  #lastTurn: Promise<void> = Promise.resolve();

  /** `absorb` takes in what was found when files were read again. */
  constructor(
    context: FolderContext,
    absorb: (report: LookReport, client: WorkerClient<WalkCalls>) => Promise<void>,
  ) {
    this.#context = context;
    this.#absorb = absorb;
  }

  /** A file that was settling when the folder was last watched. */
  takeUp(row: WatchFile, at: Moment): void {
    const { state } = this.#context;
    const { settleMs } = state.folder;
    this.files.read(row, null, at, { settleMs, isNetwork: state.isNetwork });
  }

  schedule(): void {
    const { around, state, timers } = this.#context;
    if (this.files.isCalm()) this.wake();
    if (this.files.size < crowd) this.#wakeForFew();
    const next = this.files.nextDueAt();
    if (this.#isRunning || next === null || !state.isAtWork) return;
    const delayMs = Math.max(0, next - around.clock.monotonic());
    timers.set('settle', delayMs, () => {
      this.#isRunning = true;
      void this.#checkDue();
    });
  }

  /** Resolves when nothing settles, or the folder is not watched any more. */
  async calm(): Promise<void> {
    if (!this.files.isCalm()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Resolves when no crowd waits to be offered, or that takes long, or the folder is not watched any more. */
  async few(): Promise<void> {
    if (this.files.size < crowd) return;
    this.#context.timers.set('few', longestCrowdMs, () => this.#wakeForFew());
    await new Promise<void>((resolve) => this.#waitingForFew.push(resolve));
  }

  /** Lets those go on who wait for calm. */
  wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
    this.#wakeForFew();
  }

  #wakeForFew(): void {
    const waiting = this.#waitingForFew;
    this.#waitingForFew = [];
    if (waiting.length > 0) this.#context.timers.clear('few');
    for (const wake of waiting) wake();
  }

  /** Offers one file without waiting; part of a task. */
  async sendNow(relativePath: string): Promise<void> {
    const { around, state } = this.#context;
    const file = await this.#readForSending(relativePath);
    const { jobs, held } = await handOn([{ file, before: null }], state.folder, around.sink);
    if (held[0] !== undefined) throw held[0].error;
    await this.#commit(jobs);
  }

  /** Reads the files again whose time has come; other work of the folder gets its turn in between. */
  async #checkDue(): Promise<void> {
    const { around, line } = this.#context;
    const due = this.files.due(around.clock.monotonic());
    for (let index = 0; index < due.length; index += turnSize) {
      const paths = due.slice(index, index + turnSize);
      await line.inBackground(() => this.#offerDue(paths));
    }
    this.#isRunning = false;
    this.schedule();
  }

  async #offerDue(paths: readonly string[]): Promise<void> {
    const { around, state } = this.#context;
    const { client } = state;
    if (client === null) return;
    const begun = around.clock.monotonic();
    const due = paths.filter((path) => this.files.isDue(path, begun));
    // Newer content of a job is never read ahead: the job could be found under another path while it is handed on.
    for (const batch of batchesOf(due.filter((path) => this.files.get(path)?.before !== null))) {
      if (!state.isAtWork) return;
      const ready = await this.#takeIn(await this.#readAgain(batch, client), client);
      if (ready !== null) await this.#offer(ready);
    }
    const fresh = batchesOf(due.filter((path) => this.files.get(path)?.before === null));
    // Several batches go to the disk together: most of what one costs there is waiting for it.
    const offers = new InFlight(offersAtOnce);
    try {
      await readAhead(
        () => {
          const batch = state.isAtWork ? fresh.shift() : undefined;
          return batch === undefined ? null : this.#readAgain(batch, client);
        },
        async (reread) => {
          const { report } = reread;
          // What was found may be about files that are being offered: they are jobs before it is told.
          if (report.findings > 0 || report.root.state === 'away') await offers.done();
          const ready = await this.#takeIn(reread, client);
          if (ready === null) return false;
          await offers.start(() => this.#offer(ready));
          return true;
        },
      );
    } finally {
      await offers.done();
    }
  }

  async #readAgain(paths: readonly string[], client: WorkerClient<WalkCalls>): Promise<Reread> {
    const { state } = this.#context;
    return { paths, report: await client.call('check', state.id, state.moment(), paths) };
  }

  /** Takes in what was read; answers what had not changed, or null where the folder is away. */
  async #takeIn(
    { paths, report }: Reread,
    client: WorkerClient<WalkCalls>,
  ): Promise<readonly SettlingFile[] | null> {
    const { around, state } = this.#context;
    const { monotonic } = state.moment();
    const left = new Set(report.changed);
    const heldBack: WatchFile[] = [];
    for (const { relativePath, trouble } of report.closed) {
      left.add(relativePath);
      const settling = this.files.get(relativePath);
      if (settling?.failures === 0 && settling.before === null) heldBack.push(settling.file);
      this.files.holdBack(relativePath, troubleInWords(trouble), monotonic);
    }
    const unchanged = paths
      .filter((path) => !left.has(path))
      .map((path) => this.files.get(path))
      .filter((settling) => settling !== undefined);
    // That may take days: who asks after a restart, before the walk, is to know it.
    if (heldBack.length > 0) await around.sink.record(heldBack, []);
    await this.#absorb(report, client);
    if (report.root.state === 'away') return null;
    return unchanged.filter((settling) => this.files.get(settling.file.relativePath) === settling);
  }

  async #offer(ready: readonly SettlingFile[]): Promise<void> {
    const { around, state } = this.#context;
    const { monotonic } = state.moment();
    const { jobs, held } = await handOn(ready, state.folder, around.sink);
    await this.#ownTurn();
    for (const { relativePath, reason } of held) {
      this.files.holdBack(relativePath, { reason, isUnreadable: false }, monotonic);
    }
    await this.#commit(jobs);
  }

  /** Batches come to the disk together; each is taken in in a turn of the loop of its own, so that nobody waits for all. */
  #ownTurn(): Promise<void> {
    this.#lastTurn = this.#lastTurn.then(() => setImmediate());
    return this.#lastTurn;
  }

  async #commit(jobs: HandedOn['jobs']): Promise<void> {
    const { state, health } = this.#context;
    if (jobs.length === 0 || state.client === null) return;
    const { monotonic } = state.moment();
    const paths = jobs.map(({ relativePath }) => relativePath);
    for (const path of paths) this.files.settled(path, monotonic);
    const ids = jobs.map(({ jobId }) => jobId);
    health.setCounts(await state.client.call('commit', state.id, paths, ids));
  }

  async #readForSending(relativePath: string): Promise<WatchFile> {
    const { state } = this.#context;
    const { client } = state;
    const facts = { facts: { path: relativePath } };
    if (client === null || state.root.state !== 'there') {
      throw new UploadError('file-missing', 'The watch folder is offline.', facts);
    }
    for (let tries = 1; ; tries++) {
      const report = await client.call('check', state.id, state.moment(), [relativePath]);
      await this.#absorb(report, client);
      const file = await client.call('row', state.id, relativePath);
      if (file === null) throw new UploadError('not-found', 'No such file is known in the folder.', facts);
      if (file.fileClass === 'job') throw new UploadError('invalid', 'The file is a job already.', facts);
      if (file.fileClass === 'ignored')
        throw new UploadError('invalid', `It is ignored: ${file.rule}.`, facts);
      const [closed] = report.closed;
      if (closed !== undefined) {
        const { reason, isUnreadable } = troubleInWords(closed.trouble);
        throw new UploadError(isUnreadable ? 'file-unreadable' : 'file-locked', reason, facts);
      }
      if (report.changed.length === 0 || tries >= sendNowTries) return file;
    }
  }
}

function batchesOf(paths: readonly string[]): string[][] {
  const batches: string[][] = [];
  for (let index = 0; index < paths.length; index += batchSize) {
    batches.push(paths.slice(index, index + batchSize));
  }
  return batches;
}
