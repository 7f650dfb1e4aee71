import type { DestinationView } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import type { Live } from '../live/live-store.ts';
import { limitsOf, refusalOf } from '../shell/drop/refusals.ts';
import { needsOtherPlace } from './row/row-actions.ts';
import { offeredDestinations } from './target-destination.ts';

/** The other destinations of which nothing is known that speaks against this file. */
export function takersOf(
  { name, bytesTotal: size, destinationId }: UploadJob,
  live: Pick<Live, 'destinations' | 'kinds'>,
): readonly DestinationView[] {
  return offeredDestinations(live).filter(
    (view) =>
      view.destination.id !== destinationId && refusalOf({ name, size }, limitsOf(view, live.kinds)) === null,
  );
}

/** Those that would take every one of these files; none where one of the files does not need another place. */
export function takersOfAll(
  jobs: readonly UploadJob[],
  live: Pick<Live, 'destinations' | 'kinds'>,
): readonly DestinationView[] {
  if (jobs.length === 0 || !jobs.every(needsOtherPlace)) return [];
  const takers = jobs.map((job) => takersOf(job, live));
  return offeredDestinations(live).filter((view) => takers.every((views) => views.includes(view)));
}
