import { HardDriveUpload, type LucideIcon, TriangleAlert, UploadCloud } from 'lucide-react';
import { Fragment } from 'react';
import type { DestinationView, KindDescription } from '#shared/ipc.ts';
import { ServiceMark } from '../../destinations/service-mark.tsx';
import { useLive } from '../../live/window-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { offeredDestinations, targetDestination } from '../../uploads/add-files.ts';
import { dropWords as words } from '../../words/drop.ts';
import type { Dragged } from './dragged.ts';
import { placeOf, warningOf } from './place.ts';

/** More would be too small to aim at; the others are chosen with Alt. */
const mostOthers = 4;
/** They are aimed at from far: on a large screen they are larger. */
const largeIcon = 'size-9 min-[120rem]:size-14';
const largeText = 'text-2xl min-[120rem]:text-[2.5rem]/12';

export interface DropZonesProps {
  readonly dragged: Dragged;
  readonly overId: string | null;
  readonly isChoosing: boolean;
  readonly kinds: readonly KindDescription[];
}

/** Covers the window while files are over it: the target in the middle, the other destinations beside it. */
export function DropZones({ dragged, overId, isChoosing, kinds }: DropZonesProps) {
  const destinations = useLive((live) => live.destinations);
  const settings = useLive((live) => live.settings);
  const target = targetDestination({ destinations, settings });
  if (target === null) return <NoZone title={words.noDestination} />;
  if (isChoosing) return <Frame icon={HardDriveUpload} title={words.choose(dragged.count)} />;

  const others = offeredDestinations({ destinations }).filter((view) => view !== target);
  const shown = others.slice(0, mostOthers);
  const zone = (view: DestinationView, isLarge: boolean) => (
    <Zone
      key={view.destination.id}
      view={view}
      isLarge={isLarge}
      isOver={(overId ?? target.destination.id) === view.destination.id}
      title={isLarge ? words.title(dragged.count, placeOf(view)) : placeOf(view)}
      warning={warningOf(view, dragged.types, kinds, settings?.isPaused === true)}
    />
  );
  return (
    <div className="fixed inset-0 z-50 flex flex-col gap-3 bg-canvas p-4">
      {zone(target, true)}
      {shown.length > 0 && (
        // Signs, names and warnings stand in lines of their own, across all of them. Long ones make the large place smaller.
        <div className="grid min-h-[min(30%,11.25rem)] shrink-0 auto-cols-fr grid-flow-col grid-rows-[1fr_auto_auto_auto_1fr] gap-x-3">
          {shown.map((view) => zone(view, false))}
        </div>
      )}
      <p className="m-0 text-center text-ink-2 text-sm min-[120rem]:text-lg">
        {others.length > shown.length ? words.more(others.length - shown.length) : words.altHint}
      </p>
    </div>
  );
}

interface ZoneProps {
  readonly view: DestinationView;
  readonly isLarge: boolean;
  readonly isOver: boolean;
  readonly title: string;
  readonly warning: string | null;
}

const sentenceEnd = /(?<=[.!?]) /;

function Zone({ view, isLarge, isOver, title, warning }: ZoneProps) {
  const { id, kind } = view.destination;
  const over = warning === null ? 'border-accent bg-accent-soft' : 'border-warn bg-warn-soft';
  return (
    <div
      data-drop-zone={id}
      data-is-over={isOver}
      className={classNames(
        'min-h-0 min-w-0 overflow-hidden rounded-xl border-2 border-dashed text-center',
        isLarge
          ? 'flex flex-1 flex-col items-center justify-center gap-2 p-3'
          : 'row-span-5 grid grid-rows-subgrid justify-items-center px-3 py-2',
        isOver ? over : 'border-edge bg-panel',
      )}
    >
      {isLarge ? (
        <UploadCloud
          aria-hidden
          className={classNames(largeIcon, warning === null ? 'text-accent-ink' : 'text-warn')}
        />
      ) : (
        <span className="row-start-2 mb-1.5">
          <ServiceMark kind={kind} />
        </span>
      )}
      <span
        className={classNames(
          'max-w-full break-words font-semibold',
          isLarge ? largeText : 'row-start-3 text-base min-[120rem]:text-xl',
        )}
      >
        {title}
      </span>
      {warning !== null && (
        <span
          className={classNames(
            'max-w-full break-words text-balance text-warn min-[120rem]:text-lg',
            !isLarge && 'row-start-4 mt-1 text-sm',
          )}
        >
          {warning.split(sentenceEnd).map((sentence, index) => (
            // Each on a line of its own, unless there is room for more.
            <Fragment key={sentence}>
              {index > 0 && ' '}
              <span className="inline-block">
                {index === 0 && (
                  <>
                    <TriangleAlert aria-hidden size={15} className="inline-block align-[-0.2em]" />
                    {/* A margin would be on the wrong side where the page runs from right to left and its words do not. */}
                    {'\u00a0'}
                  </>
                )}
                {sentence}
              </span>
            </Fragment>
          ))}
        </span>
      )}
    </div>
  );
}

/** Covers the window while files are over it that nobody can take. */
export function NoZone({ title }: { readonly title: string }) {
  return <Frame icon={TriangleAlert} title={title} isWarning />;
}

function Frame({
  icon: Icon,
  title,
  isWarning = false,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly isWarning?: boolean;
}) {
  return (
    <div className="fixed inset-0 z-50 flex bg-canvas p-4">
      <div
        className={classNames(
          'flex flex-1 flex-col items-center justify-center gap-3 rounded-xl border-2 border-dashed p-4 text-center',
          isWarning ? 'border-warn bg-warn-soft text-warn' : 'border-accent bg-accent-soft',
        )}
      >
        <Icon aria-hidden className={classNames(largeIcon, !isWarning && 'text-accent-ink')} />
        <span className={classNames('font-semibold', largeText)}>{title}</span>
      </div>
    </div>
  );
}
