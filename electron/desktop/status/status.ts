/** What the desktop shows of an engine outside its windows: one value, and what it comes down to. Pure. */
import type { DestinationView, QueueCounts, Snapshot, Throughput } from '#shared/ipc.ts';
import type { Settings } from '#shared/settings.ts';

export interface Status {
  readonly counts: QueueCounts;
  readonly throughput: Throughput;
  readonly settings: Settings;
  readonly destinations: readonly DestinationView[];
}

export const statusOf = ({ counts, throughput, settings, destinations }: Snapshot): Status => ({
  counts,
  throughput,
  settings,
  destinations,
});

/** The one word for all of it, as the tray shows it. What waits for the person comes first: nothing else will tell them. */
export type Mood = 'attention' | 'paused' | 'busy' | 'idle';

export function moodOf({ counts, settings, destinations }: Status): Mood {
  const isBlocked = destinations.some(({ hold }) => hold?.kind === 'blocked');
  if (counts.byTab.needsYou > 0 || isBlocked) return 'attention';
  if (settings.isPaused) return 'paused';
  return counts.byTab.active > 0 ? 'busy' : 'idle';
}

/** Files that go on by themselves. What a person paused keeps nobody waiting. */
export const openFiles = ({ byState, byTab }: QueueCounts): number =>
  byTab.active + byState.queued + byState.waiting;

/** A transfer, or one of the short requests around it, is under way. */
export const isMoving = ({ counts: { byState }, settings }: Status): boolean =>
  !settings.isPaused && byState.reserving + byState.inspecting + byState.uploading + byState.completing > 0;
