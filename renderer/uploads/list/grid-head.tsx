import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { Checkbox } from '../../ui/checkbox.tsx';
import { classNames } from '../../ui/class-names.ts';
import { uploadsWords as words } from '../../words/uploads.ts';
import { type SortChoice, type SortColumn, sortColumns } from '../list-query.ts';
import { select } from '../list-state.ts';
import { everythingSelected, isEmpty, nothingSelected, type Selection } from '../selection.ts';
import { sortBy } from '../view-options.ts';
import { columnWord } from './column-words.ts';
import type { Layout } from './columns.ts';
import { ColumnHead, GridRow } from './grid-parts.tsx';

/** The heads of the columns; those by which the list can be sorted are buttons. */
export function GridHead({
  layout,
  sort,
  when,
  selection,
}: {
  readonly layout: Layout;
  readonly sort: SortChoice;
  readonly when: 'added' | 'completed';
  readonly selection: Selection;
}) {
  const isAll = selection.kind === 'all' && selection.except.size === 0;
  return (
    <GridRow
      aria-rowindex={1}
      className="sticky top-0 z-10 grid h-7.5 items-center gap-x-2.5 border-line border-b bg-panel ps-4.5 pe-3 text-xs text-ink-2"
      style={{ gridTemplateColumns: layout.template }}
    >
      {layout.columns.map((column) => {
        const sortable = sortColumns.find((name) => name === column);
        const isSorted = sort.column === column;
        return (
          <ColumnHead
            key={column}
            aria-sort={sortable === undefined ? undefined : isSorted ? sort.direction : 'none'}
            className={classNames('flex min-w-0', column === 'size' && 'justify-end pe-2.5')}
            style={{ gridColumnStart: layout.lineOf(column) }}
          >
            {column === 'select' ? (
              <Checkbox
                label={words.selectAll}
                isChecked={isAll}
                isMixed={!isAll && !isEmpty(selection)}
                onChange={() => select(isAll ? nothingSelected : everythingSelected)}
              />
            ) : sortable === undefined ? (
              <span className={classNames(column === 'actions' && 'sr-only')}>
                {columnWord(column, when)}
              </span>
            ) : (
              <SortButton
                column={sortable}
                word={columnWord(column, when)}
                direction={isSorted ? sort.direction : null}
              />
            )}
          </ColumnHead>
        );
      })}
    </GridRow>
  );
}

function SortButton({
  column,
  word,
  direction,
}: {
  readonly column: SortColumn;
  readonly word: string;
  readonly direction: SortChoice['direction'] | null;
}) {
  const Icon = direction === null ? ChevronsUpDown : direction === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      onClick={() => sortBy(column)}
      className={classNames(
        'group -mx-1 flex min-w-0 items-center gap-1 rounded-sm px-1 py-0.5 hover:text-ink',
        direction !== null && 'font-medium text-ink',
        column === 'size' && 'flex-row-reverse',
      )}
    >
      <span className="truncate">{word}</span>
      <Icon
        aria-hidden
        size={12}
        className={classNames(
          'shrink-0',
          direction === null && 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
        )}
      />
    </button>
  );
}
