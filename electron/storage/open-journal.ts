/** Opens a directory's journal: three threads, and the functions that the queue calls. */
import { Worker } from 'node:worker_threads';
import type { Clock } from '#ports/clock.ts';
import type { Journal, OpenReport, Sealer } from '#ports/journal.ts';
import type { UploadError } from '#ports/upload-error.ts';
import { condemnDamaged } from './database-files.ts';
import type { JournalFaults } from './faults.ts';
import { createJobRows, type JobRows } from './job-row.ts';
import type { ReaderOptions } from './journal-reader-worker.ts';
import { createReads } from './journal-reads.ts';
import type { WriterOptions } from './journal-writer-worker.ts';
import { createWrites } from './journal-writes.ts';
import { createKeeper } from './keeper.ts';
import { copyAtEnd, inBites, maintain } from './maintenance.ts';
import { describeError, type StorageFailure, toUploadError } from './sqlite-error.ts';
import type { ListCalls, LookupCalls, WriteCalls } from './wire.ts';
import { WorkerLink } from './worker-link.ts';

export interface JournalOptions {
  /** Absolute; made where it is missing. Its lock (`lockDirectory`) is the caller's business. */
  readonly directory: string;
  readonly clock: Clock;
  /** Awaited beside the start of the threads. Where it rejects, so does the opening, with the same. */
  readonly sealer: Sealer | Promise<Sealer>;
  /** For tests only. */
  readonly faults?: JournalFaults;
}

export interface OpenedJournal extends Journal {
  /**
   * A sentence once the database turns out damaged while it is in use (the check after an unclean stop runs beside the
   * start, and any read or write may meet damage). From then on all writes are refused with `queue-damaged`, as they
   * would go aside with it: the next open moves it aside and restores the last copy. Null when the journal closed and no
   * damage was seen. Never rejects.
   */
  readonly damaged: Promise<string | null>;
  /**
   * Before it is closed for good: makes a copy of the queue where the last one is old, and keeps so many. Takes a second or
   * two at most. Never rejects: the next session tries again.
   */
  copyAtEnd(copies: number): Promise<void>;
}

const threadUrl = (name: 'writer' | 'reader') =>
  new URL(
    import.meta.url.endsWith('.ts') ? `./journal-${name}-worker.ts` : `./journal-${name}-worker.js`,
    import.meta.url,
  );

/**
 * Rejects with UploadError: `disk-full`, or `data-dir-unusable` where the directory cannot be read or written. A database that is
 * damaged or from a newer version is no error: see the report.
 */
export async function openJournal(options: JournalOptions): Promise<OpenedJournal> {
  const { directory, clock, faults = {} } = options;
  const damaged = Promise.withResolvers<string | null>();
  let met: UploadError | null = null;
  const damage = () => met;
  const onFailure = (failure: StorageFailure) => {
    if (!failure.isDamage) return;
    met ??= toUploadError(failure);
    damaged.resolve(failure.message);
  };

  const writer = new WorkerLink<WriteCalls, OpenReport>({
    clock,
    onFailure,
    damage,
    stopsAtDamage: true,
    start: (isReopening) => {
      const workerData: WriterOptions = {
        directory,
        now: clock.now(),
        isReopening,
        faults: isReopening ? {} : faults,
      };
      return new Worker(threadUrl('writer'), { workerData });
    },
  });
  const startReader = (role: ReaderOptions['role']) => () =>
    new Worker(threadUrl('reader'), { workerData: { directory, role } satisfies ReaderOptions });
  const lookup = new WorkerLink<LookupCalls, null>({
    clock,
    onFailure,
    damage,
    start: startReader('lookup'),
  });
  const list = new WorkerLink<ListCalls, null>({ clock, onFailure, damage, start: startReader('list') });
  const keeper = createKeeper(directory, onFailure);

  const [sealer, opened] = await Promise.all([
    options.sealer,
    writer.open(),
    // Started beside the writer, to be warm when the first question comes; it opens the file only then.
    lookup.open(),
  ]).catch(async (error) => {
    await Promise.all([writer.close(), lookup.close()]);
    throw error;
  });
  // Beside the start, not before it. What it finds is told by `damaged`; that it was ended is no news.
  if (opened.openedAs === 'unclean') keeper.run({ kind: 'check' }).catch(() => {});

  const coded = createJobRows(sealer);
  const rows: JobRows = {
    ...coded,
    decode(row) {
      try {
        return coded.decode(row);
      } catch (error) {
        const failure = describeError(error, directory);
        if (failure.isDamage) condemnDamaged(directory, failure.message, clock.now());
        onFailure(failure);
        throw toUploadError(failure);
      }
    },
  };

  async function close(): Promise<void> {
    await keeper.stop();
    await Promise.all([lookup.close(), list.close()]);
    await writer.close();
    damaged.resolve(null);
  }

  return {
    opened,
    damaged: damaged.promise,
    ...createWrites({ writer, rows, clock }),
    ...createReads({ lookup, list, rows }),
    async forgetFolder(folderId) {
      await inBites((limit) => writer.call('forgetFolder', folderId, limit));
    },
    maintain: (limits) =>
      maintain(
        {
          directory,
          now: clock.now(),
          removeCompleted: (before, limit) => writer.call('removeCompleted', before, limit),
          trimTimelines: (before, limit) => writer.call('trimTimelines', before, limit),
          copy: (to) => keeper.run({ kind: 'copy', to }),
          checkpoint: () => writer.checkpoint(),
        },
        limits,
      ),
    async copyAtEnd(copies) {
      if (met !== null) return;
      const copy = (to: string, unlessLike: string | null) => keeper.run({ kind: 'copy', to, unlessLike });
      await copyAtEnd({ directory, now: clock.now(), copy }, copies).catch(() => {});
    },
    close,
  };
}
