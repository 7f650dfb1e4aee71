/** Measures words in the type of a reason (`text-xs`), remembering them. */
export function createTextMeasure(): (text: string) => number {
  const known = new Map<string, number>();
  const brush = document.createElement('canvas').getContext('2d');
  const root = getComputedStyle(document.documentElement);
  const size = Number.parseFloat(root.getPropertyValue('--text-xs')) * Number.parseFloat(root.fontSize);
  const family = getComputedStyle(document.body).fontFamily;
  if (brush !== null) brush.font = `${size}px ${family}`;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    // A little more than measured: a line too many only costs room.
    const width = brush === null ? text.length * 6.5 : brush.measureText(text).width * 1.02;
    known.set(text, width);
    return width;
  };
}
