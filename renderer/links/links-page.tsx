import { useMemo, useRef } from 'react';
import type { JobListQuery } from '../live/job-list.ts';
import { useJobList } from '../live/window-context.tsx';
import { showDetails, useNavigation } from '../shell/navigation.ts';
import { PageHead } from '../shell/page-head.tsx';
import { DetailsSide } from '../uploads/details/details-side.tsx';
import { useHidden } from '../uploads/removal.ts';
import { linkWords as words } from '../words/links.ts';
import { FilterBar } from './filter-bar.tsx';
import { LinkDialogs } from './link-dialogs.tsx';
import { countOf } from './link-selection.ts';
import { LinksBody } from './links-body.tsx';
import { type Links, LinksProvider } from './links-context.tsx';
import { SelectionLine } from './selection-line.tsx';
import { shownRows } from './shown-rows.ts';
import { useLinkCommands } from './use-link-commands.ts';
import { useLinkDoings } from './use-link-doings.ts';
import { useLinkFilter } from './use-link-filter.ts';
import { useLinkSelection } from './use-link-selection.ts';

const closeDetails = () => showDetails(null);

/** Everything that was completed, and its links. */
export function LinksPage() {
  const filter = useLinkFilter();
  const query = useMemo<JobListQuery>(
    () => ({ filter: filter.filter, sort: 'completed', direction: 'descending' }),
    [filter.filter],
  );
  const { list, view } = useJobList(query);
  const hides = useHidden();
  const rows = useMemo(() => shownRows(view, hides), [view, hides]);
  const selection = useLinkSelection(rows, filter.filter);
  const selected = countOf(selection.selection, rows.total ?? 0);
  const { doings, dialog, closeDialog } = useLinkDoings({ rows, filter: filter.filter, selection, selected });
  const links: Links = { filter, list, rows, selection, selected, doings };

  const searchField = useRef<HTMLInputElement>(null);
  const copyAs = useRef<HTMLButtonElement>(null);
  useLinkCommands({ links, searchField, copyAs });
  const detailsId = useNavigation((navigation) => navigation.detailsId);

  return (
    <LinksProvider value={links}>
      <div className="relative flex min-h-0 flex-1">
        <div className="relative flex min-h-0 min-w-0 flex-1 flex-col low:overflow-y-auto">
          <div className="@container shrink-0">
            <PageHead title={words.title} isFull>
              <FilterBar searchField={searchField} />
            </PageHead>
          </div>
          <SelectionLine copyAs={copyAs} />
          <LinksBody failure={view.failure} />
        </div>
        {detailsId !== null && <DetailsSide id={detailsId} onClose={closeDetails} />}
      </div>
      <LinkDialogs dialog={dialog} onClose={closeDialog} />
    </LinksProvider>
  );
}
