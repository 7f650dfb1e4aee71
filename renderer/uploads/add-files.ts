import type { AddReport } from '#shared/ipc.ts';
import type { GivenFile } from '#shared/window-host.ts';
import { reasonOf } from '../live/attempt.ts';
import type { Live } from '../live/live-store.ts';
import type { WindowContext } from '../live/window-context.tsx';
import { progressToast, toast } from '../ui/toasts.tsx';
import { percent } from '../words/amounts.ts';
import { dropWords as words } from '../words/drop.ts';
import { summarizeAdded } from './add-summary.ts';
import { rememberDestination } from './last-destination.ts';

export { offeredDestinations, targetDestination } from './target-destination.ts';

/** What is over sooner needs no telling. */
const quietMs = 1000;
const longerMs = 12_000;

/**
 * Gives files to a destination: brings them to the engine, queues them, and says what became of them. Answers null where
 * that failed as a whole, which it says too; never rejects.
 */
export async function addToQueue(
  { host, live }: WindowContext,
  files: readonly (File | GivenFile)[],
  destinationId: string,
): Promise<AddReport | null> {
  if (files.length === 0) return null;
  const progress = startProgress(files.length);
  try {
    const report = await host.addFiles(files, { destinationId }, progress.count);
    rememberDestination(destinationId);
    tellAdded(live.getState(), report, destinationId);
    return report;
  } catch (error) {
    toast({ title: words.failed, text: reasonOf(error), tone: 'bad', durationMs: longerMs });
    return null;
  } finally {
    progress.end();
  }
}

/** Says what became of files that were given. */
export function tellAdded(
  { destinations }: Pick<Live, 'destinations'>,
  report: AddReport,
  destinationId: string,
): void {
  const view = destinations.find(({ destination }) => destination.id === destinationId);
  const { title, text, tone } = summarizeAdded(report, view?.destination.name ?? destinationId);
  toast({
    title,
    tone,
    ...(text === '' ? {} : { text }),
    ...(tone === 'warn' ? { durationMs: longerMs } : {}),
  });
}

/** A line that counts, from the moment on when it has taken long enough to wonder. */
function startProgress(files: number) {
  let share = 0;
  let line: ReturnType<typeof progressToast> | null = null;
  const timer = setTimeout(() => {
    line = progressToast(words.bringing(files), words.share(share));
  }, quietMs);
  return {
    count(done: number, total: number): void {
      const next = percent(done, total);
      if (next === share) return;
      share = next;
      line?.tell(words.share(share));
    },
    end(): void {
      clearTimeout(timer);
      line?.end();
    },
  };
}
