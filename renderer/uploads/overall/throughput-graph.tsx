import { useLive } from '../../live/window-context.tsx';
import { duration, speed } from '../../words/amounts.ts';
import { uploadsWords as words } from '../../words/uploads.ts';
import { graphPoints } from './graph-path.ts';

const width = 150;
const height = 32;
/** So many seconds fill the graph at least. */
const leastLength = 30;

const leastPoints = 6;
/** So much of it has to be free for the word. */
const roomForWord = 60;

/** The speed, second by second, as long as this window has seen it; a dashed ground and the word stand where it has not. */
export function ThroughputGraph() {
  const history = useLive((live) => live.history);
  const points = graphPoints(history, Math.max(leastLength, history.length), width, height);
  // Empty ground beside the bar would look broken, and so does a stump at its end.
  if (points.length < leastPoints) return null;
  const [first] = points;
  const seenFrom = first?.[0] ?? width;
  const line = points.map(([x, y]) => `${x},${y}`).join(' ');
  const said = words.overall.graph(
    duration(history.length * 1000),
    speed(history.at(-1) ?? 0),
    speed(Math.max(0, ...history)),
  );
  return (
    <div className="relative shrink-0 self-end @max-[46rem]/all:hidden">
      {seenFrom >= roomForWord && (
        <span aria-hidden className="absolute start-0 bottom-1 text-xs text-ink-3">
          {words.overall.graphName}
        </span>
      )}
      <svg
        role="img"
        aria-label={said}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        className="block rtl:-scale-x-100"
      >
        <title>{said}</title>
        <line
          x1="0"
          x2={seenFrom}
          y1={height - 1}
          y2={height - 1}
          strokeDasharray="2 3"
          className="stroke-edge"
        />
        <polygon points={`${seenFrom},${height} ${line} ${width},${height}`} className="fill-accent-soft" />
        <polyline
          points={line}
          fill="none"
          strokeWidth="1.5"
          strokeLinejoin="round"
          className="stroke-accent"
        />
      </svg>
    </div>
  );
}
