import type { KeyboardEvent, RefObject } from 'react';
import type { MenuAnchor } from '../ui/menu.tsx';
import { moveOf } from './grid-moves.ts';
import { itemElement } from './item-place.ts';
import { followDetails, isModPressed } from './item-props.ts';
import { useLinks } from './links-context.tsx';

interface Grid {
  readonly place: RefObject<HTMLElement | null>;
  readonly columns: number;
  readonly rowsInView: number;
  /** Brings an item into view, with the focus. */
  show(index: number): void;
  openMenu(anchor: MenuAnchor, index: number): void;
}

/** Moving, selecting, opening and the menu by keys, where the focus is on an item or its buttons. */
export function useGridKeys({ place, columns, rowsInView, show, openMenu }: Grid) {
  const { rows, selection, doings } = useLinks();
  const { activeIndex } = selection;

  const move = (to: number, event: KeyboardEvent) => {
    if (isModPressed(event) && !event.shiftKey) selection.activate(to);
    else selection.choose(to, { isRange: event.shiftKey, isToggle: false });
    if (!isModPressed(event) && !event.shiftKey) followDetails(rows.at(to));
    show(to);
  };

  return (event: KeyboardEvent<HTMLElement>) => {
    if (!(event.target instanceof HTMLElement) || event.altKey) return;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      const item = itemElement(place.current, activeIndex);
      if (item !== null) openMenu(item.querySelector('[data-action="menu"]') ?? item, activeIndex);
      return event.preventDefault();
    }
    const to = moveOf(event.key, {
      index: activeIndex,
      total: rows.total ?? 0,
      columns,
      rowsInView,
      isRightToLeft: getComputedStyle(event.currentTarget).direction === 'rtl',
    });
    if (to !== null) {
      event.preventDefault();
      return move(to, event);
    }
    // The buttons of an item take these themselves.
    const job = event.target.dataset.index === undefined ? undefined : rows.at(activeIndex);
    if (job === undefined) return;
    const isMod = isModPressed(event);
    if (event.key === 'Enter' && !isMod) doings.open(job);
    else if (event.key === 'Enter') doings.showInFolder(job);
    else if (event.key === ' ' && isMod) selection.choose(activeIndex, { isRange: false, isToggle: true });
    else if (event.key === ' ') doings.details(job);
    else return;
    event.preventDefault();
  };
}
