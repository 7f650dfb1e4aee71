import { create } from 'zustand';
import { type JobId, type Tab, tabs } from '#shared/job.ts';

export type TabName = Tab | 'all';
export const tabNames: readonly TabName[] = [...tabs, 'all'];

export type Page =
  | { readonly name: 'uploads'; readonly tab: TabName }
  | { readonly name: 'links' }
  | { readonly name: 'folders'; readonly folderId?: string }
  | { readonly name: 'destinations'; readonly destinationId?: string }
  | { readonly name: 'settings'; readonly section?: string }
  | { readonly name: 'first-run' };

/** What lies over the page; one at a time. */
export type Overlay =
  | { readonly name: 'none' }
  | { readonly name: 'palette' }
  | { readonly name: 'keys' }
  | { readonly name: 'notices' }
  /** `id` null: a new one. */
  | { readonly name: 'folder'; readonly id: string | null; readonly path?: string }
  | { readonly name: 'destination'; readonly id: string | null }
  | { readonly name: 'explain'; readonly path: string };

/** Narrows the uploads page beside its tab; each can be taken away by its chip. */
export interface Narrowing {
  readonly search: string;
  readonly destinationId: string | null;
  readonly watchFolderId: string | null;
  /** Only what was completed from here on, epoch ms: the beginning of a day. */
  readonly completedSince: number | null;
}

interface Navigation {
  readonly page: Page;
  readonly overlay: Overlay;
  readonly narrowing: Narrowing;
  /** The job whose details are open. */
  readonly detailsId: JobId | null;
}

export const noNarrowing: Narrowing = {
  search: '',
  destinationId: null,
  watchFolderId: null,
  completedSince: null,
};

/** Where the person is in this window. The page is in the address too, so that a reload comes back to it. */
export const useNavigation = create<Navigation>(() => ({
  page: readAddress(typeof location === 'undefined' ? '' : location.hash),
  overlay: { name: 'none' },
  narrowing: noNarrowing,
  detailsId: null,
}));

export function goTo(page: Page, narrowing: Partial<Narrowing> = {}): void {
  useNavigation.setState((before) => ({
    page,
    narrowing: { ...noNarrowing, ...narrowing },
    overlay: { name: 'none' },
    // What was looked at belongs to its page.
    detailsId: before.page.name === page.name ? before.detailsId : null,
  }));
  const address = addressOf(page);
  if (location.hash !== address) history.pushState(null, '', address);
}

export const narrow = (change: Partial<Narrowing>): void =>
  useNavigation.setState(({ narrowing }) => ({ narrowing: { ...narrowing, ...change } }));
export const openOverlay = (overlay: Overlay): void => useNavigation.setState({ overlay });
export const closeOverlay = (): void => useNavigation.setState({ overlay: { name: 'none' } });
export const showDetails = (detailsId: JobId | null): void => useNavigation.setState({ detailsId });

/** Back and forward of the browser. */
export function followAddress(): void {
  window.addEventListener('popstate', () => {
    useNavigation.setState({ page: readAddress(location.hash), overlay: { name: 'none' } });
  });
}

export function addressOf(page: Page): string {
  if (page.name === 'uploads') return `#/uploads/${page.tab}`;
  if (page.name === 'folders' && page.folderId !== undefined) return `#/folders/${page.folderId}`;
  if (page.name === 'destinations' && page.destinationId !== undefined) {
    return `#/destinations/${page.destinationId}`;
  }
  if (page.name === 'settings' && page.section !== undefined) return `#/settings/${page.section}`;
  return `#/${page.name}`;
}

export function readAddress(hash: string): Page {
  const [name, detail] = hash.replace(/^#\/?/, '').split('/');
  switch (name) {
    case 'links':
    case 'first-run':
      return { name };
    case 'settings':
      return detail === undefined ? { name } : { name, section: detail };
    case 'folders':
      return detail === undefined ? { name } : { name, folderId: detail };
    case 'destinations':
      return detail === undefined ? { name } : { name, destinationId: detail };
    default:
      return { name: 'uploads', tab: tabNames.find((tab) => tab === detail) ?? 'all' };
  }
}
