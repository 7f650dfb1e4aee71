import { CircleX, Unplug } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { explainFailure } from '#shared/failure.ts';
import { copyFormatEntries } from '../links/copy-link.ts';
import { useIsGone } from '../live/use-is-gone.ts';
import { useJobList, useLive, useWindow } from '../live/window-context.tsx';
import { showDetails, type TabName, useNavigation } from '../shell/navigation.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FloatingMenu } from '../ui/menu.tsx';
import { uploadsWords as words } from '../words/uploads.ts';
import { Announcer } from './announcer.tsx';
import { BulkBar } from './bulk/bulk-bar.tsx';
import { useBulk } from './bulk/use-bulk.ts';
import { Chips } from './chips.tsx';
import { onlyJob } from './chosen.ts';
import { DetailsSide } from './details/details-side.tsx';
import { EmptyList } from './empty-list.tsx';
import { UploadsHead } from './head/uploads-head.tsx';
import { JobGrid } from './list/job-grid.tsx';
import { SettlingRows } from './list/settling-rows.tsx';
import { useDoublePress } from './list/use-double-press.ts';
import { useSettling } from './list/use-settling.ts';
import { filterOf, queryOf } from './list-query.ts';
import { startList, useActiveJob, useListState } from './list-state.ts';
import { OverallBar } from './overall/overall-bar.tsx';
import { useHidden, useHidesAll } from './removal.ts';
import { copyChosen } from './run-bulk.ts';
import { isEmpty } from './selection.ts';
import { Tabs } from './tabs.tsx';
import { useUploadsCommands } from './use-uploads-commands.ts';
import { useViewOptions } from './view-options.ts';

const closeDetails = () => showDetails(null);

/** The queue: the main screen. */
export function UploadsPage() {
  const tab = useNavigation(({ page }) => (page.name === 'uploads' ? page.tab : 'all'));
  const detailsId = useNavigation((navigation) => navigation.detailsId);
  const search = useRef<HTMLInputElement>(null);
  return (
    <>
      <div className="relative flex min-h-0 flex-1">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col [@media(max-height:32rem)]:overflow-y-auto [@media(max-height:32rem)]:scroll-pb-12">
          <div className="@container">
            <UploadsHead search={search} />
          </div>
          <Tabs tab={tab}>
            <OverallBar />
            <Chips />
            <List tab={tab} search={search} />
          </Tabs>
        </div>
        {detailsId !== null && <DetailsSide id={detailsId} onClose={closeDetails} />}
      </div>
      <Announcer />
    </>
  );
}

function List({
  tab,
  search,
}: {
  readonly tab: TabName;
  readonly search: React.RefObject<HTMLInputElement | null>;
}) {
  const context = useWindow();
  const doublePress = useDoublePress();
  const narrowing = useNavigation((navigation) => navigation.narrowing);
  const sort = useViewOptions((options) => options.sort);
  const density = useLive(({ settings }) => settings?.density ?? 'comfortable');
  const filter = useMemo(() => filterOf(tab, narrowing), [tab, narrowing]);
  const query = useMemo(() => queryOf(filter, tab, sort), [filter, tab, sort]);
  const { list, view } = useJobList(query);
  const isGone = useIsGone();
  const hides = useHidden();
  const hidesAll = useHidesAll(filter);
  const bulk = useBulk(filter);
  const settling = useSettling(tab === 'waiting' || tab === 'all');
  const [isCopyingAs, setIsCopyingAs] = useState(false);
  const section = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins with nothing selected.
  useEffect(startList, [filter]);
  useUploadsCommands({ bulk, search, copyAs: useCallback(() => setIsCopyingAs(true), []) });

  const isNone = view.total === 0 || (view.total !== null && hidesAll);
  const formats = copyFormatEntries((format) => {
    const job = useActiveJob.getState().job;
    const hasSelection = !isEmpty(useListState.getState().selection);
    const chosen = hasSelection ? bulk.chosen : job === null ? null : onlyJob(job.id);
    if (chosen !== null) void copyChosen(context, chosen, format);
  }, context.live.getState().settings);
  return (
    <div ref={section} {...doublePress} className="relative flex min-h-40 flex-1 flex-col">
      <SettlingRows files={settling} />
      {view.total === null && isGone ? (
        <EmptyState icon={Unplug} title={words.empty.gone} text={words.empty.goneText} />
      ) : view.total === null && view.failure !== null ? (
        <EmptyState
          icon={CircleX}
          title={words.empty.failure}
          text={`${explainFailure(view.failure).reason} ${explainFailure(view.failure).hint}`}
        />
      ) : isNone ? (
        settling.length === 0 && <EmptyList tab={tab} />
      ) : (
        <JobGrid
          query={query}
          tab={tab}
          list={list}
          view={view}
          isCompact={density === 'compact'}
          hides={hides}
          selectionMenu={bulk.menu}
          hasPageMenu={isCopyingAs}
        />
      )}
      {!isNone && <BulkBar bulk={bulk} />}
      <FloatingMenu
        entries={formats}
        anchor={isCopyingAs ? copyAnchor(section.current) : null}
        returnTo={() => section.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]') ?? null}
        onClose={() => setIsCopyingAs(false)}
      />
    </div>
  );
}

/** The row that has the focus; else the list. */
const copyAnchor = (list: HTMLElement | null): Element | null =>
  list?.querySelector('[data-row][tabindex="0"] [data-action="menu"]') ?? list;
