import { Copy, ExternalLink, Upload } from 'lucide-react';
import { useId } from 'react';
import type { Asset } from '#shared/asset.ts';
import { ContractError } from '#shared/ipc.ts';
import { isTerminal, type UploadJob } from '#shared/job.ts';
import { copyFormatEntries, copyLinks, defaultFormat } from '../../links/copy-link.ts';
import { ShownAs } from '../../links/shown-link.tsx';
import { attempt } from '../../live/attempt.ts';
import { useNow } from '../../live/use-now.ts';
import { useLive, useWindow } from '../../live/window-context.tsx';
import { WhileRunning } from '../../shell/while-running.tsx';
import { Button } from '../../ui/button.tsx';
import { ActionMenu } from '../../ui/menu.tsx';
import { Pill } from '../../ui/pill.tsx';
import { toast } from '../../ui/toasts.tsx';
import { countdown } from '../../words/amounts.ts';
import { detailsWords as words } from '../../words/details.ts';
import { canBeOpened, copiedKind, hasRunOut } from './link-facts.ts';

/** The link with its kind, its life, and the ways to take it; before there is one, what it will be. */
export function LinkBox({ job }: { readonly job: UploadJob }) {
  const heading = useId();
  const { state } = job;
  if (state.name !== 'completed' && isTerminal(state.name)) return null;
  return (
    <section aria-labelledby={heading} className="rounded-lg border border-line bg-panel px-3.5 py-3">
      <div className="flex min-h-5 items-center justify-between gap-2">
        <h3 id={heading} className="m-0 text-ink-2 text-sm font-medium">
          {words.link}
        </h3>
        {/* Where the text below says itself what it is, a second kind beside it would contradict it. */}
        {state.name === 'completed' && copiedKind(state.asset) === state.asset.linkKind && (
          <Pill tone="neutral">{words.linkKinds[state.asset.linkKind]}</Pill>
        )}
      </div>
      {state.name === 'completed' ? (
        <ReadyLink job={job} asset={state.asset} />
      ) : (
        <p className="mt-1 mb-0 text-ink-2 text-sm">{words.comes[job.kind]}</p>
      )}
    </section>
  );
}

function ReadyLink({ job, asset }: { readonly job: UploadJob; readonly asset: Asset }) {
  const context = useWindow();
  const settings = useLive((live) => live.settings);
  const now = useNow(asset.linkExpiresAt !== null);
  if (hasRunOut(asset, now)) return <RunOut job={job} />;
  const entries = copyFormatEntries(
    (format) => void copyLinks(context, [job.id], format),
    settings,
    copiedKind(asset),
  );
  const open = async () => {
    const link = await attempt(context.api.copyLink(job.id, 'link'));
    if (link !== null) await attempt(context.host.openLink(job.id, link.text));
  };
  return (
    <>
      <div className="mt-1.5 flex flex-col gap-1">
        <ShownAs asset={asset} />
        <p dir="ltr" className="m-0 line-clamp-2 font-mono text-sm wrap-anywhere" title={asset.link}>
          {asset.link}
        </p>
      </div>
      <Life asset={asset} now={now} />
      <div className="mt-2.5 flex flex-wrap gap-2">
        <WhileRunning>
          <Button icon={Copy} onClick={() => void copyLinks(context, [job.id], defaultFormat(settings))}>
            {words.copy}
          </Button>
          <ActionMenu entries={entries}>
            <Button>{words.copyAs}</Button>
          </ActionMenu>
          {canBeOpened(asset) && (
            <Button icon={ExternalLink} onClick={() => void open()}>
              {words.open}
            </Button>
          )}
        </WhileRunning>
      </div>
    </>
  );
}

function Life({ asset, now }: { readonly asset: Asset; readonly now: number }) {
  const isFor = words.isFor[asset.linkKind];
  const sentences = [...(isFor === null ? [] : [isFor]), ...(asset.hasFreshUrl ? [words.signedAnew] : [])];
  if (sentences.length === 0 && asset.linkExpiresAt === null) return null;
  return (
    <p className="mt-1 mb-0 text-ink-3 text-sm">
      {sentences.join(' ')}{' '}
      {asset.linkExpiresAt !== null && (
        <span className="tabular-nums">
          {words.linkEnds} {countdown(asset.linkExpiresAt - now)}.
        </span>
      )}
    </p>
  );
}

function RunOut({ job }: { readonly job: UploadJob }) {
  const { api } = useWindow();
  async function uploadAgain(): Promise<void> {
    const { path, edge, destinationId } = job;
    const report = await attempt(
      api
        .addFiles([path], {
          destinationId,
          isForced: true,
          ...(edge === null ? {} : { edges: [{ edge, path }] }),
        })
        .then((added) => {
          const refused = added.files.find(({ failure }) => failure !== null)?.failure;
          if (refused != null) throw new ContractError(refused);
          return added;
        }),
    );
    if (report !== null) toast({ title: words.goesAgain, text: job.name, tone: 'ok' });
  }
  return (
    <>
      <p className="mt-1 mb-2.5 text-sm text-warn">{words.linkEnded}</p>
      <WhileRunning>
        <Button icon={Upload} onClick={() => void uploadAgain()}>
          {words.uploadAgain}
        </Button>
      </WhileRunning>
    </>
  );
}
