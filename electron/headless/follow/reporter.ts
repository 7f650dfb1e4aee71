import { formatLink, subjectOf } from '#shared/asset.ts';
import type { Api, CopiedLink, EngineNotice } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { Context } from '../context.ts';
import type { HoistWords } from '../hoist-words.ts';
import { type FormatChoice, readFormat } from '../option-values.ts';
import { jsonLine, type ProgressRecord } from '../records.ts';
import type { Display } from '../show/display.ts';
import { safeLines } from '../show/safe-text.ts';
import { recordText } from '../texts.ts';
import { type Standing, waysOnLines } from '../ways-on.ts';
import type { LedgerEvent } from './ledger.ts';
import { createLinkPrinter } from './link-printer.ts';

/** Tells a person, or a program, what happens to the jobs that a command follows. */
export interface Reporter {
  event(event: LedgerEvent): void;
  notice(notice: EngineNotice): void;
  /** A sentence for a person; `--json` leaves it out. */
  say(line: string): void;
  /** In which order links go to stdout; `--json` prints as things happen. */
  setOrder(ids: readonly JobId[]): void;
  /** The engine that is asked for links; another one after a new connection. */
  setApi(api: Api): void;
  flush(): Promise<void>;
  /** What to type to go on with what failed, or waits for a person, of all that was told. */
  waysOn(): readonly string[];
}

export interface ReporterOptions {
  readonly display: Display;
  readonly isJson: boolean;
  /** Null: none was asked for. A person then reads the bare link, a program what is stored. */
  readonly format: FormatChoice | null;
  readonly now: () => number;
  readonly hoist: HoistWords;
}

/** The reporter of a command with `--json` and `--format`. */
export const openReporter = (
  { display, surroundings, hoist }: Context,
  options: { readonly json?: boolean; readonly format?: string },
): Reporter =>
  createReporter({
    display,
    isJson: options.json === true,
    format: readFormat(options.format),
    now: () => surroundings.clock.now(),
    hoist,
  });

export function createReporter({ display, isJson, format, now, hoist }: ReporterOptions): Reporter {
  let api: Api | null = null;

  function tell(record: ProgressRecord): void {
    if (isJson) {
      display.answer(jsonLine(record));
      return;
    }
    const text = recordText(record, now(), hoist);
    if (text !== null) display.say(text);
    if (record.type === 'completed') display.answer(safeLines(record.formatted ?? record.link));
  }

  const links = createLinkPrinter({
    print: tell,
    async copy(job) {
      if (isJson && format === null) return null;
      const wanted = format ?? 'link';
      return (await copyLink(api, job, wanted)) ?? storedLink(job, wanted);
    },
  });
  /** Those that failed or wait, by what was told of them last. */
  const standing = new Map<JobId, Standing>();

  function note(event: LedgerEvent): void {
    if (event.type === 'failed' || event.type === 'blocked') {
      const { jobId, path, destination, failure } = event;
      standing.set(jobId, {
        jobId,
        path,
        destination,
        isFailed: event.type === 'failed',
        code: failure.code,
      });
    } else if (event.type === 'row-completed') standing.delete(event.job.id);
    else if (event.type === 'canceled') standing.delete(event.jobId);
  }

  return {
    event(event) {
      note(event);
      if (event.type === 'row-completed') links.completed(event.job);
      else {
        tell(event);
        if (event.type === 'failed' || event.type === 'blocked' || event.type === 'canceled') {
          links.ended(event.jobId);
        }
      }
    },
    notice: (notice) => tell({ type: 'notice', ...notice }),
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
    waysOn: () => waysOnLines([...standing.values()], hoist),
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
  const formatted = formatLink(format, subjectOf(job, asset));
  return { text: asset.link, kind: asset.linkKind, expiresAt: asset.linkExpiresAt, formatted };
}
