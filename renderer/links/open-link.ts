import type { UploadJob } from '#shared/job.ts';
import { attempt } from '../live/attempt.ts';
import type { WindowContext } from '../live/window-context.tsx';
import { toast } from '../ui/toasts.tsx';
import { linkWords as words } from '../words/links.ts';
import { isWebAddress, lookOf } from './link-look.ts';
import { assetOf } from './link-subject.ts';

/** Opens a link outside of this window; a short-lived one is signed anew for it. Says so where there is nothing to open. */
export async function openLink({ api, host }: WindowContext, job: UploadJob): Promise<void> {
  const asset = assetOf(job);
  const opens = asset === null ? null : lookOf(asset, Date.now()).opens;
  if (asset === null || opens === null) return void toast({ title: words.noAddress, tone: 'warn' });
  if (opens === 'itself') {
    await attempt(host.openLink(job.id, asset.link));
    return;
  }
  const fresh = await attempt(api.copyLink(job.id, 'link'), words.noAddress);
  if (fresh === null) return;
  if (isWebAddress(fresh.text)) await attempt(host.openLink(job.id, fresh.text));
  else toast({ title: words.noAddress, text: words.noAddressText, tone: 'warn' });
}
