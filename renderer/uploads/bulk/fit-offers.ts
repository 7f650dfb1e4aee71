/** In px of the 13 px type: what the bar takes beside its words. */
const frame = 22;
const gap = 8;
const iconButton = 28;
/** Icon, padding and edges of a button. */
const aroundLabel = 45;
const mostOffers = 4;
/** A sentence that is cut earlier says nothing. */
const whyLeast = 140;
const whyMost = 280;

export interface BarFit {
  /** How many of the actions are buttons; all are in the menu. */
  readonly offers: number;
  readonly hasMenu: boolean;
  /** The room of the sentence under the count; null: there is none. */
  readonly whyWidth: number | null;
}

/**
 * What fits into a bar at most `width` wide, which never cuts the count. `hasWhy`: there is a sentence under it, for which
 * actions go into the menu, all but the first. `measure`: the width of a text in px.
 */
export function fitOffers(
  count: string,
  labels: readonly string[],
  hasWhy: boolean,
  width: number,
  measure: (text: string) => number,
): BarFit {
  let widest: BarFit | null = null;
  const room = width - frame - measure(count) - gap - iconButton;
  for (let offers = Math.min(mostOffers, labels.length); offers >= 0; offers--) {
    const hasMenu = offers < labels.length;
    const buttons = labels
      .slice(0, offers)
      .reduce((sum, label) => sum + gap + aroundLabel + measure(label), hasMenu ? gap + iconButton : 0);
    if (buttons > room && offers > 0) continue;
    const whyRoom = Math.min(whyMost, room - buttons + measure(count));
    const fit = { offers, hasMenu, whyWidth: whyRoom < whyLeast ? null : Math.floor(whyRoom) };
    widest ??= fit;
    if (!hasWhy || fit.whyWidth !== null) return fit;
    if (offers <= 1) break;
  }
  return widest ?? { offers: 0, hasMenu: true, whyWidth: null };
}
