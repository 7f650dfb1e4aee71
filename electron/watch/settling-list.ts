import type { WatchFile } from '#ports/journal.ts';
import type { Moment } from './protocol.ts';
import {
  beginSettling,
  dueAt,
  holdBack,
  isHopeless,
  isRelapse,
  readAnew,
  type SettlingFile,
  waitFor,
} from './settling.ts';

/** After this nobody asks any more how a file behaved when it was handed on. */
const rememberSettledMs = 10 * 60_000;

/** Files that are due within the same stretch are read together. */
const stretchMs = 50;

/** The files of one folder that are being written, and when to read each of them again. */
export class SettlingList {
  readonly #files = new Map<string, SettlingFile>();
  /** Paths by the stretch of time in which they are due: a hundred thousand files have a handful of those. */
  readonly #byStretch = new Map<number, Set<string>>();
  #hopeless = 0;
  /** When files were handed on lately, and how often in a row that was too early. */
  readonly #settled = new Map<string, { readonly at: number; readonly relapses: number }>();

  get size(): number {
    return this.#files.size;
  }

  get(path: string): SettlingFile | undefined {
    return this.#files.get(path);
  }

  values(): IteratorObject<SettlingFile> {
    return this.#files.values();
  }

  /** Nothing settles, but for files that waiting does not help. */
  isCalm(): boolean {
    return this.#files.size === this.#hopeless;
  }

  /** A version of the file was read for the first time. */
  read(
    file: WatchFile,
    before: WatchFile | null,
    at: Moment,
    wait: { readonly settleMs: number; readonly isNetwork: boolean },
  ): void {
    const path = file.relativePath;
    const old = this.#files.get(path);
    if (old !== undefined) {
      this.#set(path, readAnew(old, file, before, at.monotonic));
      return;
    }
    const last = this.#settled.get(path);
    let relapses = 0;
    if (last !== undefined) {
      const waitMs = waitFor(wait.settleMs, wait.isNetwork, last.relapses);
      if (isRelapse(last.at, at.monotonic, waitMs)) relapses = last.relapses + 1;
      this.#settled.set(path, { at: last.at, relapses });
    }
    const waitMs = waitFor(wait.settleMs, wait.isNetwork, relapses);
    this.#set(path, beginSettling(file, before, at, waitMs));
  }

  delete(path: string): void {
    const settling = this.#files.get(path);
    if (settling === undefined) return;
    this.#files.delete(path);
    if (isHopeless(settling)) this.#hopeless--;
    const stretch = stretchOf(settling);
    const paths = this.#byStretch.get(stretch);
    paths?.delete(path);
    if (paths?.size === 0) this.#byStretch.delete(stretch);
  }

  holdBack(path: string, trouble: Parameters<typeof holdBack>[1], monotonic: number): void {
    const settling = this.#files.get(path);
    if (settling !== undefined) this.#set(path, holdBack(settling, trouble, monotonic));
  }

  /** The file was handed on. */
  settled(path: string, monotonic: number): void {
    this.delete(path);
    const relapses = this.#settled.get(path)?.relapses ?? 0;
    // Written again, so that the oldest stay in front.
    this.#settled.delete(path);
    this.#settled.set(path, { at: monotonic, relapses });
    for (const [old, { at }] of this.#settled) {
      if (monotonic - at < rememberSettledMs) break;
      this.#settled.delete(old);
    }
  }

  /** All waits begin anew: nothing was read for a while. */
  restart(monotonic: number): void {
    for (const [path, settling] of [...this.#files]) {
      this.#set(path, readAnew(settling, settling.file, settling.before, monotonic));
    }
  }

  clear(): void {
    this.#files.clear();
    this.#byStretch.clear();
    this.#hopeless = 0;
  }

  isDue(path: string, monotonic: number): boolean {
    const settling = this.#files.get(path);
    return settling !== undefined && dueAt(settling) <= monotonic;
  }

  due(monotonic: number): string[] {
    const due: string[] = [];
    for (const [stretch, paths] of this.#byStretch) {
      if (stretch * stretchMs > monotonic) continue;
      for (const path of paths) if (this.isDue(path, monotonic)) due.push(path);
    }
    return due;
  }

  /** The end of the first stretch in which something is due. */
  nextDueAt(): number | null {
    let first: number | null = null;
    for (const stretch of this.#byStretch.keys()) if (first === null || stretch < first) first = stretch;
    return first === null ? null : (first + 1) * stretchMs;
  }

  #set(path: string, settling: SettlingFile): void {
    this.delete(path);
    this.#files.set(path, settling);
    if (isHopeless(settling)) this.#hopeless++;
    const stretch = stretchOf(settling);
    const paths = this.#byStretch.get(stretch);
    if (paths === undefined) this.#byStretch.set(stretch, new Set([path]));
    else paths.add(path);
  }
}

function stretchOf(settling: SettlingFile): number {
  return Math.floor(dueAt(settling) / stretchMs);
}
