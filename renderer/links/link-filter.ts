import type { JobFilter } from '#shared/ipc.ts';
import { startOfDay } from '../words/times.ts';

export const dateChoices = ['any', 'today', 'week', 'month', 'own'] as const;
export type DateChoice = (typeof dateChoices)[number];

/** What a person asked of the list. */
export interface Wish {
  readonly search: string;
  /** Null: all. */
  readonly destinationId: string | null;
  readonly date: DateChoice;
  /** `2026-11-03`, as a date field gives it; empty: no end on that side. Only for `own`. */
  readonly from: string;
  readonly until: string;
}

export const noWish: Wish = { search: '', destinationId: null, date: 'any', from: '', until: '' };

/** What the engine takes at most. */
const longestSearch = 512;

/** `today`: any moment of this day, epoch ms. */
export function filterOf(wish: Wish, today: number): JobFilter {
  const search = wish.search.trim().slice(0, longestSearch);
  return {
    tab: 'done',
    ...(search === '' ? {} : { search }),
    ...(wish.destinationId === null ? {} : { destinationId: wish.destinationId }),
    ...timesOf(wish, today),
  };
}

export function isNarrowed(wish: Wish): boolean {
  const filter = filterOf(wish, 0);
  return Object.keys(filter).length > 1;
}

function timesOf(
  { date, from, until }: Wish,
  today: number,
): Pick<JobFilter, 'completedAfter' | 'completedBefore'> {
  switch (date) {
    case 'any':
      return {};
    case 'today':
      return { completedAfter: startOfDay(today) };
    case 'week':
      return { completedAfter: dayFrom(today, -6) };
    case 'month':
      return { completedAfter: dayFrom(today, -29) };
    case 'own':
      return between(readDay(from), readDay(until));
  }
}

/** Both days are part of it, in whichever order they were given. */
function between(from: number | null, until: number | null) {
  const [first, last] = from !== null && until !== null && until < from ? [until, from] : [from, until];
  return {
    ...(first === null ? {} : { completedAfter: first }),
    ...(last === null ? {} : { completedBefore: dayFrom(last, 1) }),
  };
}

/** The beginning of a local day; by the calendar, for days have 23 or 25 hours at times. */
function dayFrom(at: number, days: number): number {
  const date = new Date(startOfDay(at));
  date.setDate(date.getDate() + days);
  return date.getTime();
}

/** The beginning of a local day as a date field names it; null: no such day, or none. */
export function readDay(text: string): number | null {
  const found = /^(\d{4,6})-(\d\d)-(\d\d)$/.exec(text);
  if (found === null) return null;
  const [year = 0, month = 0, day = 0] = found.slice(1).map(Number);
  const date = new Date(year, month - 1, day);
  date.setFullYear(year);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : null;
}

/** The same, without what is completed after a moment. */
export const upTo = (filter: JobFilter, at: number): JobFilter => ({
  ...filter,
  completedBefore: Math.min(filter.completedBefore ?? Number.POSITIVE_INFINITY, at + 1),
});
