import { useRef } from 'react';
import type { UploadJob } from '#shared/job.ts';
import { attempt } from '../live/attempt.ts';
import { useLive, useWindow } from '../live/window-context.tsx';
import { goTo, showDetails } from '../shell/navigation.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { toast } from '../ui/toasts.tsx';
import { common } from '../words/common.ts';
import { linkWords as words } from '../words/links.ts';
import { sayOutcome } from './send-again.ts';

/** Asks before a file is sent once more: it costs another asset. */
export function SendAgainDialog({ job, onClose }: { readonly job: UploadJob; onClose(): void }) {
  const { api } = useWindow();
  const confirm = useRef<HTMLButtonElement>(null);
  const isThere = useLive((live) =>
    live.destinations.some(({ destination }) => destination.id === job.destinationId),
  );
  const send = async () => {
    onClose();
    const { destinationId, edge, path } = job;
    const options = {
      destinationId,
      isForced: true,
      ...(edge === null ? {} : { edges: [{ edge, path }] }),
    };
    const report = await attempt(api.addFiles([path], options), words.notSentAgain(job.name));
    if (report === null) return;
    const { title, text, tone, jobId } = sayOutcome(job.name, report);
    toast({
      title,
      text,
      tone,
      action:
        jobId === null
          ? undefined
          : {
              label: words.show,
              run: () => {
                goTo({ name: 'uploads', tab: 'all' });
                showDetails(jobId);
              },
            },
    });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="small"
      initialFocus={confirm}
      title={words.sendAgainTitle}
      footer={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button ref={confirm} tone="primary" disabled={!isThere} onClick={() => void send()}>
            {words.sendAgainNow}
          </Button>
        </>
      }
    >
      <p className="m-0 break-words text-ink-2">
        {isThere
          ? words.sendAgainText(job.name, job.destinationName)
          : words.sendAgainGone(job.destinationName)}
      </p>
    </Dialog>
  );
}
