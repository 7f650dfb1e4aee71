/** Whether quitting costs anything, and how that is said. Pure. */
import type { MessageBoxOptions } from 'electron';
import type { UploadJob } from '#shared/job.ts';
import { quitWords as words } from '../words.ts';

export const quitButton = 0;
export const stayButton = 1;

/**
 * Null where quitting costs nothing but time: nothing is being sent (what is queued goes on at the next start), or the
 * engine lives in another process and goes on without this one. A presigned URL cannot be continued at an offset, so
 * what has gone of a file goes again.
 */
export function quitQuestion(facts: {
  readonly isOwner: boolean;
  readonly active: readonly Pick<UploadJob, 'state' | 'bytesSent'>[];
  /** Whether Hoist can be found again without a window. */
  readonly hasTray: boolean;
}): (MessageBoxOptions & { readonly buttons: string[] }) | null {
  if (!facts.isOwner) return null;
  const sending = facts.active.filter(({ state }) => state.name === 'uploading');
  if (sending.length === 0) return null;
  const bytes = sending.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
  return {
    type: 'question',
    title: words.quit,
    message: words.message(sending.length),
    detail: words.detail(sending.length, bytes),
    buttons: [words.quit, facts.hasTray ? words.stay : words.stayOpen],
    defaultId: stayButton,
    cancelId: stayButton,
    noLink: true,
  };
}
