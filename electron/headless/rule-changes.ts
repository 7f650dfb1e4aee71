/** What a folder that is watched again does differently from before, in words. */
import { formatDuration } from '#shared/failure.ts';
import type { WatchFolder } from '#shared/watch-folder.ts';
import { safeLine } from './show/safe-text.ts';

/** `nameOf`: the name of a destination. */
export function ruleChanges(
  before: WatchFolder,
  after: WatchFolder,
  nameOf: (destinationId: string) => string,
): string {
  const path = safeLine(after.path);
  const said: readonly (readonly [rule: string, say: (folder: WatchFolder) => string])[] = [
    ['it goes to', ({ destinationId }) => safeLine(nameOf(destinationId))],
    [
      'it ignores',
      ({ ignore }) => (ignore.length === 0 ? 'nothing of its own' : ignore.map(safeLine).join(' ')),
    ],
    ['files must rest for', ({ settleMs }) => formatDuration(settleMs)],
    ['changed content is taken as', ({ changed }) => changed],
    ['originals are', placeOf],
    ['it is', ({ isPaused }) => (isPaused ? 'paused' : 'watched')],
  ];
  const changes = said
    .filter(([, say]) => say(before) !== say(after))
    .map(([rule, say]) => `${rule} ${say(after)} (was ${say(before)})`);
  if (changes.length === 0) return `${path} was remembered already; its rules stay as they were.`;
  const isRedirected = before.destinationId !== after.destinationId;
  const stays = isRedirected ? ` What is in the queue still goes to ${nameOf(before.destinationId)}.` : '';
  const keepsMoving = isRedirected && after.after.kind !== 'keep' && placeOf(before) === placeOf(after);
  const originals = keepsMoving ? ` Originals are still ${placeOf(after)}; --after keep ends that.` : '';
  return `${path} was remembered already. Now ${changes.join(', ')}; its other rules stay.${stays}${originals}`;
}

function placeOf({ after }: WatchFolder): string {
  switch (after.kind) {
    case 'keep':
      return 'kept';
    case 'move':
      return `moved to ${safeLine(after.directory)}`;
    case 'trash':
      return 'put into the trash';
  }
}
