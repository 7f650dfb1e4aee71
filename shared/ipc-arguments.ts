/** What the arguments of the contract's requests must be: parsed on the engine's side before anything runs. */
import { z } from 'zod';
import { linkFormats } from './asset.ts';
import { destinationDraftSchema } from './destination.ts';
import type { RequestName, Requests } from './ipc.ts';
import { jobFilterSchema, jobQuerySchema } from './job-query.ts';
import { settingsPatchSchema } from './settings.ts';
import { watchFolderDraftSchema } from './watch-folder.ts';

const id = z.number().int().positive();
const text = z.string().max(4096);
const path = z.string().min(1).max(32_768);
const key = z.string().min(1).max(8192);

const linkFormatSchema = z.union([z.enum(linkFormats), z.strictObject({ template: z.string().max(2000) })]);
const patchSchema = z.record(z.string().max(64), z.unknown());

/** A request without an entry, or an entry whose type is not the request's, does not compile. */
export const requestArguments = {
  snapshot: z.tuple([]),
  listJobs: z.tuple([jobQuerySchema]),
  countJobs: z.tuple([jobFilterSchema]),
  getJob: z.tuple([id]),
  changesSince: z.tuple([z.number().int().nonnegative(), z.number().int().min(1).max(10_000)]),
  activeJobs: z.tuple([]),
  view: z.tuple([z.array(id).max(1000)]),
  addFiles: z.tuple([
    z.array(path).max(1_000_000),
    z.strictObject({
      destinationId: text,
      ignore: z.array(text).max(1000).optional(),
      edges: z
        .array(z.strictObject({ edge: text, path }))
        .max(100)
        .optional(),
      isForced: z.boolean().optional(),
    }),
  ]),
  pauseJobs: z.tuple([jobFilterSchema]),
  resumeJobs: z.tuple([jobFilterSchema]),
  cancelJobs: z.tuple([jobFilterSchema]),
  retryJobs: z.tuple([jobFilterSchema]),
  moveJobsToTop: z.tuple([jobFilterSchema]),
  removeJobs: z.tuple([jobFilterSchema]),
  relocateJob: z.tuple([id, path]),
  setPaused: z.tuple([z.boolean()]),
  copyLink: z.tuple([id, linkFormatSchema]),
  checkDestination: z.tuple([patchSchema]),
  addDestination: z.tuple([destinationDraftSchema, key.nullable()]),
  updateDestination: z.tuple([text, patchSchema]),
  setDestinationKey: z.tuple([text, key]),
  removeDestination: z.tuple([text]),
  testDestination: z.tuple([text]),
  testDestinationDraft: z.tuple([destinationDraftSchema, key.nullable(), text.nullable()]),
  pauseDestination: z.tuple([text]),
  unblockDestination: z.tuple([text]),
  describeKinds: z.tuple([]),
  addWatchFolder: z.tuple([watchFolderDraftSchema]),
  updateWatchFolder: z.tuple([text, patchSchema]),
  removeWatchFolder: z.tuple([text]),
  scanWatchFolder: z.tuple([text]),
  whenWatchFolderIdle: z.tuple([text]),
  previewWatchFolder: z.tuple([watchFolderDraftSchema, text.nullable()]),
  settlingFiles: z.tuple([]),
  sendNow: z.tuple([path]),
  explainPath: z.tuple([path]),
  listDirectories: z.tuple([path.nullable()]),
  updateSettings: z.tuple([settingsPatchSchema]),
  exportSettings: z.tuple([]),
  importSettings: z.tuple([z.string().max(1_048_576)]),
  startDemo: z.tuple([]),
  shutdown: z.tuple([]),
} as const satisfies { readonly [N in RequestName]: z.ZodType<Parameters<Requests[N]>> };
