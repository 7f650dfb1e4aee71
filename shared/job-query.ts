/** Which jobs, in which order, from where on; what a list and its counts are made of. */
import { z } from 'zod';
import { type JobId, type StateName, stateNames, type Tab, tabs, type UploadJob } from './job.ts';

/** Which jobs: all conditions hold together; an absent one does not count. */
export interface JobFilter {
  readonly ids?: readonly JobId[] | undefined;
  /** All but these. */
  readonly exceptIds?: readonly JobId[] | undefined;
  readonly tab?: Tab | undefined;
  readonly states?: readonly StateName[] | undefined;
  readonly destinationId?: string | undefined;
  readonly watchFolderId?: string | undefined;
  readonly batchId?: string | undefined;
  /** Part of the file name, any case. */
  readonly search?: string | undefined;
  readonly completedAfter?: number | undefined;
  readonly completedBefore?: number | undefined;
  /** What has changed after this moment is not meant (epoch ms): it was seen otherwise. */
  readonly unchangedSince?: number | undefined;
}

/**
 * `state` goes by what becomes of a job (queued, running, processing, waiting, paused, blocked, completed, failed,
 * canceled), by id within. Equal keys go by id, in the direction of the list.
 */
export const jobSorts = ['added', 'updated', 'completed', 'name', 'size', 'state'] as const;
export type JobSort = (typeof jobSorts)[number];

export interface JobQuery {
  readonly filter: JobFilter;
  readonly sort: JobSort;
  readonly direction: 'ascending' | 'descending';
  /** The `nextCursor` of the page before; null to begin. */
  readonly cursor: string | null;
  /**
   * How many rows to skip, to jump anywhere in a list; only where `cursor` is null. The rows of one moment: where jobs
   * come and go between two jumps, a row can be seen twice or not at all, which `changesSince` heals.
   */
  readonly offset?: number | undefined;
  readonly limit: number;
}

export interface JobPage<Row = UploadJob> {
  readonly rows: readonly Row[];
  /** Null at the end. */
  readonly nextCursor: string | null;
}

export interface QueueCounts {
  readonly byState: Readonly<Record<StateName, number>>;
  readonly byTab: Readonly<Record<Tab, number>>;
  readonly all: number;
  readonly bytesTotal: number;
  readonly bytesCompleted: number;
  /** Of the jobs under Active and Waiting, as whole files. */
  readonly bytesRemaining: number;
  /** Of those, the files that are at the service and wait for its word: nothing of them has to go any more. */
  readonly bytesArrived: number;
}

const id = z.number().int().positive();
const text = z.string().max(4096);

export const jobFilterSchema = z.strictObject({
  ids: z.array(id).max(100_000).optional(),
  exceptIds: z.array(id).max(100_000).optional(),
  tab: z.enum(tabs).optional(),
  states: z.array(z.enum(stateNames)).max(stateNames.length).optional(),
  destinationId: text.optional(),
  watchFolderId: text.optional(),
  batchId: text.optional(),
  search: z.string().max(512).optional(),
  completedAfter: z.number().optional(),
  completedBefore: z.number().optional(),
  unchangedSince: z.number().optional(),
}) satisfies z.ZodType<JobFilter>;

export const jobQuerySchema = z
  .strictObject({
    filter: jobFilterSchema,
    sort: z.enum(jobSorts),
    direction: z.enum(['ascending', 'descending']),
    cursor: text.nullable(),
    offset: z.number().int().nonnegative().optional(),
    limit: z.number().int().min(1).max(1000),
  })
  .refine(({ cursor, offset }) => cursor === null || offset === undefined, {
    path: ['offset'],
    error: 'goes with no cursor',
  }) satisfies z.ZodType<JobQuery>;
