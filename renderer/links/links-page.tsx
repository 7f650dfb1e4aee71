import { useMemo, useRef } from 'react';
import type { JobListQuery } from '../live/job-list.ts';
import { useJobList } from '../live/window-context.tsx';
import { showDetails, useNavigation } from '../shell/navigation.ts';
import { PageHead } from '../shell/page-head.tsx';
import { DetailsPane } from '../uploads/details/details-pane.tsx';
import { linkWords as words } from '../words/links.ts';
import { FilterBar } from './filter-bar.tsx';
import { LinkDialogs } from './link-dialogs.tsx';
import { countOf } from './link-selection.ts';
import { LinksBody } from './links-body.tsx';
import { type Links, LinksProvider } from './links-context.tsx';
import { useRemovedLinks } from './removed-links.ts';
import { SelectionLine } from './selection-line.tsx';
import { shownRows } from './shown-rows.ts';
import { useLinkCommands } from './use-link-commands.ts';
import { useLinkDoings } from './use-link-doings.ts';
import { useLinkFilter } from './use-link-filter.ts';
import { useLinkSelection } from './use-link-selection.ts';

/** Everything that was completed, and its links. */
export function LinksPage() {
  const filter = useLinkFilter();
  const query = useMemo<JobListQuery>(
    () => ({ filter: filter.filter, sort: 'completed', direction: 'descending' }),
    [filter.filter],
  );
  const { list, view } = useJobList(query);
  const hidden = useRemovedLinks();
  const rows = useMemo(() => shownRows(view, hidden), [view, hidden]);
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
      <div className="flex min-h-0 flex-1">
        <section className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto">
          <PageHead title={words.title}>
            <FilterBar searchField={searchField} />
          </PageHead>
          <SelectionLine copyAs={copyAs} />
          <LinksBody failure={view.failure} />
        </section>
        {detailsId !== null && <DetailsPane id={detailsId} onClose={() => showDetails(null)} />}
      </div>
      <LinkDialogs dialog={dialog} onClose={closeDialog} />
    </LinksProvider>
  );
}
