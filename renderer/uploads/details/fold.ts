/** So many lines are read at a glance. */
const most = 12;
const head = 3;
const tail = 6;

export interface Folded<T> {
  readonly head: readonly T[];
  /** How many are not shown between the two. */
  readonly hidden: number;
  readonly tail: readonly T[];
}

/** Long lists keep their beginning and their end; what is shown first and last says the most. */
export function fold<T>(lines: readonly T[], isOpen: boolean): Folded<T> {
  if (isOpen || lines.length <= most) return { head: lines, hidden: 0, tail: [] };
  return { head: lines.slice(0, head), hidden: lines.length - head - tail, tail: lines.slice(-tail) };
}
