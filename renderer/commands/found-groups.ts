import { scoreOf } from './match.ts';

/** What can be chosen in the palette, or found by it. */
export interface Findable {
  /** By which it is found: its name, and words beside it. */
  readonly found: readonly string[];
}

export interface FoundGroup<T> {
  readonly heading: string;
  readonly items: readonly T[];
}

/** What is found, the likeliest first, and first the group that holds it; what is as likely stays in its order. */
export function foundGroups<T extends Findable>(
  groups: readonly FoundGroup<T>[],
  search: string,
): readonly FoundGroup<T>[] {
  return groups
    .map(({ heading, items }) => {
      const scored = items
        .map((item) => ({ item, score: scoreOf(search, item.found) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score);
      return { heading, items: scored.map(({ item }) => item), best: scored[0]?.score ?? 0 };
    })
    .filter(({ items }) => items.length > 0)
    .sort((a, b) => b.best - a.best)
    .map(({ heading, items }) => ({ heading, items }));
}
