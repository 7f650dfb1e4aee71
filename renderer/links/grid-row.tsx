import { linkWords as words } from '../words/links.ts';
import type { GridLayout } from './grid-layout.ts';
import { LinkCard } from './link-card.tsx';
import { LinkRow } from './link-row.tsx';
import { useLinks } from './links-context.tsx';
import type { ViewMode } from './view-mode.ts';

export interface GridRowProps extends GridLayout {
  readonly mode: ViewMode;
  readonly row: number;
  /** px from the top. */
  readonly start: number;
  readonly isCompact: boolean;
}

/** A row of cards, or of the list, at its place. */
export function GridRow({ mode, row, start, columns, rowHeight, gap, padding, isCompact }: GridRowProps) {
  const { rows } = useLinks();
  const place = { transform: `translateY(${start}px)`, height: rowHeight };
  if (mode === 'list') {
    const job = rows.at(row);
    return (
      <div role="presentation" className="absolute inset-x-0 top-0" style={place}>
        {job === undefined ? (
          <LoadingRow index={row} />
        ) : (
          <LinkRow index={row} job={job} isCompact={isCompact} />
        )}
      </div>
    );
  }
  const first = row * columns;
  const count = Math.min(columns, (rows.total ?? 0) - first);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one as they are scrolled by, which a table cannot.
    // biome-ignore lint/a11y/useFocusableInteractive: its cells have the focus.
    <div
      role="row"
      aria-rowindex={row + 1}
      className="absolute inset-x-0 top-0 grid"
      style={{
        ...place,
        gap,
        paddingInline: padding,
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
      }}
    >
      {Array.from({ length: Math.max(0, count) }, (_, column) => {
        const index = first + column;
        const job = rows.at(index);
        return job === undefined ? (
          <LoadingCard key={`card ${index}`} index={index} />
        ) : (
          <LinkCard key={job.id} index={index} job={job} />
        );
      })}
    </div>
  );
}

/** Where a row will be: it may have the focus already. */
function LoadingRow({ index }: { readonly index: number }) {
  const { selection } = useLinks();
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above.
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      tabIndex={selection.activeIndex === index ? 0 : -1}
      className="flex h-full items-center border-line border-b ps-4.5"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above. */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the row has the focus. */}
      <span role="gridcell" aria-label={words.loadingRow} className="h-3 w-1/3 rounded-sm bg-mute" />
    </div>
  );
}

function LoadingCard({ index }: { readonly index: number }) {
  const { selection } = useLinks();
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above.
    <div
      role="gridcell"
      aria-label={words.loadingRow}
      data-index={index}
      tabIndex={selection.activeIndex === index ? 0 : -1}
      className="rounded-xl border border-line bg-canvas"
    />
  );
}
