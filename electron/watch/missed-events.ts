/** Events need a moment to arrive; a file that a walk found first was not missed yet. */
const graceMs = 1000;

/** Tells files that only the walk found from those whose event was just late. Times are monotonic. */
export class MissedEvents {
  #suspects = new Map<string, number>();
  #liveSince: number | null = null;

  /** Events are expected from now on. */
  begin(at: number): void {
    this.#liveSince = at;
  }

  /** None are: what is found now was not missed. */
  end(): void {
    this.#liveSince = null;
    this.#suspects.clear();
  }

  /** An event named this path: nothing is missing. */
  told(path: string): void {
    this.#suspects.delete(path);
  }

  /** Too much happened to be named one by one. */
  toldAll(): void {
    this.#suspects.clear();
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
