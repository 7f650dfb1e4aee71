import { formatLink, referenceOf } from '#shared/asset.ts';
import type { Api, CopiedLink } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { FormatChoice } from '../option-values.ts';
import { jsonLine, type ProgressRecord } from '../records.ts';
import type { Display } from '../show/display.ts';
import { safeLines } from '../show/safe-text.ts';
import { recordText } from '../texts.ts';
import type { LedgerEvent } from './ledger.ts';
import { createLinkPrinter } from './link-printer.ts';

/** Tells a person, or a program, what happens to the jobs that a command follows. */
export interface Reporter {
  event(event: LedgerEvent): void;
  /** A sentence for a person; `--json` leaves it out. */
  say(line: string): void;
  /** In which order links go to stdout; `--json` prints as things happen. */
  setOrder(ids: readonly JobId[]): void;
  /** The engine that is asked for links; another one after a new connection. */
  setApi(api: Api): void;
  flush(): Promise<void>;
}

export interface ReporterOptions {
  readonly display: Display;
  readonly isJson: boolean;
  readonly format: FormatChoice;
  readonly now: () => number;
}

export function createReporter({ display, isJson, format, now }: ReporterOptions): Reporter {
  let api: Api | null = null;

  function tell(record: ProgressRecord): void {
    if (isJson) {
      display.answer(jsonLine(record));
      return;
    }
    const text = recordText(record, now());
    if (text !== null) display.say(text);
    if (record.type === 'completed') display.answer(safeLines(record.link));
  }

  const links = createLinkPrinter({
    print: tell,
    copy: async (job) => (await copyLink(api, job, format)) ?? storedLink(job, format),
  });

  return {
    event(event) {
      if (event.type === 'row-completed') links.completed(event.job);
      else {
        tell(event);
        if (event.type === 'failed' || event.type === 'blocked' || event.type === 'canceled') {
          links.ended(event.jobId);
        }
      }
    },
    say(line) {
      if (!isJson) display.say(line);
    },
    setOrder(ids) {
      if (!isJson) links.setOrder(ids);
    },
    setApi(next) {
      api = next;
    },
    flush: () => links.flush(),
  };
}

async function copyLink(api: Api | null, job: UploadJob, format: FormatChoice): Promise<CopiedLink | null> {
  try {
    return (await api?.copyLink(job.id, format)) ?? null;
  } catch {
    return null;
  }
}

/** Without an engine or its service: what is stored works too, or names the asset at least. */
export function storedLink(job: UploadJob, format: FormatChoice): CopiedLink {
  if (job.state.name !== 'completed') throw new TypeError('Only a completed job has a link.');
  const { asset } = job.state;
  const formatted = formatLink(format, {
    link: asset.link,
    linkKind: asset.linkKind,
    name: job.name,
    assetId: asset.id,
    reference: referenceOf(asset),
    mimeType: job.mimeType,
    path: job.path,
    destination: job.destinationName,
    sha256: job.sha256,
  });
  return { text: asset.link, kind: asset.linkKind, expiresAt: asset.linkExpiresAt, formatted };
}
