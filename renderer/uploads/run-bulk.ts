import type { JobFilter } from '#shared/ipc.ts';
import { collectToCopy } from '../links/collect-to-copy.ts';
import { copyLinks, type WantedFormat } from '../links/copy-link.ts';
import { attempt } from '../live/attempt.ts';
import type { WindowContext } from '../live/window-context.tsx';
import { toast } from '../ui/toasts.tsx';
import { uploadsWords as words } from '../words/uploads.ts';
import { type ReportedAction, sayReport } from './bulk/bulk.ts';
import { type Chosen, filterOfChosen } from './chosen.ts';

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
  const report = await attempt(act(filterOfChosen(chosen)));
  if (report === null) return;
  if (isQuiet && report.applied > 0) return;
  const { title, text } = sayReport(action, report);
  toast({ title, ...(text === '' ? {} : { text }), tone: report.applied === 0 ? 'warn' : 'ok' });
}

/** Copies the links of all that is chosen and done, the newest first, as the links page does. */
export async function copyChosen(
  context: WindowContext,
  { selection, filter }: Chosen,
  format: WantedFormat,
): Promise<void> {
  const isSome = selection.kind === 'some';
  const within: JobFilter = { ...(isSome ? { ids: [...selection.ids] } : filter), states: ['completed'] };
  const found = await attempt(collectToCopy(context.api, within, isSome ? undefined : selection.except));
  if (found === null) return;
  if (found.length === 0) toast({ title: words.noLink, tone: 'neutral' });
  else await copyLinks(context, found, format);
}
