/**
 * From a file to its link, on the desktop. Proves: our main process, preload script, and screens together bring whatever a
 * person gives (dropped, pasted, picked, handed over) to a link, tell of it, and offer it again. Cannot prove: that
 * Electron's binary fires these events and shows these menus; the stand-in does what its documentation says.
 */
import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { describe, expect } from 'vitest';
import { bringThreeFiles, trayLabels } from './support/bring-three-files.ts';
import { linksOf, openUploads } from './support/desktop-uploads.ts';
import { test } from './support/with-desktop.ts';

test('three files dropped on the window finish; their links are on the clipboard and in the tray', async ({
  open,
}) => {
  await bringThreeFiles(await open());
});

test('the tray keeps the last five links, the newest first', async ({ open }) => {
  const desktop = await open();
  await openUploads(desktop);
  const names = ['1.txt', '2.txt', '3.txt', '4.txt', '5.txt', '6.txt'];
  for (const name of names) {
    await desktop.hoist('upload', await desktop.write(name, `content of ${name}`), '--to', 'demo-flora');
  }
  const shown = await desktop.whenSeen('the sixth file in the tray', ({ tray }) => {
    const labels = trayLabels(tray?.menu);
    return labels.includes('6.txt') && labels.filter((label) => /^\d\.txt$/.test(label));
  });
  expect(shown).toEqual(['6.txt', '5.txt', '4.txt', '3.txt', '2.txt']);
});

describe('ways in', () => {
  test('files that are picked go up', async ({ open }) => {
    const desktop = await open();
    const { uploads } = await openUploads(desktop);
    await uploads.add(
      await desktop.write('picked.txt', 'picked'),
      await desktop.write('too.txt', 'picked too'),
    );
    await uploads.whenState('picked.txt', 'Ready');
    await uploads.whenState('too.txt', 'Ready');
  });

  test('a picture that is pasted has no path, and goes up all the same, byte by byte', async ({ open }) => {
    const desktop = await open();
    const { uploads } = await openUploads(desktop);
    // More than one chunk of what a window sends at once.
    const bytes = randomBytes(3_000_000);
    await desktop.paste({ name: 'image.png', type: 'image/png', bytes });
    await uploads.row('.png').first().getByText('Ready', { exact: true }).waitFor();
    const [link = ''] = Object.values(await linksOf(desktop));
    expect(Buffer.from(await (await fetch(link)).arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('a file that a page made goes up by the inbox', async ({ open }) => {
    const desktop = await open();
    const { uploads } = await openUploads(desktop);
    await uploads.drop('made by a page.txt', 'hello');
    await uploads.whenState('made by a page.txt', 'Ready');
  });

  test('files of a second start, of "open with" and of the tray come to the app that runs', async ({
    open,
  }) => {
    const desktop = await open();
    const { page, uploads } = await openUploads(desktop);
    const byArgument = await desktop.write('by argument.txt', 'one');
    const opened = await desktop.write('opened.txt', 'two');
    const onTray = await desktop.write('on the tray.txt', 'three');
    /** Nobody said where files go that come from outside: the window asks. */
    const whenAskedAndReady = async (name: string) => {
      await page.getByRole('button', { name: 'Upload this file now' }).click();
      await uploads.whenState(name, 'Ready');
    };
    await desktop.act({ kind: 'blur-windows' });
    // As a file manager does it: a name in the folder that it stands in.
    const second = await desktop.startSecond(['--', basename(byArgument)], desktop.files);
    expect(second).toEqual({ code: 0, signal: null });
    await whenAskedAndReady('by argument.txt');
    await desktop.whenSeen('its window in front', ({ windows }) =>
      windows.some(({ isFocused }) => isFocused),
    );
    await desktop.act({ kind: 'open-file', path: opened });
    await whenAskedAndReady('opened.txt');
    await desktop.act({ kind: 'drop-on-tray', paths: [onTray] });
    await whenAskedAndReady('on the tray.txt');
    expect((await desktop.look()).windows).toHaveLength(1);
  });
});

test('forty files that finish while nobody looks are one notification, which leads to them', async ({
  open,
}) => {
  const desktop = await open();
  const { page } = await openUploads(desktop);
  await desktop.act({ kind: 'blur-windows' });
  const names = Array.from({ length: 40 }, (_, index) => `file ${index}.txt`);
  for (const name of names) await desktop.write(`many/${name}`, name);
  await desktop.hoist('upload', `${desktop.files}/many`, '--to', 'demo-flora');
  const [first] = await desktop.whenSeen('a notification', ({ notifications }) =>
    notifications.length > 0 ? notifications : null,
  );
  expect(first).toMatchObject({ title: '40 files uploaded', isOpen: true });
  // Another one later is another one: by then the first forty would have told of themselves twice.
  await desktop.hoist('upload', await desktop.write('single.txt', 'single'), '--to', 'demo-flora');
  const all = await desktop.whenSeen('the next notification', ({ notifications }) =>
    notifications.length > 1 ? notifications : null,
  );
  expect(all).toHaveLength(2);
  await desktop.act({ kind: 'click-notification', id: 1 });
  await desktop.whenSeen('the window in front', ({ windows }) => windows.some(({ isFocused }) => isFocused));
  await page.getByRole('tab', { name: /^Done/, selected: true }).waitFor();
});
