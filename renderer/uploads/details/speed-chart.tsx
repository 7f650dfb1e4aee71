import { useEffect, useId, useRef, useState } from 'react';
import { speed } from '../../words/amounts.ts';
import { detailsWords as words } from '../../words/details.ts';
import { chartPaths } from './chart-paths.ts';

const sampleMs = 1000;
const mostSamples = 60;
const width = 240;
const height = 32;

/** The speed of this file since the pane shows it; nothing before there is a line to draw. */
export function SpeedChart({ bytesPerSecond }: { readonly bytesPerSecond: number | null }) {
  const [samples, setSamples] = useState<readonly number[]>([]);
  const newest = useRef(bytesPerSecond);
  newest.current = bytesPerSecond;
  const gradient = useId();
  useEffect(() => {
    const timer = setInterval(() => {
      const sample = newest.current;
      if (sample !== null) setSamples((before) => [...before, sample].slice(-mostSamples));
    }, sampleMs);
    return () => clearInterval(timer);
  }, []);
  const paths = chartPaths(samples, { width, height, mostSamples });
  if (paths === null) return null;
  return (
    <svg
      role="img"
      aria-label={words.speedChart(speed(paths.lowest), speed(paths.highest))}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="mt-1.5 block h-8 w-full text-accent"
    >
      <defs>
        <linearGradient id={gradient} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="currentColor" stopOpacity="0.3" />
          <stop offset="1" stopColor="currentColor" stopOpacity="0.03" />
        </linearGradient>
      </defs>
      <path d={paths.area} fill={`url(#${gradient})`} />
      <path
        d={paths.line}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
        strokeLinejoin="round"
      />
    </svg>
  );
}
