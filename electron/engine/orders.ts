/** What a file becomes when it is queued. */
import { basename } from 'node:path';
import mime from 'mime';
import type { NewJob } from '#ports/journal.ts';
import type { JobOrder } from '#ports/stored-job.ts';
import type { FileVersion } from '#ports/transfer.ts';

export interface OrderFacts {
  readonly destinationId: string;
  readonly path: string;
  readonly file: FileVersion;
  readonly edge?: string | null;
  readonly groupId?: string | null;
  readonly watchFolderId?: string | null;
  readonly batchId?: string | null;
  readonly isForced?: boolean;
  readonly now: number;
}

/** Manual goes before watched. */
const manualRank = 0;
const watchedRank = 1;

export function mimeTypeOf(path: string): string {
  return mime.getType(path) ?? 'application/octet-stream';
}

export function newJob(facts: OrderFacts): NewJob {
  const watchFolderId = facts.watchFolderId ?? null;
  const order: JobOrder = {
    destinationId: facts.destinationId,
    path: facts.path,
    name: basename(facts.path),
    mimeType: mimeTypeOf(facts.path),
    file: facts.file,
    edge: facts.edge ?? null,
    groupId: facts.groupId ?? null,
    origin: watchFolderId === null ? 'manual' : 'watched',
    watchFolderId,
    batchId: facts.batchId ?? null,
  };
  return {
    order,
    rank: watchFolderId === null ? manualRank : watchedRank,
    isForced: facts.isForced ?? false,
    entries: [{ at: facts.now, kind: watchFolderId === null ? 'queued' : 'settled', attempt: 0 }],
  };
}
