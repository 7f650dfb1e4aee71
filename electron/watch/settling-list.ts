import type { WatchFile } from '#ports/journal.ts';
import type { Moment } from './protocol.ts';
import {
  beginSettling,
  dueAt,
  holdBack,
  isRelapse,
  readAnew,
  type SettlingFile,
  waitFor,
} from './settling.ts';

/** After this nobody asks any more how a file behaved when it was handed on. */
const rememberSettledMs = 10 * 60_000;

/** The files of one folder that are being written, and when to read each of them again. */
export class SettlingList {
  readonly #files = new Map<string, SettlingFile>();
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
    return this.#files.size === 0 || this.values().every((settling) => settling.isUnreadable);
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
      this.#files.set(path, readAnew(old, file, before, at.monotonic));
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
    this.#files.set(path, beginSettling(file, before, at, waitMs));
  }

  delete(path: string): void {
    this.#files.delete(path);
  }

  holdBack(path: string, trouble: Parameters<typeof holdBack>[1], monotonic: number): void {
    const settling = this.#files.get(path);
    if (settling !== undefined) this.#files.set(path, holdBack(settling, trouble, monotonic));
  }

  /** The file was handed on. */
  settled(path: string, monotonic: number): void {
    this.#files.delete(path);
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
    for (const [path, settling] of this.#files) {
      this.#files.set(path, readAnew(settling, settling.file, settling.before, monotonic));
    }
  }

  clear(): void {
    this.#files.clear();
  }

  due(monotonic: number): string[] {
    const paths: string[] = [];
    for (const [path, settling] of this.#files) if (dueAt(settling) <= monotonic) paths.push(path);
    return paths;
  }

  nextDueAt(): number | null {
    let next: number | null = null;
    for (const settling of this.#files.values()) {
      const at = dueAt(settling);
      if (next === null || at < next) next = at;
    }
    return next;
  }
}
