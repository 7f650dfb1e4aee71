import { UploadError } from '#ports/upload-error.ts';
import type { WatchFolder } from '#shared/watch-folder.ts';
import { networkDegradation } from './degradation.ts';
import { FolderHealth } from './folder-health.ts';
import { probeRoot } from './folder-root.ts';
import { FolderScans } from './folder-scans.ts';
import { FolderState, type FolderSurroundings, type FolderTimer } from './folder-state.ts';
import { HintFeed } from './hint-feed.ts';
import type { WalkCalls, WorkerEvent } from './protocol.ts';
import { offlineRetryMs } from './scan-interval.ts';
import { SettleLoop } from './settle-loop.ts';
import type { SettlingList } from './settling-list.ts';
import { TaskLine } from './task-line.ts';
import { Timers } from './timers.ts';
import type { WorkerClient } from './worker-client.ts';

const knownPage = 500;

/**
 * The life of one watch folder. Walks and looks happen one after another; the disk is read by the worker, which knows
 * what was there, and only what differs comes here, to be recorded and to settle. Whatever fails is healed in one way:
 * everything known is thrown away, read from the journal again, and the folder is walked.
 */
export class WatchedFolder {
  readonly #around: FolderSurroundings;
  readonly #state: FolderState;
  readonly #health: FolderHealth;
  readonly #timers: Timers<FolderTimer>;
  readonly #line: TaskLine;
  readonly #hints: HintFeed;
  readonly #settle: SettleLoop;
  readonly #scans: FolderScans;
  #failures = 0;
  #offlineTries = 0;

  constructor(folder: WatchFolder, around: FolderSurroundings) {
    this.#around = around;
    this.#state = new FolderState(folder, around);
    this.#timers = new Timers(around.clock);
    this.#health = new FolderHealth(folder.id, around.clock, (health) => around.sink.healthChanged(health));
    this.#line = new TaskLine(
      () => this.#state.isClosed,
      (error) => this.#fail(error),
    );
    const context = {
      around,
      state: this.#state,
      health: this.#health,
      timers: this.#timers,
      line: this.#line,
    };
    this.#hints = new HintFeed(context, () => this.reconcileSoon());
    this.#settle = new SettleLoop(context, (report, client) => this.#scans.absorb(report, client));
    this.#scans = new FolderScans(context, this.#hints, this.#settle, {
      open: () => this.#open(),
      goOffline: (reason) => this.#goOffline(reason),
      walked: () => {
        this.#failures = 0;
      },
    });
  }

  get folder(): WatchFolder {
    return this.#state.folder;
  }

  /** The real path, where it is known. */
  get path(): string {
    return this.#state.path;
  }

  get health(): FolderHealth {
    return this.#health;
  }

  /** Resolves when what was known is read and, for a folder that is new, what is there was taken as baseline. */
  start(): Promise<void> {
    return this.#line.inBackground(() => this.#open());
  }

  /** Other rules, for the same path. */
  update(folder: WatchFolder): Promise<void> {
    return this.#line.attempt(async () => {
      const wasPaused = this.folder.isPaused;
      this.#state.folder = folder;
      const { client } = this.#state;
      if (this.#state.root.state !== 'there' || client === null) return this.#open();
      const rules = this.#state.rules();
      await client.call('setRules', folder.id, rules);
      await this.#around.hints.call('setRules', folder.id, rules);
      if (folder.isPaused) return this.#pause();
      if (wasPaused) this.#resume();
      else this.reconcileSoon();
    });
  }

  settling(): ReturnType<SettlingList['values']> {
    return this.#settle.files.values();
  }

  scan(): Promise<void> {
    return this.#line.attempt(async () => {
      if (this.#state.root.state !== 'there') await this.#open();
      await this.#scans.reconcile(true);
    });
  }

  async idle(): Promise<void> {
    while (!this.folder.isPaused) {
      const found = await this.#line.attempt(() => this.#lookForWork());
      if (found === 'nothing') return;
      if (found === 'away') {
        const reason = this.#health.current().reason ?? 'It is not watched any more.';
        throw new UploadError('file-missing', reason, { facts: { path: this.folder.path } });
      }
      await this.#settle.calm();
    }
  }

  sendNow(relativePath: string): Promise<void> {
    return this.#line.run(() => this.#settle.sendNow(relativePath));
  }

  /** Walks the folder as soon as what runs is done; or looks whether it is back. */
  reconcileSoon(): void {
    this.#scans.reconcileSoon();
  }

  hear(event: WorkerEvent): void {
    if (this.#state.isClosed) return;
    if (event.event === 'trouble') void this.#hints.degrade(event.trouble);
    else this.#scans.hear();
  }

  /** The worker that hears events died. */
  hintsEnded(): void {
    this.#hints.workerEnded();
  }

  /** The worker that walks died, and with it all that it knew. */
  walkerEnded(): void {
    this.#state.client = null;
    this.#fail(new UploadError('internal', 'The worker of the watcher ended.'));
  }

  async close(): Promise<void> {
    this.#state.isClosed = true;
    this.#timers.clearAll();
    this.#health.close();
    this.#settle.wake();
    await this.#line.done();
    this.#timers.clearAll();
    this.#health.close();
    await this.#state.client?.call('drop', this.#state.id).catch(() => {});
    await this.#hints.stop().catch(() => {});
  }

  /** Walks, and tells whether anything is new or settles. One task, because any other may change the answer. */
  async #lookForWork(): Promise<'nothing' | 'work' | 'away'> {
    if (this.#state.isClosed) return 'away';
    // It may be back since somebody looked last.
    if (this.#state.root.state !== 'there') await this.#open();
    const found = await this.#scans.reconcile(false);
    if (this.#state.isClosed || this.#state.root.state === 'away') return 'away';
    return found === 0 && this.#settle.files.isCalm() ? 'nothing' : 'work';
  }

  async #open(): Promise<void> {
    const state = this.#state;
    state.isBroken = false;
    this.#timers.clearAll();
    this.#settle.files.clear();
    await state.client?.call('drop', state.id).catch(() => {});
    await this.#hints.stop();
    const root = await probeRoot(state.folder.path);
    state.root = root;
    this.#health.setDrive(state.isNetwork ? networkDegradation : null);
    this.#health.setTrouble(null);
    const client = this.#around.walker(state.id, state.isNetwork);
    state.client = client;
    await client.call('open', {
      folderId: state.id,
      root: state.path,
      rules: state.rules(),
      hasStableInodes: root.state === 'there' && root.kind.hasStableInodes,
    });
    state.rootInode = await this.#loadKnown(client);
    if (root.state === 'away') return this.#goOffline(root.reason);
    if (root.state === 'not-a-folder') return this.#goOffline('There is no folder at this path any more.');
    const refusal = this.#around.refusal(state.id, root.path);
    if (refusal !== null) return this.#goOffline(refusal);
    this.#health.setCondition(state.folder.isPaused ? { name: 'paused' } : { name: 'open' });
    if (state.takesBaseline) await this.#scans.reconcile(true);
    if (state.root.state === 'there' && !state.folder.isPaused) this.#resume();
  }

  /** Brings the worker what the journal knows, page by page, and takes up what was settling. */
  async #loadKnown(client: WorkerClient<WalkCalls>): Promise<string | null> {
    const { id } = this.#state;
    const at = this.#state.moment();
    let rootInode: string | null = null;
    let after = '';
    for (;;) {
      const rows = await this.#around.sink.known(id, after, knownPage);
      const last = rows.at(-1);
      if (last === undefined) return rootInode;
      const loaded = await client.call('load', id, rows);
      rootInode = loaded.rootInode;
      this.#health.setCounts(loaded.counts);
      for (const row of rows) if (row.fileClass === 'settling') this.#settle.takeUp(row, at);
      after = last.relativePath;
    }
  }

  /** Begins to watch, and catches up. */
  #resume(): void {
    this.#offlineTries = 0;
    this.#health.setCondition({ name: 'open' });
    this.#settle.files.restart(this.#around.clock.monotonic());
    this.#settle.schedule();
    this.reconcileSoon();
    this.#line.inBackground(async () => {
      void this.#hearSoon();
    });
  }

  /**
   * Not before the walk, nor before a crowd that it found is in the queue: setting up the events of a large tree takes
   * longer than both, and another walk follows it anyway.
   */
  async #hearSoon(): Promise<void> {
    await this.#settle.few();
    if (this.#state.isAtWork) this.#hints.start();
  }

  async #pause(): Promise<void> {
    this.#timers.clearAll();
    this.#health.setCondition({ name: 'paused' });
    this.#settle.wake();
    await this.#hints.stop();
  }

  /** The folder is not there. Nothing is read into that; it is looked for until it is back. */
  async #goOffline(reason: string): Promise<void> {
    this.#state.root = { state: 'away', reason };
    this.#timers.clearAll();
    this.#health.setScanning(false);
    this.#health.setCondition({ name: 'offline', reason });
    this.#settle.wake();
    await this.#hints.stop();
    this.#timers.set('retry', offlineRetryMs(this.#offlineTries++), () => this.reconcileSoon());
  }

  /** All that is known is read from the journal again, after a while. */
  #fail(error: unknown): void {
    if (this.#state.isClosed) return;
    this.#state.isBroken = true;
    const detail = error instanceof Error ? error.message : String(error);
    this.#health.setScanning(false);
    this.#health.setFailure(`Looking at the folder failed; Hoist tries again. (${detail})`);
    this.#timers.clearAll();
    this.#timers.set('retry', Math.min(60_000, 1000 * 2 ** this.#failures++), () => {
      this.#line.inBackground(() => this.#open());
    });
  }
}
