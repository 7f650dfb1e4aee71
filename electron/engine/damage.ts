/** What a person is told of a damaged queue: what happened, where it is kept, what took its place, what to do. */
import type { OpenReport } from '#ports/journal.ts';
import { explainFailure, failure } from '#shared/failure.ts';

/** At opening. `leavesWhatIsThere`: a watched folder takes what it holds now for old. */
export function replacedText(opened: OpenReport, leavesWhatIsThere: boolean): string | null {
  const { movedAside, reason, openedAs, copyMadeAt } = opened;
  if (movedAside === null) return null;
  const kept = `${reason ?? 'The file that holds the queue could not be used.'} It is kept as ${movedAside}.`;
  if (openedAs === 'restored') {
    const made = copyMadeAt === undefined ? 'The last copy' : `The copy of ${minuteOf(copyMadeAt)}`;
    return `${kept} ${made} took its place. What came later is not in it: files that were given since then and are not up must be given again. Watched folders find theirs by themselves.`;
  }
  if (openedAs === 'replaced') {
    const folders = leavesWhatIsThere
      ? ' Watched folders take what they hold now for old: upload it by name where it is not up yet.'
      : '';
    return `${kept} There was no copy of it, so the queue begins empty: give again what was not up yet.${folders}`;
  }
  return `${kept} Look through the list, and give again what is missing.`;
}

/** While it is in use. */
export function metText(finding: string): string {
  const { reason, hint } = explainFailure(failure('queue-damaged'));
  return `${reason} ${hint} Until then nothing more is taken (${finding}).`;
}

const minuteOf = (at: number) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
