/** Starts the thread for one long piece of work, and ends it early where the journal closes first. */
import { Worker } from 'node:worker_threads';
import { UploadError } from '#ports/upload-error.ts';
import type { KeeperOptions, KeeperReport } from './journal-keeper-worker.ts';
import { type StorageFailure, toUploadError } from './sqlite-error.ts';

export interface Keeper {
  /** Rejects with UploadError; `internal` also where it was ended early. */
  run(work: KeeperOptions['work']): Promise<void>;
  /** Ends what runs; resolves when nothing does. */
  stop(): Promise<void>;
}

const url = new URL(
  import.meta.url.endsWith('.ts') ? './journal-keeper-worker.ts' : './journal-keeper-worker.js',
  import.meta.url,
);

export function createKeeper(directory: string, onFailure: (failure: StorageFailure) => void): Keeper {
  const workers = new Map<Worker, Promise<void>>();

  function run(work: KeeperOptions['work']): Promise<void> {
    const worker = new Worker(url, { workerData: { directory, work } satisfies KeeperOptions });
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    worker.unref();
    worker.on('message', (report: KeeperReport) => {
      if (report.kind === 'done') return resolve();
      onFailure(report.failure);
      reject(toUploadError(report.failure));
    });
    worker.on('error', (error) => reject(new UploadError('internal', messageOf(error))));
    const ended = new Promise<void>((end) => {
      worker.on('exit', () => {
        workers.delete(worker);
        reject(new UploadError('internal', 'The work on the database was ended.'));
        end();
      });
    });
    workers.set(worker, ended);
    return promise;
  }

  return {
    run,
    async stop() {
      await Promise.all(
        [...workers].map(async ([worker, ended]) => {
          await worker.terminate();
          await ended;
        }),
      );
    },
  };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
