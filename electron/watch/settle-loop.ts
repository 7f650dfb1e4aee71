import type { WatchFile } from '#ports/journal.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { FolderContext } from './folder-state.ts';
import { type HandedOn, handOn } from './hand-on.ts';
import type { LookReport, Moment, WalkCalls } from './protocol.ts';
import { troubleInWords } from './settling.ts';
import { SettlingList } from './settling-list.ts';
import type { WorkerClient } from './worker-client.ts';

const checkSize = 250;
/** How often a file that is sent by hand is read again while it moves. */
const sendNowTries = 5;

/** Waits for the files of one folder to be written, and offers those that are. */
export class SettleLoop {
  readonly #context: FolderContext;
  readonly #absorb: (report: LookReport, client: WorkerClient<WalkCalls>) => Promise<void>;
  readonly files = new SettlingList();
  #isRunning = false;
  #waiting: (() => void)[] = [];

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

  /** Lets those go on who wait for calm. */
  wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
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

  /** Reads the files again whose time has come; other work of the folder gets its turn between the batches. */
  async #checkDue(): Promise<void> {
    const { around, line } = this.#context;
    const due = this.files.due(around.clock.monotonic());
    for (let index = 0; index < due.length; index += checkSize) {
      const paths = due.slice(index, index + checkSize);
      await line.inBackground(() => this.#check(paths));
    }
    this.#isRunning = false;
    this.schedule();
  }

  async #check(paths: readonly string[]): Promise<void> {
    const { around, state } = this.#context;
    const { client } = state;
    if (client === null || !state.isAtWork) return;
    const begun = around.clock.monotonic();
    const wanted = paths.filter((path) => this.files.isDue(path, begun));
    if (wanted.length === 0) return;
    const report = await client.call('check', state.id, state.moment(), wanted);
    const { monotonic } = state.moment();
    const ready = report.unchanged.flatMap(({ relativePath, trouble }) => {
      const settling = this.files.get(relativePath);
      if (settling === undefined) return [];
      if (trouble === null) return [settling];
      this.files.holdBack(relativePath, troubleInWords(trouble), monotonic);
      return [];
    });
    await this.#absorb(report, client);
    if (report.root.state === 'away') return;
    const { jobs, held } = await handOn(ready, state.folder, around.sink);
    for (const { relativePath, reason } of held) {
      this.files.holdBack(relativePath, { reason, isUnreadable: false }, monotonic);
    }
    await this.#commit(jobs);
  }

  async #commit(jobs: HandedOn['jobs']): Promise<void> {
    const { state, health } = this.#context;
    if (jobs.length === 0 || state.client === null) return;
    const { monotonic } = state.moment();
    for (const { relativePath } of jobs) this.files.settled(relativePath, monotonic);
    health.setCounts(await state.client.call('commit', state.id, jobs));
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
      const trouble = report.unchanged[0]?.trouble ?? null;
      if (trouble !== null) {
        const { reason, isUnreadable } = troubleInWords(trouble);
        throw new UploadError(isUnreadable ? 'file-unreadable' : 'file-locked', reason, facts);
      }
      if (report.unchanged.length > 0 || tries >= sendNowTries) return file;
    }
  }
}
