import type { Clock, Random } from '#ports/clock.ts';
import type { WatchFile } from '#ports/journal.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { WatchSink } from '#ports/watcher.ts';
import type { WatchFolder } from '#shared/watch-folder.ts';
import { applyFindings } from './apply-findings.ts';
import { degradationBy, networkDegradation } from './degradation.ts';
import { FolderHealth } from './folder-health.ts';
import { probeRoot, type Root, readInotifyLimits, ruleSourceOf } from './folder-root.ts';
import { type HandedOn, handOn } from './hand-on.ts';
import {
  type HintBatch,
  type HintCalls,
  type LookReport,
  type Moment,
  noHints,
  rootRowPath,
  type WalkCalls,
  type WorkerEvent,
} from './protocol.ts';
import { offlineRetryMs, scanIntervalMs } from './scan-interval.ts';
import { troubleInWords } from './settling.ts';
import { SettlingList } from './settling-list.ts';
import { Timers } from './timers.ts';
import type { WorkerClient } from './worker-client.ts';

const pageSize = 500;
const checkSize = 250;
/** Hints come in crowds; what is looked at waits for more of them. */
const lookSpacingMs = 100;
/** Directories that just came are walked once more, when the events of what they hold had time to be set up. */
const followUpMs = 2000;
const departedLookMs = 10_500;
const rehintMs = 10 * 60_000;
/** How often a file that is sent by hand is read again while it moves. */
const sendNowTries = 5;

export interface FolderSurroundings {
  readonly clock: Clock;
  readonly random: Random;
  readonly sink: WatchSink;
  readonly dataDir: string;
  /** The worker for this folder: one of its own on a network drive, where any call may hang for good. */
  walker(folderId: string, isNetwork: boolean): WorkerClient<WalkCalls>;
  /** The worker that hears events, for all folders. */
  readonly hints: WorkerClient<HintCalls>;
  /** Why a folder at this real path must not be watched; null if it may be. */
  refusal(folderId: string, path: string): string | null;
}

/**
 * One watch folder. Walks and looks happen one after another; the disk is read by the worker, which knows what was there,
 * and only what differs comes here, to be recorded and to settle. Whatever fails is healed in one way: everything known
 * is thrown away, read from the journal again, and the folder is walked.
 */
export class WatchedFolder {
  readonly #around: FolderSurroundings;
  readonly #health: FolderHealth;
  readonly #settling = new SettlingList();
  readonly #timers: Timers<'scan' | 'look' | 'settle' | 'followUp' | 'departed' | 'retry'>;
  #folder: WatchFolder;
  #client: WorkerClient<WalkCalls> | null = null;
  #root: Root = { state: 'away', reason: 'The folder was not looked at yet.' };
  #rootInode: string | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #isWalkWanted = false;
  #isLookWanted = false;
  #isSettling = false;
  #isClosed = false;
  /** What is known here may differ from the journal. */
  #isBroken = false;
  #hasHints = false;
  #failures = 0;
  #offlineTries = 0;
  #troubleAt = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #calm: (() => void)[] = [];

  constructor(folder: WatchFolder, around: FolderSurroundings) {
    this.#folder = folder;
    this.#around = around;
    this.#timers = new Timers(around.clock);
    this.#health = new FolderHealth(folder.id, around.clock, (health) => around.sink.healthChanged(health));
  }

  get folder(): WatchFolder {
    return this.#folder;
  }

  /** The real path, where it is known. */
  get path(): string {
    return this.#root.state === 'there' ? this.#root.path : this.#folder.path;
  }

  get health(): FolderHealth {
    return this.#health;
  }

  /** Resolves when what was known is read and, for a folder that is new, what is there was taken as baseline. */
  start(): Promise<void> {
    return this.#inBackground(() => this.#open());
  }

  /** Other rules, for the same path. */
  update(folder: WatchFolder): Promise<void> {
    return this.#attempt(async () => {
      const wasPaused = this.#folder.isPaused;
      this.#folder = folder;
      if (this.#root.state !== 'there' || this.#client === null) return this.#open();
      const rules = ruleSourceOf(folder, this.#root.path, this.#around.dataDir);
      await this.#client.call('setRules', folder.id, rules);
      await this.#around.hints.call('setRules', folder.id, rules);
      if (folder.isPaused) return this.#pause();
      if (wasPaused) this.#resume();
      else this.reconcileSoon();
    });
  }

  settling(): ReturnType<SettlingList['values']> {
    return this.#settling.values();
  }

  scan(): Promise<void> {
    return this.#attempt(async () => {
      if (this.#root.state !== 'there') await this.#open();
      await this.#reconcile(true);
    });
  }

  async idle(): Promise<void> {
    while (!this.#folder.isPaused) {
      const found = await this.#attempt(() => this.#reconcile(false));
      if (this.#isClosed || this.#root.state === 'away') {
        const reason = this.#health.current().reason ?? 'It is not watched any more.';
        throw new UploadError('file-missing', reason, { facts: { path: this.#folder.path } });
      }
      if (found === 0 && this.#settling.isCalm()) return;
      if (!this.#settling.isCalm()) await new Promise<void>((resolve) => this.#calm.push(resolve));
    }
  }

  sendNow(relativePath: string): Promise<void> {
    return this.#run(async () => {
      const file = await this.#readForSending(relativePath);
      const { jobs, held } = await handOn([{ file, before: null }], this.#folder, this.#around.sink);
      if (held[0] !== undefined) throw held[0].error;
      await this.#commit(jobs);
    });
  }

  /** Walks the folder as soon as what runs is done; or looks whether it is back. */
  reconcileSoon(): void {
    if (this.#isClosed || this.#isWalkWanted) return;
    this.#isWalkWanted = true;
    this.#inBackground(async () => {
      this.#isWalkWanted = false;
      if (this.#root.state !== 'there') await this.#open();
      else if (!this.#folder.isPaused) await this.#reconcile(false);
    });
  }

  hear(event: WorkerEvent): void {
    if (this.#isClosed) return;
    if (event.event === 'trouble') {
      void this.#degrade(event.trouble);
      return;
    }
    this.#health.heard();
    if (this.#timers.has('look')) return;
    const delayMs = this.#lookedAt + lookSpacingMs - this.#around.clock.monotonic();
    if (delayMs <= 0) this.#lookSoon();
    else this.#timers.set('look', delayMs, () => this.#lookSoon());
  }

  /** The worker that hears events died: it is started again, and until then walks have to do. */
  hintsEnded(): void {
    if (!this.#hasHints || this.#isClosed) return;
    void this.#degrade({ code: null, message: '' });
  }

  /** The worker that walks died, and with it all that it knew. */
  walkerEnded(): void {
    this.#client = null;
    this.#fail(new UploadError('internal', 'The worker of the watcher ended.'));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#timers.clearAll();
    this.#health.close();
    this.#wakeCalm();
    await this.#queue;
    this.#timers.clearAll();
    this.#health.close();
    await this.#client?.call('drop', this.#folder.id).catch(() => {});
    await this.#stopHints().catch(() => {});
  }

  // Opening, pausing, going away.

  async #open(): Promise<void> {
    const { id } = this.#folder;
    this.#isBroken = false;
    this.#timers.clearAll();
    this.#settling.clear();
    await this.#client?.call('drop', id).catch(() => {});
    await this.#stopHints();
    this.#root = await probeRoot(this.#folder.path);
    const isNetwork = this.#root.state === 'there' && this.#root.kind.isNetwork;
    this.#health.setDrive(isNetwork ? networkDegradation : null);
    this.#health.setTrouble(null);
    const client = this.#around.walker(id, isNetwork);
    this.#client = client;
    await client.call('open', {
      folderId: id,
      root: this.path,
      rules: ruleSourceOf(this.#folder, this.path, this.#around.dataDir),
      hasStableInodes: this.#root.state === 'there' && this.#root.kind.hasStableInodes,
    });
    this.#rootInode = await this.#loadKnown(client);
    if (this.#root.state === 'away') return this.#goOffline(this.#root.reason);
    if (this.#root.state === 'not-a-folder')
      return this.#goOffline('There is no folder at this path any more.');
    const refusal = this.#around.refusal(id, this.#root.path);
    if (refusal !== null) return this.#goOffline(refusal);
    this.#health.setCondition(this.#folder.isPaused ? { name: 'paused' } : { name: 'open' });
    if (this.#rootInode === null && this.#folder.existing === 'baseline') await this.#reconcile(true);
    if (this.#root.state === 'there' && !this.#folder.isPaused) this.#resume();
  }

  /** Brings the worker what the journal knows, page by page, and takes up what was settling. */
  async #loadKnown(client: WorkerClient<WalkCalls>): Promise<string | null> {
    const { id } = this.#folder;
    const at = this.#moment();
    let rootInode: string | null = null;
    let after = '';
    for (;;) {
      const rows = await this.#around.sink.known(id, after, pageSize);
      const last = rows.at(-1);
      if (last === undefined) return rootInode;
      const loaded = await client.call('load', id, rows);
      rootInode = loaded.rootInode;
      this.#health.setCounts(loaded.counts);
      for (const row of rows) if (row.fileClass === 'settling') this.#read(row, at);
      after = last.relativePath;
    }
  }

  /** Begins to watch, and catches up. */
  #resume(): void {
    this.#offlineTries = 0;
    this.#health.setCondition({ name: 'open' });
    this.#settling.restart(this.#around.clock.monotonic());
    this.#scheduleSettling();
    this.reconcileSoon();
    // Not before the walk: setting up the events of a large tree takes longer, and another walk follows it anyway.
    this.#inBackground(async () => {
      if (this.#isAtWork) this.#startHints();
    });
  }

  #startHints(): void {
    if (this.#root.state !== 'there' || this.#root.kind.isNetwork) return;
    this.#hasHints = true;
    const rules = ruleSourceOf(this.#folder, this.#root.path, this.#around.dataDir);
    this.#around.hints.call('start', this.#folder.id, this.#root.path, rules).then(
      // Whatever happened before the watching was on was told to nobody.
      () => this.reconcileSoon(),
      () => this.#degrade({ code: null, message: '' }),
    );
  }

  async #stopHints(): Promise<void> {
    if (!this.#hasHints) return;
    this.#hasHints = false;
    await this.#around.hints.call('stop', this.#folder.id);
  }

  #takeHints(): Promise<HintBatch> | HintBatch {
    return this.#hasHints ? this.#around.hints.call('take', this.#folder.id) : noHints;
  }

  async #pause(): Promise<void> {
    this.#timers.clearAll();
    this.#health.setCondition({ name: 'paused' });
    this.#wakeCalm();
    await this.#stopHints();
  }

  /** The folder is not there. Nothing is read into that; it is looked for until it is back. */
  async #goOffline(reason: string): Promise<void> {
    this.#root = { state: 'away', reason };
    this.#timers.clearAll();
    this.#health.setScanning(false);
    this.#health.setCondition({ name: 'offline', reason });
    this.#wakeCalm();
    await this.#stopHints();
    this.#timers.set('retry', offlineRetryMs(this.#offlineTries++), () => this.reconcileSoon());
  }

  async #degrade(trouble: Parameters<typeof degradationBy>[0]): Promise<void> {
    this.#troubleAt = this.#around.clock.monotonic();
    this.#health.setTrouble(degradationBy(trouble, await readInotifyLimits()));
    this.reconcileSoon();
  }

  // Walking and looking.

  /** Answers how many findings there were. */
  async #reconcile(isShown: boolean): Promise<number> {
    if (this.#isBroken) await this.#open();
    const client = this.#client;
    if (client === null || this.#root.state !== 'there') return 0;
    if (isShown || this.#health.lastScanAt === null) this.#health.setScanning(true);
    const takesBaseline = this.#rootInode === null && this.#folder.existing === 'baseline';
    const hints = await this.#takeHints();
    const report = await client.call('walk', this.#folder.id, this.#moment(), hints, takesBaseline);
    await this.#absorb(report, client);
    this.#health.setScanning(false);
    if (report.root.state === 'away') return report.findings;
    await this.#rememberRoot(report.root.inode);
    this.#health.walked(report);
    this.#health.setFailure(null);
    this.#failures = 0;
    if (report.hints === 'burst') this.#followUp();
    if (!this.#folder.isPaused) this.#scheduleScan();
    return report.findings;
  }

  #lookSoon(): void {
    if (this.#isLookWanted) return;
    this.#isLookWanted = true;
    this.#inBackground(async () => {
      this.#isLookWanted = false;
      const client = this.#client;
      if (client === null || !this.#isAtWork) return;
      this.#lookedAt = this.#around.clock.monotonic();
      const report = await client.call('look', this.#folder.id, this.#moment(), await this.#takeHints());
      await this.#absorb(report, client);
      if (report.hints === 'burst') await this.#reconcile(false);
      if (report.hints !== 'paths') this.#followUp();
    });
  }

  /** Takes in what the worker found. */
  async #absorb(report: LookReport, client: WorkerClient<WalkCalls>): Promise<void> {
    const { id } = this.#folder;
    this.#health.looked(report);
    for (let left = report.findings; left > 0; ) {
      const findings = await client.call('take', id, pageSize);
      if (findings.length === 0) break;
      left -= findings.length;
      await applyFindings(findings, {
        folder: this.#folder,
        sink: this.#around.sink,
        settling: this.#settling,
        at: this.#moment(),
        isNetwork: this.#isNetwork,
      });
    }
    if (report.departed > 0 && !this.#timers.has('departed')) {
      this.#timers.set('departed', departedLookMs, () => this.#lookSoon());
    }
    this.#scheduleSettling();
    if (report.root.state === 'away') await this.#goOffline(report.root.reason);
    else if (this.#rootInode !== null && report.root.inode !== this.#rootInode) this.reconcileSoon();
  }

  /** Records which folder this is; another one under the same path is watched anew. */
  async #rememberRoot(inode: string): Promise<void> {
    if (inode === this.#rootInode) return;
    const wasKnown = this.#rootInode !== null;
    const row: WatchFile = {
      folderId: this.#folder.id,
      relativePath: rootRowPath,
      sizeBytes: 0,
      mtimeNs: '0',
      inode,
      fileClass: 'ignored',
      rule: 'the folder itself',
      jobId: null,
      seenAt: this.#around.clock.now(),
    };
    await this.#around.sink.record([row], []);
    this.#rootInode = inode;
    if (wasKnown && !this.#folder.isPaused) this.#startHints();
  }

  #followUp(): void {
    if (!this.#timers.has('followUp')) this.#timers.set('followUp', followUpMs, () => this.reconcileSoon());
  }

  #scheduleScan(): void {
    const { clock, random } = this.#around;
    const pace = this.#health.isDegraded ? 'degraded' : 'normal';
    this.#timers.set('scan', scanIntervalMs(this.#health.files, pace, random()), () => {
      if (this.#health.hasTrouble && clock.monotonic() - this.#troubleAt >= rehintMs) {
        this.#health.setTrouble(null);
        this.#startHints();
      }
      this.reconcileSoon();
    });
  }

  // Settling.

  get #isAtWork(): boolean {
    return this.#root.state === 'there' && !this.#folder.isPaused && !this.#isBroken && !this.#isClosed;
  }

  get #isNetwork(): boolean {
    return this.#root.state === 'there' && this.#root.kind.isNetwork;
  }

  #read(row: WatchFile, at: Moment): void {
    this.#settling.read(row, null, at, { settleMs: this.#folder.settleMs, isNetwork: this.#isNetwork });
  }

  #scheduleSettling(): void {
    if (this.#settling.isCalm()) this.#wakeCalm();
    const next = this.#settling.nextDueAt();
    if (this.#isSettling || next === null || !this.#isAtWork) return;
    const delayMs = Math.max(0, next - this.#around.clock.monotonic());
    this.#timers.set('settle', delayMs, () => {
      this.#isSettling = true;
      void this.#settleDue();
    });
  }

  /** Reads the files again whose time has come; other work of the folder gets its turn between the batches. */
  async #settleDue(): Promise<void> {
    const due = this.#settling.due(this.#around.clock.monotonic());
    for (let index = 0; index < due.length; index += checkSize) {
      const paths = due.slice(index, index + checkSize);
      await this.#inBackground(() => this.#checkSettling(paths));
    }
    this.#isSettling = false;
    this.#scheduleSettling();
  }

  async #checkSettling(paths: readonly string[]): Promise<void> {
    const client = this.#client;
    if (client === null || !this.#isAtWork) return;
    const begun = this.#around.clock.monotonic();
    const wanted = paths.filter((path) => this.#settling.isDue(path, begun));
    if (wanted.length === 0) return;
    const report = await client.call('check', this.#folder.id, this.#moment(), wanted);
    const { monotonic } = this.#moment();
    const ready = report.unchanged.flatMap(({ relativePath, trouble }) => {
      const settling = this.#settling.get(relativePath);
      if (settling === undefined) return [];
      if (trouble === null) return [settling];
      this.#settling.holdBack(relativePath, troubleInWords(trouble), monotonic);
      return [];
    });
    await this.#absorb(report, client);
    if (report.root.state === 'away') return;
    const { jobs, held } = await handOn(ready, this.#folder, this.#around.sink);
    for (const { relativePath, reason } of held) {
      this.#settling.holdBack(relativePath, { reason, isUnreadable: false }, monotonic);
    }
    await this.#commit(jobs);
  }

  async #commit(jobs: HandedOn['jobs']): Promise<void> {
    if (jobs.length === 0 || this.#client === null) return;
    const { monotonic } = this.#moment();
    for (const { relativePath } of jobs) this.#settling.settled(relativePath, monotonic);
    this.#health.setCounts(await this.#client.call('commit', this.#folder.id, jobs));
  }

  async #readForSending(relativePath: string): Promise<WatchFile> {
    const client = this.#client;
    const facts = { facts: { path: relativePath } };
    if (client === null || this.#root.state !== 'there') {
      throw new UploadError('file-missing', 'The watch folder is offline.', facts);
    }
    for (let tries = 1; ; tries++) {
      const report = await client.call('check', this.#folder.id, this.#moment(), [relativePath]);
      await this.#absorb(report, client);
      const file = await client.call('row', this.#folder.id, relativePath);
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

  // One thing after another.

  #run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(task);
    this.#queue = result.catch(() => {});
    return result;
  }

  /** What somebody waits for; where it fails, they learn it and the folder is opened anew. */
  #attempt<T>(task: () => Promise<T>): Promise<T> {
    return this.#run(task).catch((error: unknown) => {
      this.#fail(error);
      throw error;
    });
  }

  /** What nobody waits for; where it fails, the folder is opened anew. */
  async #inBackground(task: () => Promise<void>): Promise<void> {
    await this.#run(async () => {
      if (!this.#isClosed) await task();
    }).catch((error: unknown) => this.#fail(error));
  }

  /** All that is known is read from the journal again, after a while. */
  #fail(error: unknown): void {
    if (this.#isClosed) return;
    this.#isBroken = true;
    const detail = error instanceof Error ? error.message : String(error);
    this.#health.setScanning(false);
    this.#health.setFailure(`Looking at the folder failed; Hoist tries again. (${detail})`);
    this.#timers.clearAll();
    this.#timers.set('retry', Math.min(60_000, 1000 * 2 ** this.#failures++), () => {
      this.#inBackground(() => this.#open());
    });
  }

  #wakeCalm(): void {
    const waiting = this.#calm;
    this.#calm = [];
    for (const wake of waiting) wake();
  }

  #moment(): Moment {
    return { now: this.#around.clock.now(), monotonic: this.#around.clock.monotonic() };
  }
}
