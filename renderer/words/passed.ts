import { duration } from './amounts.ts';

const second = 1000;
const minute = 60 * second;

/** "42 s", "1 min 2 s", "12 min": how long something took, to the second as long as seconds count. */
export function passed(ms: number): string {
  const rounded = Math.round(ms / second) * second;
  if (rounded < minute || rounded >= 10 * minute) return duration(ms);
  const rest = rounded % minute;
  const minutes = `${Math.floor(rounded / minute)}\u00a0min`;
  return rest === 0 ? minutes : `${minutes}\u00a0${duration(rest)}`;
}
