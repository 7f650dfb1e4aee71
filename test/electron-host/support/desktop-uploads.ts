/** The page objects of the browser tests, in a window of the desktop: only the dialog for files is another one. */
import { basename } from 'node:path';
import type { Page } from 'playwright-core';
import {
  type ChooseFiles,
  skipFirstRun,
  type UploadsScreen,
  uploadsScreen,
} from '../../screens/support/uploads-screen.ts';
import type { Desktop } from '../harness/desktop.ts';

/** The system's own dialog, which the app opens. */
const chooseOn =
  (desktop: Desktop): ChooseFiles =>
  async (open, paths) => {
    await open();
    const id = await desktop.whenSeen(
      'a dialog for files',
      ({ dialogs }) => dialogs.find(({ kind }) => kind === 'open')?.id,
    );
    await desktop.act({ kind: 'answer-paths', id, paths });
  };

export const desktopUploads = (desktop: Desktop, page: Page): UploadsScreen =>
  uploadsScreen(page, chooseOn(desktop));

/** The first window, past the first run. */
export async function openUploads(desktop: Desktop): Promise<{ page: Page; uploads: UploadsScreen }> {
  const page = await desktop.page();
  return { page, uploads: await skipFirstRun(page, chooseOn(desktop)) };
}

/** The links of all files, by name, as the command line tells them. */
export async function linksOf(desktop: Desktop): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await desktop.hoist('links', '--json');
  const lines = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { readonly path: string; readonly link: string });
  return Object.fromEntries(lines.map(({ path, link }) => [basename(path), link]));
}
