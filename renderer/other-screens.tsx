/** All that a window that opens on its uploads does not show yet: a script of its own, which is read afterwards. */
import { KeyOverview } from './commands/key-overview.tsx';
import { Palette } from './commands/palette.tsx';
import { DestinationDialog } from './destinations/destination-dialog.tsx';
import { DestinationsPage } from './destinations/destinations-page.tsx';
import { ExplainDialog } from './folders/explain-dialog.tsx';
import { FolderDialog } from './folders/folder-dialog.tsx';
import { FoldersPage } from './folders/folders-page.tsx';
import { LinksPage } from './links/links-page.tsx';
import { SettingsPage } from './settings/settings-page.tsx';
import type { Page } from './shell/navigation.ts';
import { NoticesDialog } from './shell/notices-dialog.tsx';

export { FirstRun } from './first-run/first-run.tsx';

export type OtherPageName = Exclude<Page['name'], 'uploads' | 'first-run'>;

export function OtherPage({ name }: { readonly name: OtherPageName }) {
  switch (name) {
    case 'links':
      return <LinksPage />;
    case 'folders':
      return <FoldersPage />;
    case 'destinations':
      return <DestinationsPage />;
    case 'settings':
      return <SettingsPage />;
  }
}

/** What can lie over every page. */
export function Overlays() {
  return (
    <>
      <Palette />
      <KeyOverview />
      <NoticesDialog />
      <FolderDialog />
      <DestinationDialog />
      <ExplainDialog />
    </>
  );
}
