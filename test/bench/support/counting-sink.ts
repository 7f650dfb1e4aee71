/** The far side of a watcher that writes nothing: counts rows and offers, and knows when all have come. */
import type { WatchFile } from '#ports/journal.ts';
import type { WatchSink } from '#ports/watcher.ts';

export interface CountingSink {
  readonly sink: WatchSink;
  /** Resolves when so many files were offered. */
  offered(count: number): Promise<void>;
  rows(): number;
}

export function countingSink(): CountingSink {
  let rows = 0;
  let jobs = 0;
  let wake = () => {};
  const sink: WatchSink = {
    known: async () => [],
    record: async (put: readonly WatchFile[]) => {
      rows += put.length;
    },
    settled: async (_, offered) => {
      const ids = offered.map((__, index) => jobs + index + 1);
      jobs += offered.length;
      wake();
      return ids;
    },
    changed: async () => null,
    moved: async () => {},
    healthChanged: () => {},
  };
  return {
    sink,
    rows: () => rows,
    offered(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = () => {
        if (jobs >= count) resolve();
      };
      wake();
      return promise;
    },
  };
}
