/** Ways to things: keys that are quicker than the engine, keys that work everywhere, and buttons that lead on. */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { untilWatched } from '../support/until-watched.ts';
import { skipFirstRun } from './support/uploads-screen.ts';
import { test } from './support/with-app.ts';

test('Delete right after a click removes the file, although the engine has not said yet what can be done', async ({
  open,
}) => {
  const { page, write, hoist } = await open();
  const uploads = await skipFirstRun(page);
  await hoist('upload', await write('a.txt', 'a'), await write('b.txt', 'b'), '--to', 'demo-flora');
  await uploads.whenState('a.txt', 'Ready');
  const held: (() => void)[] = [];
  await page.routeWebSocket(/\/api/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => {
      const isHeld = typeof message === 'string' && /countJobs.*"ids"/.test(message);
      if (isHeld) held.push(() => server.send(message));
      else server.send(message);
    });
  });
  await page.reload();
  await uploads.row('a.txt').click();
  await page.keyboard.press('Delete');
  await expect.poll(() => held.length).toBeGreaterThan(0);
  for (const release of held.splice(0)) release();
  await expect
    .poll(async () => {
      for (const release of held.splice(0)) release();
      return uploads.row('a.txt').count();
    })
    .toBe(0);
  expect(await uploads.row('b.txt').count()).toBe(1);
});

test('files are added and links of today copied from any page, and the keys are listed there', async ({
  open,
}) => {
  const { page, write, hoist } = await open();
  await skipFirstRun(page);
  await hoist('upload', await write('a.txt', 'a'), '--to', 'demo-flora');
  const link = (await hoist('links')).stdout.trim();
  await page.keyboard.press('Control+,');
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await page.keyboard.press('Control+K');
  await page.keyboard.type('of today');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  await page.keyboard.press('?');
  const overview = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const title of [
    'Add the files or the picture from the clipboard',
    'Retry with options',
    'Add files…',
  ]) {
    await overview.getByText(title).waitFor();
  }
  await page.keyboard.press('Escape');
  await overview.waitFor({ state: 'detached' });
  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.press('Control+O');
  await (await choosing).setFiles(await write('by-key.txt', 'b'));
  await page.keyboard.press('Control+1');
  await page
    .getByRole('row', { name: /by-key/ })
    .getByText('Ready')
    .waitFor();
});

test('a file that its destination will not take is sent to one that does', async ({ open }) => {
  const { page, write, hoist } = await open();
  const uploads = await skipFirstRun(page);
  await hoist('upload', await write('nothing.txt', ''), '--to', 'demo-runflow');
  await uploads.whenState('nothing.txt', 'Needs you');
  const row = uploads.row('nothing.txt');
  await row.dblclick();
  await page
    .getByRole('complementary')
    .getByRole('button', { name: 'Send to another destination…' })
    .waitFor();
  // Nothing but another place helps: no other way stands in the row.
  expect(await row.getByRole('button', { name: /^Retry:/ }).count()).toBe(0);
  await row.getByRole('button', { name: /^Send to another destination…:/ }).click();
  await page.getByRole('menuitem', { name: 'demo-cyberun' }).click();
  await page
    .getByRole('row', { name: /nothing\.txt/ })
    .nth(1)
    .waitFor();
});

test('a file is tried again before all others with Alt', async ({ open }) => {
  const { page, write, hoist } = await open();
  const uploads = await skipFirstRun(page);
  await hoist('upload', await write('nothing.txt', ''), '--to', 'demo-runflow');
  await uploads.whenState('nothing.txt', 'Needs you');
  const row = uploads.row('nothing.txt');
  await row.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Cancel upload' }).click();
  await uploads.whenState('nothing.txt', 'Canceled');
  await row.getByRole('button', { name: /^Retry:/ }).click({ modifiers: ['Alt'] });
  await page.getByRole('menuitem', { name: 'Retry before all others' }).click();
  await uploads.whenState('nothing.txt', 'Needs you');
});

test('several files that their destination will not take are sent to one that does', async ({ open }) => {
  const { page, write, hoist } = await open();
  const uploads = await skipFirstRun(page);
  for (const name of ['none.txt', 'nil.txt']) {
    await hoist('upload', await write(name, ''), '--to', 'demo-runflow');
    await uploads.whenState(name, 'Needs you');
    await uploads.row(name).getByRole('checkbox').click();
  }
  const bar = page.getByRole('region', { name: 'Selected files' });
  await bar.getByRole('button', { name: 'Send 2 files to another destination…' }).click();
  await page.getByRole('menuitem', { name: 'demo-cyberun' }).click();
  await page
    .getByRole('row', { name: /none\.txt/ })
    .nth(1)
    .waitFor();
  await page
    .getByRole('row', { name: /nil\.txt/ })
    .nth(1)
    .waitFor();
});

test('a watch folder is edited with fresh numbers, its day leads to its files, and it leaves the sidebar at once', async ({
  open,
}) => {
  const { page, files, write, hoist } = await open();
  await skipFirstRun(page);
  const folder = join(files, 'watched');
  await mkdir(folder);
  await write('watched/old.txt', 'old');
  await hoist('upload', await write('by-hand.txt', 'x'), '--to', 'demo-flora');
  await page.keyboard.press('Control+Shift+O');
  const dialog = page.getByRole('dialog').filter({ has: page.locator('footer') });
  await dialog.getByRole('combobox', { name: 'Folder' }).fill(folder);
  await dialog.getByText('left alone', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Watch this folder' }).click();
  await dialog.waitFor({ state: 'detached' });
  await untilWatched(hoist, folder);
  await write('watched/new.txt', 'new');
  await page.keyboard.press('Control+3');
  const card = page.getByRole('article');
  await card.getByRole('button', { name: '1 uploaded' }).click();
  await page.getByText('Uploaded today').waitFor();
  await page.getByRole('row', { name: /new\.txt/ }).waitFor();
  // The row of the new file was there before the list was narrowed, too.
  await expect.poll(() => page.getByRole('row', { name: /by-hand|old\.txt/ }).count()).toBe(0);

  await page.keyboard.press('Control+3');
  await write('watched/another.tmpfile', 'x');
  await card.getByRole('button', { name: 'Edit rules' }).click();
  const tiles = dialog.getByRole('definition');
  await expect.poll(() => tiles.first().innerText()).toBe('3');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });

  const inSidebar = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: /watched/ });
  await inSidebar.waitFor();
  await card.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: /Remove/ }).click();
  await inSidebar.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await inSidebar.waitFor();
});

test('what is said lies over no button of a dialog, however small the window', async ({ open }) => {
  const { page, write, hoist } = await open({ width: 640, height: 520 });
  const uploads = await skipFirstRun(page);
  await hoist('upload', await write('a.txt', 'a'), '--to', 'demo-flora');
  await uploads.row('a.txt').getByText('Ready').waitFor();
  await uploads.row('a.txt').click();
  await page.keyboard.press('Delete');
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.waitFor();
  await page.keyboard.press('Control+Shift+O');
  const buttons = page.locator('[role=dialog] footer');
  await buttons.waitFor();
  const boxes = async () => {
    const foot = await buttons.boundingBox();
    const said = await page.locator('[aria-label="What just happened"]').boundingBox();
    return said === null || foot === null ? null : said.y + said.height <= foot.y;
  };
  await expect.poll(boxes).toBe(true);
});

test('a large file that is brought over is counted on its way', async ({ open }) => {
  const { page, context, write } = await open();
  const uploads = await skipFirstRun(page);
  const path = await write('large.bin', randomBytes(24_000_000));
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 2_000_000 };
  await session.send('Network.emulateNetworkConditions', slow);
  await uploads.add(path);
  await page
    .getByText(/^[1-9]\d? %/)
    .first()
    .waitFor();
  await uploads.row('large.bin').waitFor();
});
