import type { HintBatch } from './protocol.ts';

/** Events need a moment to arrive; a file that a walk found first was not missed yet. */
const graceMs = 1000;

/** Tells files that only the walk found from those whose event was just late. Times are monotonic. */
export class MissedEvents {
  #suspects = new Map<string, number>();
  #liveSince: number | null = null;

  /** What events told by `at`: nothing of that is missing. Where the watching is off, nothing is missed. */
  hear(hints: HintBatch, at: number): void {
    if (!hints.isOn) {
      this.#liveSince = null;
      this.#suspects.clear();
      return;
    }
    this.#liveSince ??= at;
    if (hints.isBurst) this.#suspects.clear();
    for (const path of hints.paths) this.#suspects.delete(path);
    if (hints.directories.length === 0) return;
    for (const path of this.#suspects.keys()) {
      if (hints.directories.some((directory) => path.startsWith(`${directory}/`)))
        this.#suspects.delete(path);
    }
  }

  /** A walk that began at `walkedAt` found new content that no event had named. */
  found(path: string, walkedAt: number): void {
    if (this.#liveSince !== null && walkedAt - this.#liveSince > graceMs) this.#suspects.set(path, walkedAt);
  }

  /** How many were missed for good, each counted once. */
  count(at: number): number {
    let missed = 0;
    for (const [path, since] of this.#suspects) {
      if (at - since <= graceMs) continue;
      this.#suspects.delete(path);
      missed++;
    }
    return missed;
  }
}
