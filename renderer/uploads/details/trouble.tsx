import { useState } from 'react';
import type { Failure } from '#shared/failure.ts';
import type { ActionReport } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { attempt } from '../../live/attempt.ts';
import { useLive, useWindow } from '../../live/window-context.tsx';
import { openOverlay } from '../../shell/navigation.ts';
import { WhileRunning } from '../../shell/while-running.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { ActionMenu } from '../../ui/menu.tsx';
import { toast } from '../../ui/toasts.tsx';
import { detailsWords as words } from '../../words/details.ts';
import { sayFailure } from '../../words/failures.ts';
import { uploadsWords } from '../../words/uploads.ts';
import { sendToMenu } from '../row-menu.ts';
import { CopyReport } from './copy-report.tsx';
import { FindFile } from './find-file.tsx';
import { actionsOf, isOfTheService, type TroubleAction } from './trouble-actions.ts';

const labels: Readonly<Record<TroubleAction, string>> = {
  'send-to': uploadsWords.actions.sendTo,
  retry: words.retry,
  resume: words.goOn,
  unblock: words.goOn,
  'update-key': words.updateKey,
  'edit-destination': words.editDestination,
  'add-destination': words.addDestination,
  'find-file': words.findFile,
  cancel: words.cancelIt,
};

/** Why it does not go on, in our words and in theirs, and what can be done; nothing where it goes on by itself. */
export function Trouble({ job, report }: { readonly job: UploadJob; readonly report: string }) {
  const [isFinding, setFinding] = useState(false);
  const context = useWindow();
  // Its menu is made of them.
  useLive((live) => live.destinations);
  useLive((live) => live.kinds);
  const { findFileOf } = context.host;
  const run = useAction(job, () => {
    if (findFileOf === null) setFinding(true);
    else void attempt(findFileOf(job.id));
  });
  const { state } = job;
  const takers = sendToMenu(context, job);
  const actions = actionsOf(state, takers.length > 0);
  if (actions.length === 0) return null;
  const failure = state.name === 'failed' || state.name === 'blocked' ? state.failure : null;
  const buttons = actions.map((action, index) => {
    const tone = index === 0 ? 'primary' : 'plain';
    return action === 'send-to' ? (
      <ActionMenu key={action} entries={takers}>
        <Button tone={tone}>{labels[action]}</Button>
      </ActionMenu>
    ) : (
      <Button key={action} tone={tone} onClick={() => run(action)}>
        {labels[action]}
      </Button>
    );
  });
  const usable = <WhileRunning>{buttons}</WhileRunning>;
  if (failure === null) return <div className="flex flex-wrap gap-2">{usable}</div>;
  const isFailed = state.name === 'failed';
  return (
    <div className={classNames('rounded-lg px-3.5 py-3', isFailed ? 'bg-bad-soft' : 'bg-warn-soft')}>
      <Reason failure={failure} name={job.name} isFailed={isFailed} />
      {isFinding ? (
        <FindFile job={job} onDone={() => setFinding(false)} />
      ) : (
        <div className="mt-2.5 flex flex-wrap gap-2">
          {usable}
          <CopyReport report={report} isOfTrouble />
        </div>
      )}
    </div>
  );
}

function Reason({
  failure,
  name,
  isFailed,
}: {
  readonly failure: Failure;
  readonly name: string;
  readonly isFailed: boolean;
}) {
  const { reason, hint } = sayFailure(failure, name);
  return (
    <>
      <h3 className={classNames('m-0 font-semibold break-words', isFailed ? 'text-bad' : 'text-warn')}>
        {reason}
      </h3>
      <p className="mt-1 mb-0 break-words">{hint}</p>
      {failure.message !== '' && (
        <p className="mt-2 mb-0 text-ink-2 text-sm">
          {isOfTheService(failure) ? words.serviceSays : words.technical}
          <q className="mt-0.5 block border-current border-s-2 ps-2 font-mono text-xs break-words whitespace-pre-wrap before:content-none after:content-none">
            {failure.message}
          </q>
        </p>
      )}
    </>
  );
}

function useAction(
  job: UploadJob,
  findFile: () => void,
): (action: Exclude<TroubleAction, 'send-to'>) => void {
  const { api } = useWindow();
  const ids = { ids: [job.id] };
  return (action) => {
    switch (action) {
      case 'retry':
        return void tellWhatWasLeft(api.retryJobs(ids));
      case 'resume':
        return void tellWhatWasLeft(api.resumeJobs(ids));
      case 'unblock':
        return void attempt(api.unblockDestination(job.destinationId));
      case 'update-key':
      case 'edit-destination':
        return openOverlay({ name: 'destination', id: job.destinationId });
      case 'add-destination':
        return openOverlay({ name: 'destination', id: null });
      case 'find-file':
        return findFile();
      case 'cancel':
        return void tellWhatWasLeft(api.cancelJobs(ids));
    }
  };
}

/** An order that changed nothing says why. */
async function tellWhatWasLeft(order: Promise<ActionReport>): Promise<void> {
  const report = await attempt(order);
  if (report === null || report.applied > 0) return;
  toast({
    title: words.notDone,
    text: report.left.map(({ reason }) => reason).join(' '),
    tone: 'warn',
  });
}
