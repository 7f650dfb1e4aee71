import { type MouseEvent, type RefObject, useState } from 'react';
import { FloatingMenu, type MenuAnchor } from '../ui/menu.tsx';
import { itemElement, itemPlace } from './item-place.ts';
import type { MenuSubject } from './link-menu.ts';
import { isSelected } from './link-selection.ts';
import { useLinks } from './links-context.tsx';
import { useLinkMenu } from './use-link-menu.ts';

/** One menu for all items: of their buttons, of right clicks and of the menu key. */
export function useItemMenu(grid: RefObject<HTMLElement | null>) {
  const { rows, selection, selected } = useLinks();
  const entriesOf = useLinkMenu();
  const [open, setOpen] = useState<{ readonly anchor: MenuAnchor; readonly subject: MenuSubject } | null>(
    null,
  );

  /** What is pressed is selected first, as everywhere, so that the menu and the eye mean the same. */
  const openAt = (anchor: MenuAnchor, index: number) => {
    const job = rows.at(index);
    if (job === undefined) return;
    const isPart = isSelected(selection.selection, job.id);
    if (!isPart) selection.choose(index);
    setOpen({ anchor, subject: { job, count: isPart ? selected : 1 } });
  };

  return {
    openAt,
    onContextMenu: (event: MouseEvent) => {
      const place = itemPlace(event.target);
      if (place === null) return;
      event.preventDefault();
      openAt({ x: event.clientX, y: event.clientY }, place.index);
    },
    menu: (
      <FloatingMenu
        entries={open === null ? [] : entriesOf(open.subject)}
        anchor={open?.anchor ?? null}
        returnTo={() => itemElement(grid.current, selection.activeIndex)}
        onClose={() => setOpen(null)}
      />
    ),
  };
}
