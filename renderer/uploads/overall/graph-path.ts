/** Points of a graph for SVG: oldest at the start, in a box of `width` by `height`; the top is the most ever seen in it. */
export function graphPoints(
  history: readonly number[],
  length: number,
  width: number,
  height: number,
): readonly (readonly [number, number])[] {
  if (history.length < 2) return [];
  const most = Math.max(...history, 1);
  const step = width / (length - 1);
  const begin = width - (history.length - 1) * step;
  return history.map((value, index) => [
    round(begin + index * step),
    round(height - (value / most) * (height - 1)),
  ]);
}

const round = (value: number) => Math.round(value * 10) / 10;
