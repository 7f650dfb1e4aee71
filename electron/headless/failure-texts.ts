/** What the command line says of failures, and of what holds a destination. Pure. */
import { explainFailure, type Failure } from '#shared/failure.ts';
import type { DestinationView } from '#shared/ipc.ts';
import type { HoistWords } from './hoist-words.ts';
import { type FailureRecord, failureRecord, isPausedWithQueue, type ProgressRecord } from './records.ts';
import { waitText } from './show/amounts.ts';
import { cutEnd, safeLine } from './show/safe-text.ts';

/** "The key was refused. Enter a new key for this destination." */
export const failureText = (failure: Failure | FailureRecord): string => {
  const { reason, hint } = 'reason' in failure ? failure : explainFailure(failure);
  return `${reason} ${hint}`;
};

/** Long enough for what a service has to say, too short for a whole error page. */
const ownWordsColumns = 300;

/** What the service, or the system, said itself; empty where nothing is known. */
export const ownWords = ({ message }: Pick<Failure, 'message'>): string =>
  cutEnd(safeLine(message.replace(/\s+/g, ' ').trim()), ownWordsColumns);

/** The text, and below it the failure's own words, so far in that they stand under the path. */
export function withOwnWords(text: string, failure: Pick<Failure, 'message'> | null, indent: number): string {
  const words = failure === null ? '' : ownWords(failure);
  return words === '' ? text : `${text}\n${' '.repeat(indent)}${words}`;
}

/** A failed command: the two sentences, then the detail. A request that is not valid explains itself. */
export function failureLines(failure: Failure): readonly string[] {
  const detail = ownWords(failure);
  if (failure.code === 'invalid' && detail !== '') return [detail];
  return [
    safeLine(failureText(failure)),
    ...(detail === '' ? [] : [`  ${detail}`]),
    ...(failure.code === 'data-dir-unusable' ? ['  Another directory is named with --data-dir DIR.'] : []),
  ];
}

export const queuePaused = (hoist: HoistWords): string =>
  `The whole queue is paused. Continue with: ${hoist('resume', '--all')}`;
export const destinationPaused = (name: string, hoist: HoistWords): string =>
  `${safeLine(name)} is paused. Continue with: ${safeLine(hoist('resume', '--to', name))}`;

export type HoldRecord = Extract<ProgressRecord, { type: 'held' }>;
type Hold = Omit<HoldRecord, 'type'>;

/** "demo-flora: The service asks us to slow down. Continues in 12 s." */
export function holdText(hold: Hold, now: number, hoist: HoistWords): string {
  const name = safeLine(hold.destination);
  switch (hold.kind) {
    case 'all-paused':
    case 'paused':
      return holdReason(hold, now, hoist);
    case 'blocked':
      return `${name} needs you: ${holdReason(hold, now, hoist)}`;
    default:
      return `${name}: ${holdReason(hold, now, hoist)}`;
  }
}

/** "The service asks us to slow down. Continues in 12 s." */
export function holdReason(hold: Hold, now: number, hoist: HoistWords): string {
  if (hold.kind === 'all-paused') return queuePaused(hoist);
  if (hold.kind === 'paused') return destinationPaused(hold.destination, hoist);
  const { reason, hint } = hold.failure ?? failureRecord(kindAsFailure(hold.kind));
  if (hold.until !== null && hold.until > now) {
    return `${safeLine(reason)} Continues in ${waitText(hold.until - now)}.`;
  }
  return safeLine(`${reason} ${hint}`);
}

/** A hold that nobody gave a failure still has a reason. */
const kindAsFailure = (kind: Exclude<HoldRecord['kind'], 'all-paused' | 'paused'>): Failure => ({
  code: kind === 'blocked' ? 'forbidden' : kind,
  message: '',
  facts: {},
});

/** The hold of a destination as it is told; null where nothing holds it. */
export function holdOf(view: DestinationView): Hold | null {
  const { destination, hold } = view;
  if (hold === null) return null;
  const kind = isPausedWithQueue(view) ? 'all-paused' : hold.kind;
  const failure = hold.failure === null ? null : failureRecord(hold.failure);
  return { destination: destination.name, kind, until: hold.until, failure };
}
