import { Check, Copy } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { explainFailure } from '#shared/failure.ts';
import { ContractError } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import { attempt, reasonOf } from '../live/attempt.ts';
import { useJob } from '../live/use-job.ts';
import { useWindow } from '../live/window-context.tsx';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { firstRunWords as words } from '../words/first-run.ts';
import { paintSample } from './paint-sample.ts';
import { stagesOf } from './stages.ts';

export interface SampleUploadProps {
  readonly destinationId: string;
  readonly onCompleted?: () => void;
}

/** Paints a picture, gives it to the queue, and shows it going all the way to its link. */
export function SampleUpload({ destinationId, onCompleted }: SampleUploadProps) {
  const { host } = useWindow();
  const [jobId, setJobId] = useState<JobId | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const hasBegun = useRef(false);
  const job = useJob(jobId);

  useEffect(() => {
    if (hasBegun.current) return;
    hasBegun.current = true;
    const send = async () => {
      const { files } = await host.addFiles([await paintSample(new Date())], { destinationId });
      const [file] = files;
      if (file?.failure != null) throw new ContractError(file.failure);
      setJobId(file?.jobId ?? null);
    };
    send().catch((error) => setProblem(reasonOf(error)));
  }, [host, destinationId]);

  const isCompleted = job?.state.name === 'completed';
  useEffect(() => {
    if (isCompleted) onCompleted?.();
  }, [isCompleted, onCompleted]);

  const failed = problem ?? reasonOfJob(job);
  return (
    <div className="mx-auto w-full max-w-130 rounded-xl border border-line bg-panel p-5">
      {job !== null && <p className="m-0 mb-3 truncate font-medium">{job.name}</p>}
      <Stages job={job} />
      {failed !== null && (
        <p role="alert" className="mt-3 mb-0 text-bad">
          {failed}
        </p>
      )}
      {job !== null && isCompleted && <CopyRow job={job} />}
    </div>
  );
}

function Stages({ job }: { readonly job: UploadJob | null }) {
  const stages = stagesOf(job);
  return (
    <ol role="status" className="m-0 grid list-none grid-cols-3 gap-2 p-0">
      {stages.map(({ name, state }) => (
        <li key={name} className="text-sm">
          <span
            className={classNames(
              'mb-1.5 block h-1.5 rounded-full',
              state === 'done' ? 'bg-ok' : state === 'now' ? 'bg-accent' : 'bg-mute',
            )}
          />
          <span className={classNames('flex items-center gap-1', state === 'to-come' && 'text-ink-3')}>
            {state === 'done' && <Check aria-hidden size={14} className="text-ok" />}
            {words.stages[name]}
          </span>
        </li>
      ))}
    </ol>
  );
}

function CopyRow({ job }: { readonly job: UploadJob }) {
  const { api, host } = useWindow();
  const [isCopied, setCopied] = useState(false);
  async function copy(): Promise<void> {
    const link = await attempt(api.copyLink(job.id, 'link'));
    if (link === null) return;
    if ((await attempt(host.copyText(link.formatted).then(() => true))) !== null) setCopied(true);
  }
  return (
    <div className="mt-4 flex items-center gap-2 rounded-lg bg-canvas py-1.5 ps-3 pe-1.5">
      <code className="min-w-0 flex-1 font-mono text-sm">
        <MiddleCut text={job.link ?? ''} />
      </code>
      <Button tone="primary" icon={isCopied ? Check : Copy} onClick={() => void copy()}>
        {isCopied ? words.copied : words.copyLink}
      </Button>
    </div>
  );
}

function reasonOfJob(job: UploadJob | null): string | null {
  if (job?.state.name !== 'failed' && job?.state.name !== 'blocked') return null;
  const { reason, hint } = explainFailure(job.state.failure);
  return `${reason} ${hint}`;
}
