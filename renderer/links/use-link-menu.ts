import { useLive, useWindow } from '../live/window-context.tsx';
import type { MenuEntry } from '../ui/menu.tsx';
import { actionsOf } from './link-actions.ts';
import { linkMenu, type MenuSubject } from './link-menu.ts';
import { useLinks } from './links-context.tsx';

/** Makes the entries of a menu for whatever it is opened on. */
export function useLinkMenu(): (subject: MenuSubject) => readonly MenuEntry[] {
  const { host } = useWindow();
  const { doings } = useLinks();
  const settings = useLive((live) => live.settings);
  const destinations = useLive((live) => live.destinations);
  return (subject) => {
    const actions = actionsOf(subject.job, {
      now: Date.now(),
      count: subject.count,
      canShowInFolder: host.showInFolder !== null,
      isDestinationThere: destinations.some(
        ({ destination }) => destination.id === subject.job.destinationId,
      ),
    });
    return linkMenu(subject, actions, doings, settings);
  };
}
