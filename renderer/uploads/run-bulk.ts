import type { ActionReport } from '#shared/ipc.ts';
import type { JobId } from '#shared/job.ts';
import { copyLinks, type WantedFormat } from '../links/copy-link.ts';
import { attempt } from '../live/attempt.ts';
import type { WindowContext } from '../live/window-context.tsx';
import { toast } from '../ui/toasts.tsx';
import { uploadsWords as words } from '../words/uploads.ts';
import { addReports, type ReportedAction, sayReport } from './bulk/bulk.ts';
import { type Chosen, covers, forChosen } from './chosen.ts';

/** Does it to all that is chosen. `isQuiet`: what it did is seen on the row, so only what was left alone is told. */
export async function runOnChosen(
  context: WindowContext,
  action: ReportedAction,
  chosen: Chosen,
  isQuiet = false,
): Promise<void> {
  const { api } = context;
  const act = {
    retry: api.retryJobs,
    pause: api.pauseJobs,
    resume: api.resumeJobs,
    cancel: api.cancelJobs,
    'move-to-top': api.moveJobsToTop,
  }[action];
  const reports = await attempt<readonly ActionReport[]>(forChosen(context, chosen, act));
  if (reports === null) return;
  const report = addReports(reports);
  if (isQuiet && report.applied > 0) return;
  const { title, text } = sayReport(action, report);
  toast({ title, ...(text === '' ? {} : { text }), tone: report.applied === 0 ? 'warn' : 'ok' });
}

const mostLinks = 1000;

/** Copies the links of all that is chosen and done. */
export async function copyChosen(
  context: WindowContext,
  chosen: Chosen,
  format: WantedFormat,
): Promise<void> {
  const { selection, filter } = chosen;
  const within = selection.kind === 'some' ? { ids: [...selection.ids] } : filter;
  const page = await attempt(
    context.api.listJobs({
      filter: { ...within, states: ['completed'] },
      sort: 'completed',
      direction: 'ascending',
      cursor: null,
      limit: mostLinks,
    }),
  );
  if (page === null) return;
  if (page.nextCursor !== null) {
    toast({ title: words.bulk.tooManyLinks(mostLinks), tone: 'warn' });
    return;
  }
  const ids: readonly JobId[] = page.rows.filter((job) => covers(chosen, job)).map(({ id }) => id);
  if (ids.length === 0) toast({ title: words.noLink, tone: 'neutral' });
  else await copyLinks(context, ids, format);
}
