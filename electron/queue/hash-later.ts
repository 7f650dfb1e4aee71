/** Jobs that completed without a full pass of their bytes in this process get their SHA-256 afterwards, one at a time. */
import { UploadError } from '#ports/upload-error.ts';
import type { JobId } from '#shared/job.ts';
import type { QueueOptions } from './options.ts';

const batch = 50;

export interface HashLater {
  /** There may be a completed job without a hash. */
  wake(): void;
  stop(): Promise<void>;
}

export function createHashLater(options: QueueOptions, surprise: (error: unknown) => void): HashLater {
  const { journal } = options;
  const abort = new AbortController();
  /** Files that are gone or changed keep no hash; they are not read again in this process. */
  const passed = new Set<JobId>();
  let running: Promise<void> | null = null;
  let mustGoOn = false;

  async function hashAll(): Promise<void> {
    while (mustGoOn && !abort.signal.aborted) {
      mustGoOn = false;
      const jobs = (await journal.unhashed(batch + passed.size)).filter((job) => !passed.has(job.id));
      for (const job of jobs) {
        passed.add(job.id);
        const hashed = await options.hashFile(job.path, job.file, abort.signal).catch(() => null);
        if (abort.signal.aborted) return;
        if (hashed === null || !('sha256' in hashed)) continue;
        await journal.setSha256(job.id, hashed.sha256);
        passed.delete(job.id);
        options.onChange([job.id]);
      }
      if (jobs.length > 0) mustGoOn = true;
    }
  }

  function goOn(): void {
    if (!mustGoOn || running !== null || abort.signal.aborted) return;
    running = hashAll()
      .catch((error: unknown) => {
        mustGoOn = false;
        // A full disk is told of elsewhere; the next job that completes, or the next start, looks here again.
        if (!(error instanceof UploadError) || error.code !== 'disk-full') surprise(error);
      })
      .finally(() => {
        running = null;
        goOn();
      });
  }

  return {
    wake() {
      mustGoOn = true;
      goOn();
    },
    async stop() {
      abort.abort(new Error('The queue is closing.'));
      await running;
    },
  };
}
