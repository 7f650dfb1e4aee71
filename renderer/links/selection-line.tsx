import { ChevronDown, Copy, Info, ListX, X } from 'lucide-react';
import type { Ref } from 'react';
import { useLive } from '../live/window-context.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { ActionMenu } from '../ui/menu.tsx';
import { linkWords as words } from '../words/links.ts';
import { formatMenu } from './link-menu.ts';
import { useLinks } from './links-context.tsx';

const wordsOnlyIfWide = '@max-2xl:sr-only';
const wordsOnlyIfNotNarrow = '@max-lg:sr-only';

/** How many links there are, or are selected, and what can be done with these. Always as high, so that nothing jumps. */
export function SelectionLine({ copyAs }: { readonly copyAs: Ref<HTMLButtonElement> }) {
  const { rows, selection, selected, doings } = useLinks();
  const settings = useLive((live) => live.settings);
  const total = rows.total ?? 0;
  const isAny = selected > 0;
  const [only] = selection.selection.kind === 'some' ? selection.selection.ids : [];
  const one = selected === 1 && only !== undefined ? rows.at(rows.indexOf(only)) : undefined;
  if (total === 0) return null;
  return (
    <div className="@container shrink-0">
      <div
        role="toolbar"
        aria-label={isAny ? words.selectionActions : words.title}
        className={classNames(
          'flex min-h-11 flex-wrap items-center gap-2 border-line border-y @max-lg:gap-1.5 px-4.5 py-1.5',
          isAny ? 'bg-accent-soft' : 'bg-canvas',
        )}
      >
        <span aria-live="polite" className={classNames('me-auto', isAny ? 'font-medium' : 'text-ink-2')}>
          {isAny ? (
            <>
              <span className={wordsOnlyIfNotNarrow}>{words.selected(selected, total)}</span>
              <span aria-hidden className="@lg:hidden">
                {words.selectedBriefly(selected)}
              </span>
            </>
          ) : (
            words.count(total)
          )}
        </span>
        {selected < total && (
          <Button tone="quiet" onClick={selection.chooseAll}>
            {words.selectAll}
          </Button>
        )}
        {one !== undefined && (
          <Button icon={Info} title={words.details} onClick={() => doings.details(one)}>
            <span className={wordsOnlyIfWide}>{words.details}</span>
          </Button>
        )}
        {isAny && (
          <Button icon={ListX} title={words.remove} onClick={doings.remove}>
            <span aria-hidden className="@2xl:hidden">
              {words.removeBriefly}
            </span>
            <span className={wordsOnlyIfWide}>{words.remove}</span>
          </Button>
        )}
        <span className="flex">
          <Button
            icon={Copy}
            tone={isAny ? 'primary' : 'plain'}
            onClick={() => doings.copy()}
            className="rounded-e-none"
          >
            {isAny ? words.copy : words.copyAll}
          </Button>
          <ActionMenu
            entries={formatMenu(doings.copy, settings, () => doings.editTemplate(null), one ?? null)}
          >
            <IconButton
              ref={copyAs}
              label={words.copyAs}
              keys="Mod+Shift+C"
              icon={ChevronDown}
              tone={isAny ? 'primary' : 'plain'}
              className={classNames('h-7.5 rounded-s-none', isAny ? 'border-s-panel' : 'border-s-0')}
            />
          </ActionMenu>
        </span>
        {isAny && (
          <IconButton
            label={words.clearSelection}
            icon={X}
            keys="Escape"
            // Above the menus of the rows.
            className="-me-1.5"
            onClick={selection.clear}
          />
        )}
      </div>
    </div>
  );
}
