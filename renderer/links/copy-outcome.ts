import type { CopiedLink } from '#shared/ipc.ts';
import { copyWords as words } from '../words/copy.ts';
import { dateAndTime, startOfDay, timeOfDay } from '../words/times.ts';
import type { WantedFormat } from './copy-format.ts';

/** What became of one link: it, or why there is none. */
export type CopyResult = { readonly link: CopiedLink } | { readonly reason: string };

export interface CopyOutcome {
  /** What goes to the clipboard; null: nothing. */
  readonly text: string | null;
  readonly count: number;
  readonly title: string;
  /** What else has to be known, in sentences. */
  readonly details: string | undefined;
  readonly tone: 'ok' | 'warn' | 'bad';
}

/** How many reasons are told one by one; the rest is counted. */
const toldReasons = 2;

/** What is copied, and what is said about it. */
export function outcomeOf(results: readonly CopyResult[], format: WantedFormat, now: number): CopyOutcome {
  const links = results.flatMap((result) => ('link' in result ? [result.link] : []));
  const reasons = results.flatMap((result) => ('reason' in result ? [result.reason] : []));
  const [first] = links;
  const details = [
    ...referenceNotes(links, format),
    ...lifeNotes(links, format, now),
    ...leftOut(reasons, links.length),
  ];
  return {
    text: first === undefined ? null : links.map(({ formatted }) => formatted).join('\n'),
    count: links.length,
    title: first === undefined ? words.nothingCopied(results.length) : titleOf(first, links.length, format),
    details: details.length === 0 ? undefined : details.join(' '),
    tone: first === undefined ? 'bad' : reasons.length > 0 ? 'warn' : 'ok',
  };
}

function titleOf(link: CopiedLink, count: number, format: WantedFormat): string {
  if (count > 1) return words.copiedMany(count);
  if (format === 'id') return words.idCopied;
  if (format === 'reference') return link.kind === 'key' ? words.copied.key : words.copied.reference;
  return words.copied[format === 'link' ? link.kind : 'url'];
}

/** Whether the link itself stands in what was copied; an id outlives the address that was signed with it. */
const holdsLink = (format: WantedFormat) =>
  typeof format === 'object' ? format.template.includes('{link}') : format !== 'id' && format !== 'reference';

function lifeNotes(links: readonly CopiedLink[], format: WantedFormat, now: number): readonly string[] {
  const lives = holdsLink(format)
    ? links.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt]))
    : [];
  if (lives.length === 0) return [];
  const end = wordsOfEnd(Math.min(...lives), now);
  return [lives.length === 1 && links.length === 1 ? words.validUntil(end) : words.firstEnds(end)];
}

/** The day only where it is another one. */
export const wordsOfEnd = (at: number, now: number): string =>
  startOfDay(at) === startOfDay(now) ? timeOfDay(at) : dateAndTime(at);

/** Where an address was asked for and the service could not be, its lasting reference was given instead. */
function referenceNotes(links: readonly CopiedLink[], format: WantedFormat): readonly string[] {
  const count = holdsLink(format) ? links.filter(({ kind }) => kind === 'reference').length : 0;
  if (count === 0) return [];
  return [links.length === 1 ? words.onlyReference : words.someReferences(count)];
}

function leftOut(reasons: readonly string[], copied: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  // Where nothing else was wanted, the count says nothing.
  const [only] = reasons;
  if (reasons.length === 1 && copied === 0 && only !== undefined) return [only];
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const rest = sorted.slice(toldReasons).reduce((sum, [, count]) => sum + count, 0);
  return [
    ...sorted.slice(0, toldReasons).map(([reason, count]) => words.leftOut(count, reason)),
    ...(rest > 0 ? [words.moreReasons(rest)] : []),
  ];
}
