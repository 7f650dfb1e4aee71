/** Where toasts stand, so that they lie over nothing that a person may want to use. In px of the window. */

/** Between a toast and what it stands beside. */
export const toastGap = 12;
/** As wide as a toast in a corner may be. */
const cornerWidth = 360;

/** Something along the lower edge of the window: the status bar, the bar of a selection. */
export interface Bar {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

export interface Surroundings {
  readonly windowWidth: number;
  readonly windowHeight: number;
  readonly isRightToLeft: boolean;
  /** Of the dialog on top, which stands in the middle; null: none is open. */
  readonly dialogWidth: number | null;
  readonly bars: readonly Bar[];
}

/** In the lower corner at the end of the lines, that far from the edge; or above a dialog, which makes room. */
export type ToastPlace = { readonly edge: 'bottom'; readonly bottom: number } | { readonly edge: 'top' };

/** Beside the dialog, else above it; above the bars that a toast in the corner would lie over. */
export function toastPlace(around: Surroundings): ToastPlace {
  const { windowWidth, windowHeight, dialogWidth } = around;
  const beside = dialogWidth === null ? windowWidth : (windowWidth - dialogWidth) / 2;
  if (beside < cornerWidth + 2 * toastGap) return { edge: 'top' };
  const highest = around.bars
    .filter((bar) => meetsCorner(bar, around))
    .reduce((top, bar) => Math.min(top, bar.top), windowHeight);
  return { edge: 'bottom', bottom: windowHeight - highest + toastGap };
}

function meetsCorner({ left, right }: Bar, { windowWidth, isRightToLeft }: Surroundings): boolean {
  const reach = cornerWidth + 2 * toastGap;
  return isRightToLeft ? left < reach : right > windowWidth - reach;
}
