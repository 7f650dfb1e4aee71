import type { Settings } from '#shared/settings.ts';
import type { WindowContext } from '../live/window-context.tsx';
import { attentionWords as words } from '../words/attention.ts';
import { type Batch, beginBatch, followBatch, type Tally } from './follow-batch.ts';
import { goTo } from './navigation.ts';
import { isSomeWindowSeen } from './seen-windows.ts';
import { titleOf } from './title.ts';

/** Later ones take the place of earlier ones, also those of other windows. */
const tag = 'hoist.batch';

/** Says in the window's title how far things are, and by a notification when a batch ends that nobody watched. */
export function tellBatches({ live, host }: WindowContext): () => void {
  let batch: Batch | null = null;
  const look = () => {
    const now = live.getState();
    if (!now.isReady) return;
    if (batch === null) batch = beginBatch(now.counts);
    else {
      const followed = followBatch(batch, now.counts);
      batch = followed.batch;
      if (followed.ended !== null) void notify(followed.ended, now.settings);
    }
    const title = titleOf(batch, now);
    if (document.title !== title) document.title = title;
  };
  look();
  const stop = live.subscribe((now, before) => {
    const isSame =
      now.counts === before.counts &&
      now.connection === before.connection &&
      now.settings === before.settings;
    if (!isSame) look();
  });
  return stop;

  async function notify(ended: Tally, settings: Settings | null): Promise<void> {
    // The desktop's own process tells it, whether a window is open or not.
    if (host.kind !== 'browser' || settings === null) return;
    const text = words.ended(allowed(ended, settings.notifications));
    if (text === '' || !mayNotify() || (await isSomeWindowSeen())) return;
    const notification = new Notification(words.name, { body: text, tag });
    notification.onclick = () => {
      window.focus();
      goTo({ name: 'uploads', tab: ended.needYou > 0 ? 'needsYou' : ended.failed > 0 ? 'failed' : 'done' });
      notification.close();
    };
  }
}

const mayNotify = () => typeof Notification !== 'undefined' && Notification.permission === 'granted';

/** What of a batch the settings let be told. */
export const allowed = (ended: Tally, may: Settings['notifications']): Tally => ({
  uploaded: may.completed ? ended.uploaded : 0,
  needYou: may.problems ? ended.needYou : 0,
  failed: may.problems ? ended.failed : 0,
});
