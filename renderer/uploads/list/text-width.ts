const mostKnown = 5000;

/** Measures words in the type of a reason (`text-xs`), remembering them. */
function createTextMeasure(): (text: string) => number {
  const known = new Map<string, number>();
  const brush = document.createElement('canvas').getContext('2d');
  const root = getComputedStyle(document.documentElement);
  const size = Number.parseFloat(root.getPropertyValue('--text-xs')) * Number.parseFloat(root.fontSize);
  const family = getComputedStyle(document.body).fontFamily;
  if (brush !== null) brush.font = `${size}px ${family}`;
  // What was measured before the page's own font had come was another one's.
  document.fonts.addEventListener('loadingdone', () => known.clear());
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= mostKnown) known.clear();
    // Where numbers tick, the page writes all digits equally wide, which a canvas cannot; none is wider than a nought.
    const written = text.replace(/\d/g, '0');
    // A little more than measured: a line too many only costs room.
    const width = brush === null ? text.length * 6.5 : brush.measureText(written).width * 1.005;
    known.set(text, width);
    return width;
  };
}

let ofPage: ReturnType<typeof createTextMeasure> | null = null;

/** How wide small words are, in px. */
export function smallTextWidth(text: string): number {
  ofPage ??= createTextMeasure();
  return ofPage(text);
}
