/** Where a section begins, in px from the upper edge of what scrolls. */
export interface SectionTop {
  readonly id: string;
  readonly top: number;
}

/** How far below the upper edge, in px, a section may begin and still be the one that is read. */
const readFrom = 48;

/**
 * The section that is read: the last that began above the line. At the beginning it is the first, and at the very end the
 * last, which cannot come that far up. Where there is room sections stand in several columns: of those that begin side by
 * side, the first.
 */
export function currentSection(
  sections: readonly SectionTop[],
  scrolled: 'not' | 'some' | 'all',
): string | null {
  const [first] = sections;
  if (first === undefined) return null;
  if (scrolled === 'not') return first.id;
  const line = scrolled === 'all' ? Number.POSITIVE_INFINITY : readFrom;
  return sections.reduce(
    (best, section) => (section.top <= line && section.top > best.top + 1 ? section : best),
    first,
  ).id;
}
