/** What the same thing costs in a small queue and in larger ones. */

import { report } from './report.ts';
import type { Target } from './row.ts';
import { showNumber } from './table.ts';

/** Numbers of one measurement, by the size of the queue. */
export type BySize = ReadonlyMap<number, readonly number[]>;

/** One row for each size but the smallest, as a ratio to the smallest; `most`: what the largest may be at most. */
export function reportGrowth(what: string, unit: string, bySize: BySize, most: number | null): void {
  const [[smallest, peer] = [0, []], ...larger] = [...bySize].sort(([a], [b]) => a - b);
  for (const [index, [size, ours]] of larger.entries()) {
    const isLargest = index === larger.length - 1;
    const target: Target | null =
      most === null || !isLargest ? null : { of: 'ratio', is: 'at-most', value: most };
    report('scale', {
      what: `${what}, ${showNumber(size)} · ${showNumber(smallest)}`,
      unit,
      ours,
      peer,
      target,
    });
  }
}

/** Adds a number to those of a size. */
export function note(bySize: Map<number, readonly number[]>, size: number, value: number): void {
  bySize.set(size, [...(bySize.get(size) ?? []), value]);
}
