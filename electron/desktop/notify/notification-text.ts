/** What a notification says and where a click on it leads. Pure. */
import type { JobId } from '#shared/job.ts';
import type { Settings } from '#shared/settings.ts';
import { places } from '../places.ts';
import { notifyWords as words } from '../words.ts';
import type { Blocked, Fate, Told } from './batch.ts';

export interface NotificationText {
  /** One of each is shown at a time: a later one takes the place of the earlier one. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly place: string;
  /** Whose links a button offers; none: no button. */
  readonly links: readonly JobId[];
}

const placeOf: Readonly<Record<Fate, string>> = {
  finished: places.done,
  'needs-you': places.needsYou,
  failed: places.failed,
};

/** Null where the person does not want to be told of it. */
export function textOfTold(told: Told, may: Settings['notifications']): NotificationText | null {
  const isWanted = told.fate === 'finished' ? may.completed : may.problems;
  if (!isWanted || told.count === 0) return null;
  const names = told.examples.map(({ name }) => name);
  const titles = { finished: words.finished, 'needs-you': words.needYou, failed: words.failed };
  const lines = [
    words.names(told.count, names),
    told.failure === null ? '' : words.reason(told.failure),
    told.fate === 'finished' && told.destination !== null ? words.to(told.destination) : '',
  ];
  return {
    id: `hoist.${told.fate}`,
    title: titles[told.fate](told.count, names),
    body: lines.filter((line) => line !== '').join('\n'),
    place: placeOf[told.fate],
    links: told.fate === 'finished' ? told.ids : [],
  };
}

export function textOfBlocked(
  { id, name, failure }: Blocked,
  may: Settings['notifications'],
): NotificationText | null {
  if (!may.problems) return null;
  return {
    id: `hoist.blocked.${id}`,
    title: words.blocked(name),
    body: failure === null ? '' : words.reason(failure),
    place: places.destination(id),
    links: [],
  };
}
