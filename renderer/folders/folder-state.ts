import type { WatchFolderView } from '#shared/ipc.ts';
import type { HealthName, WatchFolderHealth } from '#shared/watch-folder.ts';
import type { Tone } from '../ui/pill.tsx';
import { folderWords as words } from '../words/folders.ts';

export interface FolderState {
  readonly name: HealthName;
  readonly tone: Tone;
  readonly word: string;
  /** Why, and what it means, a sentence each. */
  readonly texts: readonly string[];
}

/** How a watch folder stands, in words. A pause is the person's own wish and comes first. */
export function stateOf({ folder, health }: WatchFolderView): FolderState {
  const name = folder.isPaused ? 'paused' : health.state;
  const hasReason = health.reason !== null && name !== 'paused';
  return {
    name,
    tone: toneOf(name, hasReason),
    word: words.states[name],
    texts:
      name === 'paused'
        ? [words.pausedMeans]
        : [...reasonOf(health), ...meaningOf(name), ...missedOf(health)],
  };
}

function toneOf(name: HealthName, hasReason: boolean): Tone {
  switch (name) {
    case 'paused':
      return 'neutral';
    case 'watching':
      return hasReason ? 'warn' : 'ok';
    case 'scanning':
      return 'accent';
    case 'offline':
    case 'polling':
    case 'unreliable':
      return 'warn';
  }
}

function reasonOf({ reason, unreadFolders }: WatchFolderHealth): readonly string[] {
  if (reason !== null) return [reason];
  return unreadFolders > 0 ? [words.unread(unreadFolders)] : [];
}

function meaningOf(name: HealthName): readonly string[] {
  if (name === 'polling') return [words.pollingMeans];
  if (name === 'offline') return [words.offlineMeans];
  return name === 'unreliable' ? [words.unreliableMeans] : [];
}

const missedOf = ({ missedEvents }: WatchFolderHealth): readonly string[] =>
  missedEvents > 0 ? [words.missed(missedEvents)] : [];

/** The classes of the files that were seen, those that there are; together they are `seen`. */
export function numbersOf(health: WatchFolderHealth): readonly string[] {
  const parts = ['jobs', 'baseline', 'ignored', 'settling'] as const;
  return parts.filter((part) => health[part] > 0).map((part) => words.parts[part](health[part]));
}

/** Whether what it holds can be said: a folder that is not there, or was not looked through yet, is not empty for that. */
export const isContentKnown = ({ state, seen, lastScanAt }: WatchFolderHealth): boolean =>
  seen > 0 || (state !== 'offline' && lastScanAt !== null);

/** What a scan found: files that it made settle or gave to the queue. */
export function foundBetween(before: WatchFolderHealth, after: WatchFolderHealth): number {
  return Math.max(0, after.settling + after.jobs - before.settling - before.jobs);
}

/** One sentence on a scan that ended. */
export function sayScan(before: WatchFolderView, after: WatchFolderView): string {
  if (after.health.state === 'offline') return words.foundOffline;
  if (after.folder.isPaused) return words.foundPaused(after.health.seen);
  const { seen, settling } = after.health;
  return words.found(seen, foundBetween(before.health, after.health), settling);
}
