import type { Queue } from '#queue';
import type { SettingsStore } from '#settings';

/** A keychain that was closed at an earlier start may be open at this one: what was held for want of its key goes on. */
export async function unblockWhereKeyIsBack(
  queue: Pick<Queue, 'holdOf' | 'unblock'>,
  settings: Pick<SettingsStore, 'destinations' | 'credential'>,
): Promise<void> {
  for (const { id } of settings.destinations()) {
    if (queue.holdOf(id)?.failure?.code !== 'key-missing') continue;
    if (settings.credential(id) !== null) await queue.unblock(id);
  }
}
