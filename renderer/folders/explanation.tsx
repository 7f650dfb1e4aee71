import { useEffect, useState } from 'react';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { PathExplanation } from '#shared/watch-folder.ts';
import { attempt } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { folderName } from '../shell/folder-name.ts';
import { goTo, showDetails } from '../shell/navigation.ts';
import { Button } from '../ui/button.tsx';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { Pill, type Tone } from '../ui/pill.tsx';
import { toast } from '../ui/toasts.tsx';
import { explainWords as words } from '../words/folders.ts';

const tones: Readonly<Record<PathExplanation['fileClass'], Tone>> = {
  baseline: 'neutral',
  ignored: 'neutral',
  settling: 'accent',
  job: 'accent',
  unseen: 'neutral',
};

/** More uploads of one path than this are counted. */
const jobsShown = 5;

/** The chain of decisions about one path, its class, its rule and its uploads. */
export function Explanation(props: { readonly explanation: PathExplanation; onChanged(): void }) {
  const { path, because, fileClass, rule, jobIds } = props.explanation;
  const { api } = useWindow();
  const sendNow = async () => {
    const sent = await attempt(api.sendNow(path));
    if (sent === null) return;
    toast({ title: words.sentNow(folderName(path)), tone: 'ok' });
    props.onChanged();
  };
  return (
    <div className="rounded-lg border border-line bg-canvas p-3.5">
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1 font-medium">
          <MiddleCut text={path} />
        </div>
        <Pill tone={tones[fileClass]}>{words.classes[fileClass]}</Pill>
      </div>
      <h3 className="mt-3 mb-1 font-semibold text-ink-3 text-xs">{words.because}</h3>
      <ol className="m-0 flex list-[bare-decimal] flex-col gap-1 ps-3.75 marker:text-ink-3">
        {because.map((sentence) => (
          <li key={sentence} className="break-words">
            {sentence}
          </li>
        ))}
      </ol>
      {rule !== null && !because.some((sentence) => sentence.includes(rule)) && (
        <>
          <h3 className="mt-3 mb-1 font-semibold text-ink-3 text-xs">{words.rule}</h3>
          <code className="font-mono text-sm break-words">{rule}</code>
        </>
      )}
      {jobIds.length > 0 && <Jobs ids={jobIds} />}
      {(fileClass === 'settling' || fileClass === 'baseline') && (
        <Button className="mt-3" onClick={() => void sendNow()}>
          {words.sendNow}
        </Button>
      )}
    </div>
  );
}

function Jobs({ ids }: { readonly ids: readonly JobId[] }) {
  const { api } = useWindow();
  const [jobs, setJobs] = useState<readonly UploadJob[]>([]);
  useEffect(() => {
    let isOutdated = false;
    Promise.all(ids.slice(0, jobsShown).map((id) => api.getJob(id))).then(
      (details) => !isOutdated && setJobs(details.map(({ job }) => job)),
      // What is said of them stands above.
      () => {},
    );
    return () => {
      isOutdated = true;
    };
  }, [api, ids]);
  if (jobs.length === 0) return null;
  return (
    <>
      <h3 className="mt-3 mb-1 font-semibold text-ink-3 text-xs">{words.jobs}</h3>
      <ul className="m-0 flex list-none flex-col gap-1 p-0">
        {jobs.map((job) => (
          <li key={job.id} className="flex min-w-0 items-baseline gap-2">
            <button
              type="button"
              aria-label={words.showJob(job.name)}
              onClick={() => {
                goTo({ name: 'uploads', tab: 'all' });
                showDetails(job.id);
              }}
              className="min-w-0 rounded-sm text-start text-accent-ink underline-offset-2 hover:underline"
            >
              <MiddleCut text={job.name} />
            </button>
            <span className="shrink-0 text-ink-3 text-sm">{words.jobTo(job.destinationName)}</span>
          </li>
        ))}
        {ids.length > jobsShown && (
          <li className="text-ink-3 text-sm">{words.moreJobs(ids.length - jobsShown)}</li>
        )}
      </ul>
    </>
  );
}
