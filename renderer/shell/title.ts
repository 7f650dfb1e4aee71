import type { Live } from '../live/live-store.ts';
import { percent } from '../words/amounts.ts';
import { attentionWords as words } from '../words/attention.ts';
import type { Batch } from './follow-batch.ts';

/** The window's title: what moves first, else what waits for the person. */
export function titleOf(batch: Batch, live: Pick<Live, 'connection' | 'counts' | 'settings'>): string {
  if (live.connection !== 'connected') return words.titled(words.notRunning);
  if (batch.isRunning && live.settings?.isPaused === true) return words.titled(words.paused);
  if (batch.isRunning) return words.titled(words.share(percent(batch.bytesDone, batch.bytesTotal)));
  const { needsYou } = live.counts.byTab;
  return needsYou > 0 ? words.titled(words.needYou(needsYou)) : words.name;
}
