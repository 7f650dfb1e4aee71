import type { AddOptions } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { copyLinks, defaultFormat } from '../links/copy-link.ts';
import { attempt } from '../live/attempt.ts';
import type { WindowContext } from '../live/window-context.tsx';
import { goTo, openOverlay, showDetails } from '../shell/navigation.ts';
import { toast } from '../ui/toasts.tsx';
import { uploadsWords as words } from '../words/uploads.ts';
import { tellAdded } from './add-files.ts';
import { onlyJob } from './chosen.ts';
import { removeJobs } from './removal.ts';
import type { RowAction } from './row/row-actions.ts';
import { runOnChosen } from './run-bulk.ts';

/** Those of a row's actions that need nothing more to be said. */
export type PlainAction = Exclude<RowAction, 'copy-as' | 'send-to' | 'retry-with'>;

export async function runRowAction(
  context: WindowContext,
  action: PlainAction,
  job: UploadJob,
): Promise<void> {
  const { api, host, live } = context;
  switch (action) {
    case 'pause':
    case 'resume':
    case 'retry':
    case 'move-to-top':
    case 'cancel':
      await runOnChosen(context, action, onlyJob(job.id), true);
      return;
    case 'copy':
      await copyLinks(context, [job.id], defaultFormat(live.getState().settings));
      return;
    case 'open':
      await openLink(context, job);
      return;
    case 'show-in-folder':
      if (host.showInFolder !== null) await attempt(host.showInFolder(job.id));
      return;
    case 'open-destination':
      goTo({ name: 'destinations', destinationId: job.destinationId });
      return;
    case 'details':
      showDetails(job.id);
      return;
    case 'explain':
      openOverlay({ name: 'explain', path: job.path });
      return;
    case 'copy-report': {
      const details = await attempt(api.getJob(job.id));
      if (details === null) return;
      const isCopied = await attempt(host.copyText(details.report).then(() => true));
      if (isCopied) toast({ title: words.reportCopied, tone: 'ok' });
      return;
    }
    case 'remove':
      removeJobs(context, onlyJob(job.id), 1);
      return;
  }
}

/** A short-lived address is asked for anew; what is no address is not opened. */
async function openLink({ api, host }: WindowContext, job: UploadJob): Promise<void> {
  const link = await attempt(api.copyLink(job.id, 'link'));
  if (link === null) return;
  if (/^https?:/i.test(link.text)) await attempt(host.openLink(job.id, link.text));
  else toast({ title: words.noAddress, tone: 'warn' });
}

/** Tries again, before all that waits. */
export async function retryFirst({ api }: WindowContext, { id }: UploadJob): Promise<void> {
  const report = await attempt(api.retryJobs({ ids: [id] }));
  if (report !== null && report.applied > 0) await attempt(api.moveJobsToTop({ ids: [id] }));
}

/** The same file to the same place, as if it had never been given; what is here stays as it is. */
export const sendAsNew = (context: WindowContext, { path, destinationId }: UploadJob): Promise<void> =>
  give(context, [path], { destinationId, isForced: true });

export const sendElsewhere = (
  context: WindowContext,
  jobs: readonly Pick<UploadJob, 'path'>[],
  destinationId: string,
): Promise<void> =>
  // The same file may have been refused at two places.
  give(context, [...new Set(jobs.map(({ path }) => path))], { destinationId });

async function give(
  { api, live }: WindowContext,
  paths: readonly string[],
  options: AddOptions,
): Promise<void> {
  const { destinationId } = options;
  const report = await attempt(api.addFiles(paths, options));
  if (report === null) return;
  tellAdded(live.getState(), report, destinationId);
}
