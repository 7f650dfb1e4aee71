import { type ReactNode, useMemo } from 'react';
import { useCounts } from '../../live/use-counts.ts';
import { useCountsByDestination } from '../../live/use-counts-by-destination.ts';
import { useLive } from '../../live/window-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { common } from '../../words/common.ts';
import { startOfWorkday } from '../../words/times.ts';
import { uploadsWords as words } from '../../words/uploads.ts';
import { useCoarseNow } from '../list/use-coarse-now.ts';
import { openStates, overallOf, type Segment, segments } from './overall.ts';
import { ThroughputGraph } from './throughput-graph.tsx';

const open = { states: openStates };

const looks: Readonly<Record<Segment, string>> = {
  done: 'bg-ok',
  active: 'bg-accent',
  waiting: 'bg-edge/45',
};

/** How far all of it is. Nothing is shown when nothing moves or waits. */
export function OverallBar() {
  const isBusy = useLive(({ counts }) => counts.byTab.active + counts.byTab.waiting > 0);
  return isBusy ? <Busy /> : null;
}

function Busy() {
  const today = startOfWorkday(useCoarseNow());
  const doneFilter = useMemo(() => ({ states: ['completed' as const], completedAfter: today }), [today]);
  const ofOpen = useCounts(open);
  const doneToday = useCounts(doneFilter);
  const destinations = useLive((live) => live.destinations);
  const heldIds = destinations.flatMap(({ destination, hold }) => (hold === null ? [] : [destination.id]));
  const held = useCountsByDestination(heldIds);
  const throughput = useLive((live) => live.throughput);
  const overall =
    ofOpen === null || doneToday === null
      ? null
      : overallOf({ open: ofOpen, doneToday, held: [...held.values()] }, throughput);
  // Its place is kept from the start: what is below would move under a pointer that is about to press it.
  if (overall === null) return <Bar line={'\u00a0'} />;
  const { files, bytes, speed, rest, waits, legend, notCounted } = overall;
  return (
    <Bar
      title={notCounted === null ? words.overall.since : `${words.overall.since}; ${notCounted.whole}`}
      legend={legend}
      counts={overall.counts}
      line={
        <>
          <bdi className="font-semibold text-ink">{files}</bdi>
          {/* Where there is little room, how long it goes on comes before how much that is. */}
          <bdi className={rest === null ? undefined : '@max-[36rem]:hidden'}>{bytes}</bdi>
          {speed !== null && <bdi className={rest === null ? undefined : '@max-[32rem]:hidden'}>{speed}</bdi>}
          {rest !== null && (
            <bdi>
              {rest}
              {waits !== null && ` ${waits}`}
            </bdi>
          )}
          {notCounted !== null && (
            <span className="ms-auto text-ink-3">
              <bdi className="@max-[45rem]:hidden">{notCounted.whole}</bdi>
              <bdi className="@min-[45rem]:hidden">{notCounted.brief}</bdi>
            </span>
          )}
        </>
      }
    />
  );
}

interface BarProps {
  readonly line: ReactNode;
  readonly title?: string;
  /** Absent: not known yet. */
  readonly legend?: string;
  readonly counts?: Readonly<Record<Segment, number>>;
}

function Bar({ line, title, legend, counts }: BarProps) {
  return (
    <section
      aria-label={words.overall.label}
      title={title}
      className="@container/all flex shrink-0 items-center gap-5 tabular-nums border-line border-b px-4.5 py-2.5"
    >
      <div className="@container min-w-0 flex-1">
        {/* One line: what has no room in it would stand below, and is not seen. The tooltip and the tabs say it, too. */}
        <p className="m-0 flex h-[1.45em] flex-wrap gap-x-3.5 overflow-hidden whitespace-nowrap text-ink-2">
          {line}
        </p>
        <div
          role="img"
          aria-label={legend ?? common.loading}
          title={legend}
          className="mt-1.5 flex h-2 gap-0.5 overflow-hidden rounded-full bg-mute"
        >
          {counts !== undefined &&
            segments
              .filter((segment) => counts[segment] > 0)
              .map((segment) => (
                <span
                  key={segment}
                  className={classNames(
                    'min-w-1 basis-0 transition-[flex-grow] duration-200',
                    looks[segment],
                  )}
                  style={{ flexGrow: counts[segment] }}
                />
              ))}
        </div>
      </div>
      <ThroughputGraph />
    </section>
  );
}
