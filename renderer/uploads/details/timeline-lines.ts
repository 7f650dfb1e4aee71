import { consequenceOf } from '#shared/failure.ts';
import type { TimelineEntry, UploadJob } from '#shared/job.ts';
import { bytes, percent } from '../../words/amounts.ts';
import { detailsWords as words } from '../../words/details.ts';
import { sayFailure } from '../../words/failures.ts';
import { passed } from '../../words/passed.ts';
import { dateAndTime, startOfDay, timeToTheSecond } from '../../words/times.ts';

/**
 * What a line is: `done` a step that worked, `note` something that merely happened, `warn` what heals by itself or by the
 * person, `bad` a failure, `now` what runs, `rest` what waits, `next` a step to come.
 */
export type LineMark = 'done' | 'note' | 'warn' | 'bad' | 'now' | 'rest' | 'next';

export interface TimelineLine {
  /** The same for the same entry, however many follow. */
  readonly key: string;
  readonly mark: LineMark;
  readonly title: string;
  /** Sentences below the title. */
  readonly details: readonly string[];
  /** Short: a duration and a status, or a time. */
  readonly aside: string | null;
  /** When and where exactly, for those who ask. */
  readonly technical: string | null;
}

type JobFacts = Pick<UploadJob, 'name' | 'bytesTotal' | 'addedAt'>;

/** What happened so far, oldest first: a line for each step, with its notes; a link that was renewed is one line. */
export function pastLines(timeline: readonly TimelineEntry[], job: JobFacts): readonly TimelineLine[] {
  const lines: TimelineLine[] = [];
  let notes: TimelineEntry[] = [];
  const flush = () => {
    for (const note of notes) lines.push(noteLine(note, lines.length, job));
    notes = [];
  };
  for (let index = 0; index < timeline.length; index++) {
    const entry = timeline[index];
    if (entry === undefined) break;
    if (entry.kind === 'noted') {
      notes.push(entry);
      continue;
    }
    // Notes are written together with the step that they belong to.
    if (notes.some(({ at }) => at !== entry.at)) flush();
    const said = notes.flatMap(({ note }) => note ?? []);
    notes = [];
    const key = `${entry.at}-${index}`;
    const renewal = entry.kind === 'expired' ? renewalAfter(timeline, index) : null;
    if (renewal !== null) {
      const between = timeline.slice(index + 1, renewal.index).flatMap(({ note }) => note ?? []);
      lines.push({ key, ...renewedLine(entry, renewal.entry, job, [...said, ...between]) });
      index = renewal.index;
      continue;
    }
    lines.push({ key, ...lineOf(entry, timeline.slice(0, index), job, said) });
  }
  flush();
  return lines;
}

type Line = Omit<TimelineLine, 'key'>;

function renewalAfter(
  timeline: readonly TimelineEntry[],
  index: number,
): { readonly entry: TimelineEntry; readonly index: number } | null {
  let next = index + 1;
  while (timeline[next]?.kind === 'noted') next++;
  const entry = timeline[next];
  return entry?.kind === 'renewed' || entry?.kind === 'reserved' ? { entry, index: next } : null;
}

function renewedLine(
  expired: TimelineEntry,
  renewed: TimelineEntry,
  job: JobFacts,
  notes: readonly string[],
): Line {
  const took = asideOf(renewed);
  return {
    mark: 'warn',
    title: words.renewed,
    details: [...notes, ranOut(expired, job)],
    aside:
      expired.status === undefined || renewed.status === undefined
        ? took
        : `${expired.status} → ${renewed.status}`,
    technical: joined([technicalOf(expired, job), technicalOf(renewed, job)], ' → '),
  };
}

function ranOut({ bytes: sent = 0 }: TimelineEntry, { bytesTotal }: JobFacts): string {
  const share = percent(Math.min(sent, bytesTotal), bytesTotal);
  return sent === 0 || share === 0 ? words.notCounted : `${words.shareSent(share)} ${words.notCounted}`;
}

function lineOf(
  entry: TimelineEntry,
  before: readonly TimelineEntry[],
  job: JobFacts,
  notes: readonly string[],
): Line {
  const said = technicalOf(entry, job);
  const line = (
    mark: LineMark,
    title: string,
    details: readonly string[] = [],
    aside: string | null = asideOf(entry),
  ) => ({
    mark,
    title,
    details: [...details, ...(entry.note === undefined ? [] : [entry.note]), ...notes],
    aside,
    technical: said === aside ? null : said,
  });
  const title = entry.kind === 'sent' || entry.kind === 'noted' ? '' : words.happened[entry.kind];
  const reason = entry.failure === undefined ? [] : [sayFailure(entry.failure, job.name).reason];
  switch (entry.kind) {
    case 'sent':
      return line('done', words.sent(bytes(entry.bytes ?? job.bytesTotal)));
    case 'confirmed':
      // Where no call confirms (Cyberun), the bytes alone make it ready.
      return line('done', isAsked(entry) ? words.confirmedAndReady : words.happened.ready);
    case 'ready':
      return line('done', title, [], readyAside(entry, before));
    case 'reserved':
    case 'renewed':
    case 'processing':
    case 'inspected':
      return line('done', title);
    case 'expired':
      return line('warn', title, [ranOut(entry, job)]);
    case 'doubted':
      return line('warn', title, [words.asksNext]);
    case 'waiting':
      return waitedLine(entry, line, reason);
    case 'failed':
      return line('bad', failedTitle(entry), reason);
    case 'held':
    case 'blocked':
    case 'changed':
      return line('warn', title, reason, troubleAside(entry));
    case 'found':
    case 'settled':
    case 'queued':
      return line('done', title, [], timeToTheSecond(entry.at));
    default:
      return line('note', title, reason, timeToTheSecond(entry.at));
  }
}

function waitedLine(
  { failure, attempt }: TimelineEntry,
  line: (mark: LineMark, title: string, details?: readonly string[]) => Line,
  reason: readonly string[],
): Line {
  if (failure === undefined) return line('note', words.happened.waiting);
  // The service or the network asks for patience; nothing went wrong with this file.
  if (consequenceOf(failure.code) === 'hold') return line('warn', words.happened.held, reason);
  if (failure.code === 'file-changed') return line('warn', words.happened.changed, []);
  return line('bad', words.tryFailed(attempt), reason);
}

function failedTitle({ failure }: TimelineEntry): string {
  const tries = failure?.facts.triesMade;
  return tries === undefined ? words.happened.failed : words.gaveUp(tries);
}

const isAsked = ({ host, status }: TimelineEntry) => host !== undefined || status !== undefined;

/** A request that went well (one for the limits of the service, say) is not what the trouble is about. */
const troubleAside = (entry: TimelineEntry): string =>
  entry.status !== undefined && entry.status < 300 ? timeToTheSecond(entry.at) : asideOf(entry);

/** How long the service took, not how long the last question about it took. */
function readyAside(entry: TimelineEntry, before: readonly TimelineEntry[]): string | null {
  const since = before.findLast(({ kind }) => kind === 'processing');
  return since === undefined ? asideOf(entry) : took(Math.max(0, entry.at - since.at));
}

function noteLine(entry: TimelineEntry, index: number, job: JobFacts): TimelineLine {
  return {
    key: `${entry.at}-note-${index}`,
    mark: 'note',
    title: entry.note ?? '',
    details: [],
    aside: timeToTheSecond(entry.at),
    technical: technicalOf(entry, job),
  };
}

/** "34 ms", "1.7 s", "1 min 2 s": requests are short, so tenths count. */
export function took(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  return ms < 9950 ? `${(ms / 1000).toFixed(1)}\u00a0s` : passed(ms);
}

function asideOf({ durationMs, status, at }: TimelineEntry): string {
  const parts = [
    durationMs === undefined ? null : took(durationMs),
    status === undefined ? null : `HTTP ${status}`,
  ];
  return joined(parts, ' · ') ?? timeToTheSecond(at);
}

function technicalOf({ at, host, requestId, failure }: TimelineEntry, job: JobFacts): string {
  const time = startOfDay(at) === startOfDay(job.addedAt) ? timeToTheSecond(at) : dateAndTime(at);
  const parts = [
    time,
    host ?? null,
    requestId === undefined ? null : words.request(requestId),
    failure?.message ?? null,
  ];
  return joined(parts, ' · ') ?? time;
}

function joined(parts: readonly (string | null)[], between: string): string | null {
  const there = parts.filter((part) => part !== null && part !== '');
  return there.length === 0 ? null : there.join(between);
}
