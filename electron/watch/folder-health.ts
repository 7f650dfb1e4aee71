import type { Clock } from '#ports/clock.ts';
import type { WatchFolderHealth } from '#shared/watch-folder.ts';
import { type Degradation, degradationByMissed } from './degradation.ts';
import type { FileCounts, LookReport } from './protocol.ts';

/** Reported at most four times a second. */
const spacingMs = 250;
/** So many walks in a row that found only what events had told restore the trust in them. */
const cleanWalks = 10;

type Condition =
  | { readonly name: 'open' }
  | { readonly name: 'paused' }
  | { readonly name: 'offline'; readonly reason: string };

/** The state and the numbers of one folder, as people see them. */
export class FolderHealth {
  readonly #folderId: string;
  readonly #clock: Clock;
  readonly #report: (health: WatchFolderHealth) => void;
  #condition: Condition = { name: 'open' };
  #isScanning = false;
  #drive: Degradation | null = null;
  #trouble: Degradation | null = null;
  #failure: string | null = null;
  #unread: LookReport['unread'] = { count: 0, example: null };
  #missed = 0;
  #walksSinceMissed = cleanWalks;
  #lastEventAt: number | null = null;
  #lastScanAt: number | null = null;
  #counts: FileCounts = { baseline: 0, ignored: 0, settling: 0, job: 0 };
  #reportedAt = Number.NEGATIVE_INFINITY;
  #undo: (() => void) | null = null;

  constructor(folderId: string, clock: Clock, report: (health: WatchFolderHealth) => void) {
    this.#folderId = folderId;
    this.#clock = clock;
    this.#report = report;
  }

  get isDegraded(): boolean {
    return this.#degradation !== null;
  }

  get hasTrouble(): boolean {
    return this.#trouble !== null;
  }

  get files(): number {
    const { baseline, ignored, settling, job } = this.#counts;
    return baseline + ignored + settling + job;
  }

  get lastScanAt(): number | null {
    return this.#lastScanAt;
  }

  current(): WatchFolderHealth {
    const { baseline, ignored, settling, job } = this.#counts;
    return {
      folderId: this.#folderId,
      ...this.#state(),
      lastEventAt: this.#lastEventAt,
      lastScanAt: this.#lastScanAt,
      missedEvents: this.#missed,
      unreadFolders: this.#unread.count,
      seen: baseline + ignored + settling + job,
      baseline,
      ignored,
      settling,
      jobs: job,
    };
  }

  setCondition(condition: Condition): void {
    this.#condition = condition;
    this.#changed();
  }

  setScanning(isScanning: boolean): void {
    if (this.#isScanning === isScanning) return;
    this.#isScanning = isScanning;
    this.#changed();
  }

  setDrive(drive: Degradation | null): void {
    this.#drive = drive;
    this.#changed();
  }

  setTrouble(trouble: Degradation | null): void {
    this.#trouble = trouble;
    this.#changed();
  }

  /** Something of ours broke; it is tried again. */
  setFailure(reason: string | null): void {
    if (this.#failure === reason) return;
    this.#failure = reason;
    this.#changed();
  }

  setCounts(counts: FileCounts): void {
    this.#counts = counts;
    this.#changed();
  }

  heard(): void {
    this.#lastEventAt = this.#clock.now();
    this.#changed();
  }

  looked(report: LookReport): void {
    this.#missed += report.missed;
    if (report.missed > 0) this.#walksSinceMissed = 0;
    this.setCounts(report.counts);
  }

  walked(report: LookReport): void {
    this.#lastScanAt = this.#clock.now();
    this.#unread = report.unread;
    this.#walksSinceMissed++;
    this.#changed();
  }

  close(): void {
    this.#undo?.();
    this.#undo = null;
  }

  get #degradation(): Degradation | null {
    if (this.#trouble !== null) return this.#trouble;
    if (this.#drive !== null) return this.#drive;
    return this.#walksSinceMissed < cleanWalks ? degradationByMissed(this.#missed) : null;
  }

  #state(): Pick<WatchFolderHealth, 'state' | 'reason'> {
    if (this.#condition.name === 'paused') return { state: 'paused', reason: null };
    if (this.#condition.name === 'offline') return { state: 'offline', reason: this.#condition.reason };
    if (this.#failure !== null) return { state: 'unreliable', reason: this.#failure };
    if (this.#isScanning) return { state: 'scanning', reason: null };
    const unread = this.#unreadInWords();
    const degradation = this.#degradation;
    if (degradation === null) return { state: 'watching', reason: unread };
    // A folder that cannot be read often cannot be watched either; what is missing comes before how it is found.
    const reason = unread === null ? degradation.reason : `${unread} ${degradation.reason}`;
    return { ...degradation, reason };
  }

  #unreadInWords(): string | null {
    const { count, example } = this.#unread;
    if (count === 0) return null;
    return count === 1
      ? `The folder ${example} cannot be read; what it holds is not known.`
      : `${count} folders cannot be read (${example}, for one); what they hold is not known.`;
  }

  #changed(): void {
    if (this.#undo !== null) return;
    const delayMs = this.#reportedAt + spacingMs - this.#clock.monotonic();
    if (delayMs <= 0) {
      this.#tell();
      return;
    }
    this.#undo = this.#clock.setTimer(delayMs, () => {
      this.#undo = null;
      this.#tell();
    });
  }

  #tell(): void {
    this.#reportedAt = this.#clock.monotonic();
    this.#report(this.current());
  }
}
