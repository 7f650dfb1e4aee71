import { Copy, FolderOpen } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { Artifact } from '#shared/asset.ts';
import { isTerminal, type UploadJob } from '#shared/job.ts';
import { attempt } from '../../live/attempt.ts';
import { useLive, useWindow } from '../../live/window-context.tsx';
import { IconButton } from '../../ui/button.tsx';
import { bytes } from '../../words/amounts.ts';
import { detailsWords as words } from '../../words/details.ts';
import { kindOfFile } from '../../words/kinds-of-file.ts';
import { wholeNumber } from '../../words/plural.ts';
import { dateAndTime } from '../../words/times.ts';
import { inGroups, tryNumber } from './link-facts.ts';
import { useCopyFact } from './use-copy-fact.ts';

/** Everything that can be looked up or compared. */
export function Facts({ job }: { readonly job: UploadJob }) {
  const heading = useId();
  const { host } = useWindow();
  const maxAttempts = useLive(({ settings }) => settings?.maxAttempts ?? 0);
  const { state } = job;
  const expiresAt = state.name === 'completed' ? state.asset.linkExpiresAt : null;
  const { showInFolder } = host;
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className="sr-only">
        {words.facts}
      </h3>
      <dl className="m-0 grid grid-cols-[5.25rem_minmax(0,1fr)] gap-x-3 gap-y-1.5">
        {job.assetId !== null && (
          <Fact name={words.asset} copied={job.assetId}>
            <Code>{job.assetId}</Code>
          </Fact>
        )}
        <Fact name={words.size}>{sizeOf(job.bytesTotal)}</Fact>
        <Fact name={words.type}>
          <span title={job.mimeType}>{kindOfFile(job.name, job.mimeType)}</span>
        </Fact>
        {job.sha256 !== null && (
          <Fact name={words.sha256} copied={job.sha256}>
            <code dir="ltr" className="font-mono text-xs">
              {inGroups(job.sha256).join(' ')}
            </code>
          </Fact>
        )}
        {expiresAt !== null && <Fact name={words.linkValid}>{words.until(dateAndTime(expiresAt))}</Fact>}
        <Fact name={words.tries}>{triesOf(job, maxAttempts)}</Fact>
        {job.edge !== null && <Fact name={words.edge}>{job.edge}</Fact>}
        <Fact name={words.added}>{words.addedHow[job.origin](dateAndTime(job.addedAt))}</Fact>
        {job.completedAt !== null && <Fact name={words.done}>{dateAndTime(job.completedAt)}</Fact>}
        <Fact
          name={words.path}
          copied={job.path}
          action={
            showInFolder !== null && (
              <IconButton
                label={words.showInFolder}
                icon={FolderOpen}
                className="size-6"
                onClick={() => void attempt(showInFolder(job.id))}
              />
            )
          }
        >
          <Code>{job.path}</Code>
        </Fact>
      </dl>
    </section>
  );
}

/** What a flow run made of it: objects in stores that Pupload has no way to download. */
export function Artifacts({ artifacts }: { readonly artifacts: readonly Artifact[] }) {
  const heading = useId();
  const copy = useCopyFact();
  if (artifacts.length === 0) return null;
  return (
    <section aria-labelledby={heading} className="rounded-lg border border-line bg-panel px-3.5 py-3">
      <h3 id={heading} className="m-0 mb-1.5 text-ink-2 text-sm font-medium">
        {words.artifacts}
      </h3>
      <ul className="m-0 flex list-none flex-col gap-1.5 p-0">
        {artifacts.map(({ edge, store, object }) => (
          <li key={`${edge} ${store} ${object}`} className="flex items-start gap-1">
            <div className="min-w-0 flex-1">
              {edge}
              <Code isQuiet>{words.artifactPlace(store, object)}</Code>
            </div>
            <IconButton
              label={words.copyObject(edge)}
              icon={Copy}
              className="-me-1.5 size-6"
              onClick={() => copy(words.artifactPlace(store, object), words.artifactPlace(store, object))}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function sizeOf(count: number): string {
  const exact = words.exactBytes(wholeNumber(count));
  return count < 1000 ? exact : words.sizeOf(bytes(count), exact);
}

function triesOf({ attempts, renewals, state }: UploadJob, maxAttempts: number): string {
  const attempt = tryNumber(attempts, maxAttempts, state.name === 'failed' || state.name === 'canceled');
  const tries = isTerminal(state.name) ? wholeNumber(attempt) : words.tryOf(attempt, maxAttempts);
  return renewals === 0 ? tries : `${tries} · ${words.renewedTimes(renewals)}`;
}

function Fact({
  name,
  copied,
  action,
  children,
}: {
  readonly name: string;
  /** What a press copies; absent: nothing worth it. */
  readonly copied?: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  const copy = useCopyFact();
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="m-0 flex min-w-0 items-start gap-1">
        <span className="min-w-0 flex-1 break-words tabular-nums">{children}</span>
        {action}
        {copied !== undefined && (
          <IconButton
            label={words.copyFact(name)}
            icon={Copy}
            className="-my-1 -me-1.5 size-6"
            onClick={() => copy(name, copied)}
          />
        )}
      </dd>
    </>
  );
}

function Code({ children, isQuiet = false }: { readonly children: string; readonly isQuiet?: boolean }) {
  return (
    <code
      dir="ltr"
      className={
        isQuiet ? 'block font-mono text-ink-3 text-xs wrap-anywhere' : 'font-mono text-xs wrap-anywhere'
      }
    >
      {children}
    </code>
  );
}
