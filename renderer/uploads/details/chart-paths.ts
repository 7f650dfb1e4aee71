export interface ChartPaths {
  readonly line: string;
  readonly area: string;
  readonly lowest: number;
  readonly highest: number;
}

/** Fewer are no line yet. */
const fewest = 3;
/** Room for the stroke at the top. */
const top = 2;

/** The newest sample at the end, the scale from nothing to the highest; null while there is too little to draw. */
export function chartPaths(
  samples: readonly number[],
  {
    width,
    height,
    mostSamples,
  }: { readonly width: number; readonly height: number; readonly mostSamples: number },
): ChartPaths | null {
  if (samples.length < fewest) return null;
  const highest = Math.max(...samples);
  const step = width / (Math.max(fewest, Math.min(samples.length, mostSamples)) - 1);
  const points = samples.map((sample, index) => {
    const y = highest === 0 ? height : height - (sample / highest) * (height - top);
    return `${round(index * step)} ${round(y)}`;
  });
  const line = `M${points.join('L')}`;
  return {
    line,
    area: `${line}L${round((samples.length - 1) * step)} ${height}L0 ${height}Z`,
    lowest: Math.min(...samples),
    highest,
  };
}

const round = (value: number) => Math.round(value * 10) / 10;
