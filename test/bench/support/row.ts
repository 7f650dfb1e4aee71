/** One line of the table that `npm run bench` prints: ours, the peer's, their ratio, and what was aimed at. */

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** `ratio`: ours by the peer's, round by round. `ours`: our own number, where the target is an absolute one. */
export interface Target {
  readonly of: 'ratio' | 'ours';
  readonly is: 'at-least' | 'at-most';
  readonly value: number;
}

/** What a measurement found: one number per round and side. */
export interface Measured {
  /** What is measured, short: `engine over https, against curl -T`. */
  readonly what: string;
  readonly unit: string;
  readonly ours: readonly number[];
  /** Null where there is nobody to compare with. */
  readonly peer: readonly number[] | null;
  readonly target: Target | null;
}

/** A measurement that could not be made here, and why. */
export interface NotMeasured {
  readonly what: string;
  readonly why: string;
}

export interface Row {
  readonly what: string;
  readonly unit: string;
  readonly ours: Spread | null;
  readonly peer: Spread | null;
  readonly ratio: Spread | null;
  readonly target: Target | null;
  /** Null where there is no target. */
  readonly isMet: boolean | null;
  /** Why there are no numbers; null where there are. */
  readonly notMeasured: string | null;
  /** Runnable processes, averaged over the last minute: of a machine with other work, no number is to be believed. */
  readonly load: number;
}

export function spreadOf(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [min = Number.NaN] = sorted;
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return { min, median: (lower + upper) / 2, max: sorted.at(-1) ?? Number.NaN };
}

export function rowOf(measured: Measured | NotMeasured, load: number): Row {
  if ('why' in measured) {
    const nothing = { ours: null, peer: null, ratio: null, target: null, isMet: null };
    return { what: measured.what, unit: '', ...nothing, notMeasured: measured.why, load };
  }
  const { what, unit, target } = measured;
  const ours = spreadOf(measured.ours);
  const peer = measured.peer === null ? null : spreadOf(measured.peer);
  const ratio =
    measured.peer === null
      ? null
      : spreadOf(measured.ours.map((value, round) => value / (measured.peer?.[round] ?? Number.NaN)));
  const judged = target?.of === 'ratio' ? ratio : ours;
  return {
    what,
    unit,
    ours,
    peer,
    ratio,
    target,
    isMet: target === null || judged === null ? null : isMet(judged.median, target),
    notMeasured: null,
    load,
  };
}

/** A number that is none meets nothing. */
function isMet(value: number, { is, value: wanted }: Target): boolean {
  return is === 'at-least' ? value >= wanted : value <= wanted;
}
