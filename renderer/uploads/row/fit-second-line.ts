/** In px of the 13 px type. */
const gap = 6;
/** On each side of the arrow, which has some room of its own. */
const arrowGap = 4;
const sign = 11;
const aroundChip = 12;
/** A name that is cut shorter says nothing. */
const originLeast = 96;
const targetLeast = 110;

export interface SecondLineParts {
  readonly origin: string;
  readonly isFolder: boolean;
  readonly target: string;
  /** Null: a column says it. */
  readonly size: string | null;
  /** In full and in short; null: it was not renewed. */
  readonly renewed: { readonly long: string; readonly short: string } | null;
}

export interface SecondLineFit {
  /** In px, how short it may be cut; null: there is no room for it. */
  readonly originLeast: number | null;
  /** The sign of a folder stands before it: in all rows of a list, or in none. */
  readonly hasSign: boolean;
  readonly hasSize: boolean;
  readonly renewed: string | null;
}

/**
 * What of it has room in `width`, given up one after the other: the long word for a renewal, where it came from, the size.
 * Where it goes and that it was renewed stay. `measure`: the width of a text in px.
 */
export function fitSecondLine(
  parts: SecondLineParts,
  width: number,
  measure: (text: string) => number,
): SecondLineFit {
  const { origin, isFolder, target, size, renewed } = parts;
  const least = Math.min(originLeast, measure(origin));
  // Names would begin here and there if it were left out row by row. Where a column says the size there is room for it.
  const hasSign = isFolder && size === null;
  const ofSign = hasSign ? sign + gap : 0;
  const ofOrigin = least + arrowGap + sign + arrowGap;
  const ofTarget = Math.min(targetLeast, measure(target));
  const ofSize = size === null ? 0 : gap + measure(size);
  const ofChip = (text: string | null) => (text === null ? 0 : gap + aroundChip + measure(text));
  const [long, short] = [renewed?.long ?? null, renewed?.short ?? null];
  const withOrigin = ofSign + ofOrigin + ofTarget + ofSize;
  if (withOrigin + ofChip(short) <= width) {
    const chip = withOrigin + ofChip(long) <= width ? long : short;
    return { originLeast: least, hasSign, hasSize: size !== null, renewed: chip };
  }
  const hasSize = size !== null && ofTarget + ofSize + ofChip(short) <= width;
  return { originLeast: null, hasSign: false, hasSize, renewed: short };
}
