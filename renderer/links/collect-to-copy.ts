import type { Api, JobFilter } from '#shared/ipc.ts';
import type { JobId } from '#shared/job.ts';
import { toast } from '../ui/toasts.tsx';
import { linkWords as words } from '../words/links.ts';
import { collectLinks, mostLinks } from './collect-links.ts';

/** What `collectLinks` finds; where that is not all, it is said. Rejects as the contract does. */
export async function collectToCopy(
  api: Pick<Api, 'listJobs'>,
  filter: JobFilter,
  except?: ReadonlySet<JobId>,
): Promise<readonly JobId[]> {
  const { ids, isCut } = await collectLinks(api, filter, except);
  if (isCut) toast({ title: words.onlyNewest(mostLinks), text: words.onlyNewestText, tone: 'warn' });
  return ids;
}
