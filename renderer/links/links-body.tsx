import { CircleAlert, Link2, ListFilter, SearchX } from 'lucide-react';
import { explainFailure, type Failure } from '#shared/failure.ts';
import { goTo } from '../shell/navigation.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { common } from '../words/common.ts';
import { linkWords as words } from '../words/links.ts';
import { isNarrowed } from './link-filter.ts';
import { LinkGrid } from './link-grid.tsx';
import { useLinks } from './links-context.tsx';
import { useViewMode } from './view-mode.ts';

/** The links, or why there are none. */
export function LinksBody({ failure }: { readonly failure: Failure | null }) {
  const { rows } = useLinks();
  const mode = useViewMode();
  const hasFailed = failure !== null && rows.total === null;
  if (rows.total !== 0 && !hasFailed) {
    return (
      <div className="flex min-h-56 flex-1 flex-col">
        <LinkGrid mode={mode} />
      </div>
    );
  }
  return (
    <div className="flex-1 border-line border-t">
      {hasFailed ? <Failed failure={failure} /> : <NoLinks />}
    </div>
  );
}

function Failed({ failure }: { readonly failure: Failure }) {
  const { reason, hint } = explainFailure(failure);
  return <EmptyState icon={CircleAlert} title={words.failed} text={`${reason} ${hint}`} />;
}

function NoLinks() {
  const { filter } = useLinks();
  const clearSearch = () => filter.change({ search: '' });
  const { search } = filter.filter;
  if (search !== undefined && !isNarrowed({ ...filter.wish, search: '' })) {
    return (
      <EmptyState icon={SearchX} title={words.noMatch(search)} text={words.noMatchText}>
        <Button onClick={clearSearch}>{common.clearSearch}</Button>
      </EmptyState>
    );
  }
  if (isNarrowed(filter.wish)) {
    return (
      <EmptyState icon={ListFilter} title={words.nothingFound} text={words.nothingFoundText}>
        {search !== undefined && <Button onClick={clearSearch}>{common.clearSearch}</Button>}
        <Button onClick={filter.clear}>{words.showAll}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Link2} title={words.empty} text={words.emptyText}>
      <Button onClick={() => goTo({ name: 'uploads', tab: 'all' })}>{words.goUploads}</Button>
    </EmptyState>
  );
}
