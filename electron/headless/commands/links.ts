import type { Api, CopiedLink } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { findDestination } from '../choose-destination.ts';
import { type Context, withEngine } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import { listJobs } from '../follow/follow.ts';
import { storedLink } from '../follow/reporter.ts';
import { type FormatChoice, readFormat } from '../option-values.ts';
import { completedRecord, jsonLine } from '../records.ts';
import { safeLines } from '../show/safe-text.ts';
import * as texts from '../texts.ts';
import { writeSlowly } from '../write-slowly.ts';

export interface LinksOptions {
  readonly format?: string;
  readonly to?: string;
  readonly search?: string;
  readonly json?: boolean;
}

/** The links of all that is completed, oldest first. */
export function links(context: Context, options: LinksOptions): Promise<number> {
  const format = readFormat(options.format);
  const isJson = options.json === true;
  const { stdout, stderr } = context.surroundings;
  return withEngine(context, 'look', async ({ api }) => {
    const to =
      options.to === undefined ? null : findDestination((await api.snapshot()).destinations, options.to);
    const filter = {
      states: ['completed' as const],
      ...(to === null ? {} : { destinationId: to.destination.id }),
      ...(options.search === undefined ? {} : { search: options.search }),
    };
    const isNarrowed = to !== null || options.search !== undefined;
    let count = 0;
    for await (const job of listJobs(api, filter)) {
      count += 1;
      // A program that asks for no format gets what is stored; nobody has to be asked for that.
      const copied = isJson && format === null ? null : await copyOrStored(api, job, format ?? 'link');
      const record = completedRecord(job, copied?.formatted ?? null);
      const line = isJson ? jsonLine(record) : safeLines(copied?.formatted ?? '');
      await writeSlowly(stdout, `${line}\n`);
    }
    if (count === 0) stderr.write(`${isNarrowed ? texts.noLinkMatches : texts.noLinks}\n`);
    return exitCodes.ok;
  });
}

/** Only what is short-lived is asked for anew: a list of a thousand links is no reason for a thousand requests. */
async function copyOrStored(api: Api, job: UploadJob, format: FormatChoice): Promise<CopiedLink> {
  if (job.state.name !== 'completed' || !job.state.asset.hasFreshUrl) return storedLink(job, format);
  try {
    return await api.copyLink(job.id, format);
  } catch {
    return storedLink(job, format);
  }
}
