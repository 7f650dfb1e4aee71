/** Once a day: what is past its time goes, the database is copied. Also soon after the start, when that is overdue. */

import type { Clock } from '#ports/clock.ts';
import type { Journal } from '#ports/journal.ts';
import type { EngineNotice } from '#shared/ipc.ts';
import type { Settings } from '#shared/settings.ts';

const firstAfterMs = 60_000;
const everyMs = 24 * 3_600_000;

/** Returns its undo, which waits for a round that is under way. */
export function keepMaintained(options: {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly notify: (text: string, level: EngineNotice['level']) => void;
}): () => Promise<void> {
  const { journal, clock } = options;
  let isStopped = false;
  let round: Promise<void> = Promise.resolve();
  let cancel = clock.setTimer(firstAfterMs, run);

  function run(): void {
    round = maintain().finally(() => {
      if (!isStopped) cancel = clock.setTimer(everyMs, run);
    });
  }

  async function maintain(): Promise<void> {
    const { retention } = options.settings();
    try {
      await journal.maintain({
        completedBefore: clock.now() - retention.completedMs,
        timelineBefore: clock.now() - retention.timelineMs,
        copies: retention.databaseCopies,
      });
    } catch {
      options.notify('The daily copy of the queue could not be made. Hoist tries again tomorrow.', 'warning');
    }
  }

  return async () => {
    isStopped = true;
    cancel();
    await round;
  };
}
