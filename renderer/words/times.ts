const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const clockSeconds = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const dayAndClock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

export const timeOfDay = (at: number): string => clock.format(at);
export const timeToTheSecond = (at: number): string => clockSeconds.format(at);
export const dateAndTime = (at: number): string => dayAndClock.format(at);
export const fullDate = (at: number): string => full.format(at);

export const dayOf = (at: number): string => day.format(at);

/** Of the day that a person who works into the night still calls today: it ends at 4, and no bar jumps at midnight. */
export const startOfWorkday = (at: number): number => new Date(at - 4 * 3_600_000).setHours(4, 0, 0, 0);

export const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** "just now", "4 min ago", "14:05", "yesterday", "3 Nov", "3 Nov 2025". */
export function ago(at: number, now: number): string {
  const passed = now - at;
  if (passed < 45_000) return 'just now';
  if (passed < 3_570_000) return `${Math.max(1, Math.round(passed / 60_000))} min ago`;
  const today = startOfDay(now);
  if (at >= today) return clock.format(at);
  if (at >= startOfDay(today - 1)) return 'yesterday';
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? day.format(at) : dayAndYear.format(at);
}

/** "09:00"; 24 is the end of the day. */
export const hourOf = (hour: number): string =>
  hour === 24 ? '24:00' : clock.format(new Date(2000, 0, 1, hour));
