import type { WatchFile } from '#ports/journal.ts';
import { applyFindings } from './apply-findings.ts';
import type { FolderContext } from './folder-state.ts';
import type { HintFeed } from './hint-feed.ts';
import { type Finding, type LookReport, rootRowPath, type WalkCalls } from './protocol.ts';
import { readAhead } from './read-ahead.ts';
import { scanIntervalMs } from './scan-interval.ts';
import type { SettleLoop } from './settle-loop.ts';
import type { WorkerClient } from './worker-client.ts';

const findingsPage = 500;
/** Hints come in crowds; what is looked at waits for more of them. */
const lookSpacingMs = 100;
/** And a look that took long for so many times as long: looks must not take all the time there is. */
const restPerLook = 4;
const longestRestMs = 5000;
/** Directories that just came are walked once more, when the events of what they hold had time to be set up. */
const followUpMs = 2000;
const departedLookMs = 10_500;

/** What a scan may cause in the life of the folder. */
export interface ScanEffects {
  /** Opens the folder, or opens it anew. */
  open(): Promise<void>;
  goOffline(reason: string): Promise<void>;
  /** A walk went well: what failed before is forgotten. */
  walked(): void;
}

/** Walks and looks at one folder: when, and taking in what they find. */
export class FolderScans {
  readonly #context: FolderContext;
  readonly #hints: HintFeed;
  readonly #settle: SettleLoop;
  readonly #effects: ScanEffects;
  #isWalkWanted = false;
  #isLookWanted = false;
  #nextLookAt = Number.NEGATIVE_INFINITY;

  constructor(context: FolderContext, hints: HintFeed, settle: SettleLoop, effects: ScanEffects) {
    this.#context = context;
    this.#hints = hints;
    this.#settle = settle;
    this.#effects = effects;
  }

  /** Walks the folder as soon as what runs is done; or looks whether it is back. */
  reconcileSoon(): void {
    const { state, line } = this.#context;
    if (state.isClosed || this.#isWalkWanted) return;
    this.#isWalkWanted = true;
    line.inBackground(async () => {
      this.#isWalkWanted = false;
      if (state.root.state !== 'there') await this.#effects.open();
      else if (!state.folder.isPaused) await this.reconcile(false);
    });
  }

  /** Walks now; part of a task. Answers how many findings there were. */
  async reconcile(isShown: boolean): Promise<number> {
    const { state, health } = this.#context;
    if (state.isBroken) await this.#effects.open();
    const { client } = state;
    if (client === null || state.root.state !== 'there') return 0;
    if (isShown || health.lastScanAt === null) health.setScanning(true);
    const { takesBaseline } = state;
    const begun = this.#context.around.clock.monotonic();
    const hints = await this.#hints.take();
    const walk = client.call('walk', state.id, state.moment(), hints, takesBaseline);
    const taken = await this.#takeInMeanwhile(walk, client);
    const report = await walk;
    await this.absorb(report, client);
    const findings = taken + report.findings;
    health.setScanning(false);
    if (report.root.state === 'away') return findings;
    await this.#rememberRoot(report.root.inode);
    health.walked(report);
    health.setFailure(null);
    this.#effects.walked();
    if (report.hints === 'burst') this.#followUp(this.#restAfter(begun));
    if (!state.folder.isPaused) this.#scheduleScan();
    return findings;
  }

  /** Events told that something happened. */
  hear(): void {
    const { around, health, timers } = this.#context;
    health.heard();
    if (timers.has('look')) return;
    const delayMs = this.#nextLookAt - around.clock.monotonic();
    if (delayMs <= 0) this.#lookSoon();
    else timers.set('look', delayMs, () => this.#lookSoon());
  }

  /** Takes in what the worker found. */
  async absorb(report: LookReport, client: WorkerClient<WalkCalls>): Promise<void> {
    const { state, health, timers } = this.#context;
    health.looked(report);
    let left = report.findings;
    const take = () => {
      if (left <= 0) return null;
      left -= findingsPage;
      return client.call('take', state.id, findingsPage);
    };
    await readAhead(take, (findings) => this.#apply(findings));
    if (report.departed > 0 && !timers.has('departed')) {
      timers.set('departed', departedLookMs, () => this.#lookSoon());
    }
    this.#settle.schedule();
    if (report.root.state === 'away') await this.#effects.goOffline(report.root.reason);
    else if (state.rootInode !== null && report.root.inode !== state.rootInode) this.reconcileSoon();
  }

  /** Takes in what a walk finds while it goes on; answers how many findings that were. */
  async #takeInMeanwhile(walk: Promise<LookReport>, client: WorkerClient<WalkCalls>): Promise<number> {
    const { state } = this.#context;
    // Should this fail, nobody waits for the walk any more.
    walk.catch(() => {});
    let taken = 0;
    let isOver = false;
    const take = () => (isOver ? null : client.call('takeOfWalk', state.id, findingsPage));
    await readAhead(take, (findings) => {
      taken += findings.length;
      isOver = findings.length < findingsPage;
      return this.#apply(findings);
    });
    return taken;
  }

  async #apply(findings: readonly Finding[]): Promise<true> {
    const { around, state } = this.#context;
    await applyFindings(findings, {
      folder: state.folder,
      sink: around.sink,
      settling: this.#settle.files,
      at: state.moment(),
      isNetwork: state.isNetwork,
    });
    return true;
  }

  #lookSoon(): void {
    if (this.#isLookWanted) return;
    this.#isLookWanted = true;
    const { around, state, line } = this.#context;
    line.inBackground(async () => {
      this.#isLookWanted = false;
      const { client } = state;
      if (client === null || !state.isAtWork) return;
      const begun = around.clock.monotonic();
      this.#nextLookAt = begun + lookSpacingMs;
      const report = await client.call('look', state.id, state.moment(), await this.#hints.take());
      await this.absorb(report, client);
      if (report.hints === 'burst') await this.reconcile(false);
      const restMs = this.#restAfter(begun);
      this.#nextLookAt = Math.max(this.#nextLookAt, around.clock.monotonic() + restMs);
      if (report.hints !== 'paths') this.#followUp(restMs);
    });
  }

  /** Records which folder this is; another one under the same path is watched anew. */
  async #rememberRoot(inode: string): Promise<void> {
    const { around, state } = this.#context;
    if (inode === state.rootInode) return;
    const wasKnown = state.rootInode !== null;
    const row: WatchFile = {
      folderId: state.id,
      relativePath: rootRowPath,
      sizeBytes: 0,
      mtimeNs: '0',
      inode,
      fileClass: 'ignored',
      rule: 'the folder itself',
      jobId: null,
      seenAt: around.clock.now(),
    };
    await around.sink.record([row], []);
    state.rootInode = inode;
    if (wasKnown && !state.folder.isPaused) this.#hints.start();
  }

  /** How long other work comes first after one that began then. */
  #restAfter(begun: number): number {
    const tookMs = this.#context.around.clock.monotonic() - begun;
    return Math.min(restPerLook * tookMs, longestRestMs);
  }

  #followUp(restMs: number): void {
    const { timers } = this.#context;
    if (timers.has('followUp')) return;
    timers.set('followUp', Math.max(followUpMs, restMs), () => this.reconcileSoon());
  }

  #scheduleScan(): void {
    const { around, health, timers } = this.#context;
    const pace = health.isDegraded ? 'degraded' : 'normal';
    timers.set('scan', scanIntervalMs(health.files, pace, around.random()), () => {
      this.#hints.retryAfterTrouble();
      this.reconcileSoon();
    });
  }
}
