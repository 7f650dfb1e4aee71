import { attempt } from '../live/attempt.ts';
import type { WindowContext } from '../live/window-context.tsx';
import { toast } from '../ui/toasts.tsx';
import { linkWords as words } from '../words/links.ts';
import { startOfDay } from '../words/times.ts';
import { copySelection } from './copy-selection.ts';
import { everything } from './link-selection.ts';

/** Every link of this day, the newest first. */
export async function copyToday(context: WindowContext): Promise<void> {
  const filter = { tab: 'done', completedAfter: startOfDay(Date.now()) } as const;
  const counts = await attempt(context.api.countJobs(filter));
  if (counts === null) return;
  if (counts.all === 0) toast({ title: words.nothingToday });
  else await copySelection(context, everything, filter, { indexOf: () => -1 });
}
