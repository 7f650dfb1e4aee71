import { useRef, useState } from 'react';
import { attempt } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toasts.tsx';
import { common } from '../words/common.ts';
import { linkWords as words } from '../words/links.ts';
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
    // What was completed while the question stood was not asked about.
    const wanted = { ...upTo(filter.filter, at), exceptIds: [...selection.selection.except] };
    const report = await attempt(api.removeJobs(wanted));
    setIsBusy(false);
    onClose();
    if (report === null) return;
    selection.clear();
    toast({ title: words.removed(report.applied), text: words.removedText });
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
