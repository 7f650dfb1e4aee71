import type { CopiedLink } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import { type CompletedRecord, completedRecord } from '../records.ts';

/** Gets the links of completed jobs, some at a time, and prints each once. */
export interface LinkPrinter {
  completed(job: UploadJob): void;
  /** It ended without a link: nobody waits for it any more. */
  ended(id: JobId): void;
  /** Resolves when all links of completed jobs are printed; those that waited for their turn get it now. */
  flush(): Promise<void>;
}

export interface LinkPrinterOptions {
  /** The link in the format that was asked for; null where none was. */
  readonly copy: (job: UploadJob) => Promise<CopiedLink | null>;
  readonly print: (record: CompletedRecord) => void;
}

/** A service may have to be asked for each link (Runflow's live for minutes), so not all at once. */
const atOnce = 4;

/**
 * Prints in the order of `order` (jobs that are not in it come as they are ready): a link alone does not say whose it
 * is, so its place must.
 */
export function createLinkPrinter(options: LinkPrinterOptions): LinkPrinter & {
  setOrder(order: readonly JobId[]): void;
} {
  let order: readonly JobId[] = [];
  let ordered = new Set<JobId>();
  let next = 0;
  /** Null: it has none to print. */
  const ready = new Map<JobId, CompletedRecord | null>();
  const queue: UploadJob[] = [];
  const running = new Set<Promise<void>>();

  function settle(id: JobId, record: CompletedRecord | null): void {
    if (!ordered.has(id)) {
      if (record !== null) options.print(record);
      return;
    }
    ready.set(id, record);
    while (next < order.length) {
      const turn = order[next] ?? -1;
      const record = ready.get(turn);
      if (record === undefined) return;
      next += 1;
      // From now on it has no place to wait for: a later end of the same job is printed at once.
      ordered.delete(turn);
      ready.delete(turn);
      if (record !== null) options.print(record);
    }
  }

  function pump(): void {
    while (running.size < atOnce) {
      const job = queue.shift();
      if (job === undefined) return;
      const fetching = fetch(job).then(() => {
        running.delete(fetching);
        pump();
      });
      running.add(fetching);
    }
  }

  /** Where the engine or the service cannot be asked, the link that is stored still names the asset. */
  async function fetch(job: UploadJob): Promise<void> {
    const copied = await options.copy(job).catch(() => null);
    settle(job.id, completedRecord(job, copied?.formatted ?? null));
  }

  return {
    setOrder(ids) {
      order = [...new Set(ids)];
      ordered = new Set(order);
      next = 0;
    },
    completed(job) {
      queue.push(job);
      pump();
    },
    ended: (id) => settle(id, null),
    async flush() {
      while (running.size > 0) await Promise.all(running);
      for (const id of order.slice(next)) settle(id, ready.get(id) ?? null);
    },
  };
}
