import { useRef, useState } from 'react';
import type { JobFilter } from '#shared/ipc.ts';
import { attempt } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toasts.tsx';
import { common } from '../words/common.ts';
import { linkWords as words } from '../words/links.ts';
import { collectLinks, mostLinks } from './collect-links.ts';
import { upTo } from './link-filter.ts';
import { useLinks } from './links-context.tsx';

/** Everything at once is asked about, for it cannot be held back until somebody takes it back. */
export function RemoveAllDialog({ at, onClose }: { readonly at: number; onClose(): void }) {
  const { api } = useWindow();
  const { filter, selection, selected } = useLinks();
  const cancel = useRef<HTMLButtonElement>(null);
  const [isBusy, setIsBusy] = useState(false);
  const remove = async () => {
    if (selection.selection.kind !== 'all') return onClose();
    setIsBusy(true);
    const wanted = await attempt(wantedOf(filter.filter, selection.selection.except));
    const report = wanted === null ? null : await attempt(api.removeJobs(wanted));
    setIsBusy(false);
    onClose();
    if (report === null) return;
    selection.clear();
    toast({ title: words.removed(report.applied), text: words.removedText });
  };
  /** What was completed while the question stood was not asked about. */
  const wantedOf = async (asked: JobFilter, except: ReadonlySet<number>): Promise<JobFilter | null> => {
    const bounded = upTo(asked, at);
    if (except.size === 0) return bounded;
    const { ids, isCut } = await collectLinks(api, bounded, except);
    if (!isCut) return { ids };
    toast({ title: words.removeCut(mostLinks), text: words.removeCutText, tone: 'warn' });
    return null;
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="small"
      initialFocus={cancel}
      title={words.removeAllTitle(selected)}
      footer={
        <>
          <Button ref={cancel} onClick={onClose}>
            {common.cancel}
          </Button>
          <Button tone="danger" disabled={isBusy} onClick={() => void remove()}>
            {words.removeAllNow}
          </Button>
        </>
      }
    >
      <p className="m-0 text-ink-2">{words.removeAllText}</p>
    </Dialog>
  );
}
