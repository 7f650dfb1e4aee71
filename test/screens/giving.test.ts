/** Ways to give files to the window: what is dragged, dropped and pasted. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { dragPaths } from './support/drag.ts';
import { skipFirstRun } from './support/uploads-screen.ts';
import { test } from './support/with-app.ts';

/** Drags files over the window, and lets them go over the place of a destination. */
async function dropOn(page: Page, destination: string, paths: readonly string[]): Promise<void> {
  await dragPaths(page, paths, ['dragEnter', 'dragOver']);
  const zone = page.locator('[data-drop-zone]').filter({ hasText: destination });
  const box = await zone.boundingBox();
  await dragPaths(page, paths, ['dragOver', 'drop'], { x: (box?.x ?? 0) + 30, y: (box?.y ?? 0) + 30 });
}

test('what is dragged over the window is counted, and each destination names itself', async ({ open }) => {
  const { page, write } = await open();
  await skipFirstRun(page);
  const paths = [await write('a.png', randomBytes(20)), await write('b.png', randomBytes(20))];
  await dragPaths(page, paths, ['dragEnter', 'dragOver']);
  await page.getByText('Upload 2 items to demo-flora').waitFor();
  await page.locator('[data-drop-zone]').getByText('demo-cyberun').waitFor();
  await dragPaths(page, paths, ['dragCancel']);
  await page.getByText('Upload 2 items to demo-flora').waitFor({ state: 'detached' });
});

test('where files would have to wait, the place is amber and says why', async ({ open }) => {
  const { page, write } = await open();
  await skipFirstRun(page);
  const paths = [await write('a.png', randomBytes(20))];
  await dragPaths(page, paths, ['dragEnter', 'dragOver']);
  const target = page.locator('[data-drop-zone]').first();
  await target.waitFor();
  const color = () => target.evaluate((zone) => getComputedStyle(zone).backgroundColor);
  const usual = await color();
  await dragPaths(page, paths, ['dragCancel']);
  await target.waitFor({ state: 'detached' });

  await page.keyboard.press('Control+Shift+P');
  await page.getByText('Everything is paused').waitFor();
  await dragPaths(page, paths, ['dragEnter', 'dragOver']);
  await target.getByText(/Files wait until/).waitFor();
  await expect.poll(color).not.toBe(usual);
});

test('a type that a destination will not take makes its place amber before the drop', async ({ open }) => {
  const { page, write, hoist } = await open();
  await skipFirstRun(page);
  // Which types it takes, the service is asked with the first file.
  await hoist('upload', await write('first.png', randomBytes(20)), '--to', 'demo-runflow');
  const tool = [await write('tool.exe', 'x')];
  const picture = [await write('a.png', randomBytes(20))];
  const zone = page.locator('[data-drop-zone]').filter({ hasText: 'demo-runflow' });
  const colorOver = async (paths: readonly string[], isRefused: boolean) => {
    await dragPaths(page, paths, ['dragEnter', 'dragOver']);
    const box = await zone.boundingBox();
    await dragPaths(page, paths, ['dragOver'], { x: (box?.x ?? 0) + 30, y: (box?.y ?? 0) + 30 });
    await page.locator('[data-is-over=true]').filter({ hasText: 'demo-runflow' }).waitFor();
    // Systems call the type of a program by names of their own.
    const warning = zone.getByText(/^\s*Runflow does not take .+s\.$/);
    await expect.poll(() => warning.count()).toBe(isRefused ? 1 : 0);
    const color = await zone.evaluate((element) => getComputedStyle(element).backgroundColor);
    await dragPaths(page, paths, ['dragCancel']);
    await zone.waitFor({ state: 'detached' });
    return color;
  };
  const usual = await colorOver(picture, false);
  expect(await colorOver(tool, true)).not.toBe(usual);
});

test('a dropped folder is counted, its litter left out, and asked about once', async ({ open }) => {
  const { page, write, files } = await open();
  const uploads = await skipFirstRun(page);
  await write('shoot/one.txt', 'one');
  await write('shoot/deep/two.txt', 'two');
  await write('shoot/.DS_Store', 'litter');
  await write('shoot/half.tmp', 'litter');
  await dragPaths(page, [join(files, 'shoot')], ['dragEnter', 'dragOver', 'drop']);
  const dialog = page.getByRole('dialog', { name: 'Upload files' });
  await dialog.getByText('In shoot').waitFor();
  await dialog.getByText('2 hidden or unfinished files left out').waitFor();
  await dialog.getByRole('button', { name: 'Upload these 2 files now' }).click();
  await uploads.whenState('one.txt', 'Ready');
  await uploads.whenState('two.txt', 'Ready');
  expect(await page.getByRole('row', { name: /DS_Store|half\.tmp/ }).count()).toBe(0);
});

test('a file that the destination will not take is named in amber, and the others go', async ({ open }) => {
  const { page, write } = await open();
  const uploads = await skipFirstRun(page);
  const paths = [await write('empty.png', ''), await write('good.png', randomBytes(30))];
  await dropOn(page, 'demo-runflow', paths);
  const dialog = page.getByRole('dialog', { name: 'Upload files' });
  await dialog
    .getByRole('note')
    .getByText(/^empty\.png:/)
    .waitFor();
  await dialog.getByRole('button', { name: 'Upload the other file' }).click();
  await uploads.whenState('good.png', 'Ready');
  expect(await uploads.row('empty.png').count()).toBe(0);
});

test('a file that is too large is named in amber with the limit, until a place is chosen that takes it', async ({
  open,
}) => {
  const { page, write } = await open();
  const uploads = await skipFirstRun(page);
  const paths = [
    await write('film.mov', new Uint8Array(62_000_000)),
    await write('good.png', randomBytes(30)),
  ];
  await dropOn(page, 'demo-runflow', paths);
  const dialog = page.getByRole('dialog', { name: 'Upload files' });
  const note = dialog.getByRole('note');
  await note.getByText(/^film\.mov: The file is too large.*limit is 52\.4\sMB/).waitFor();
  const amber = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.color = 'var(--warn-soft)';
    const { color } = getComputedStyle(probe);
    probe.remove();
    return color;
  });
  expect(await note.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(amber);

  // Another destination takes it, and nothing is amber any more.
  await dialog.getByRole('combobox', { name: 'To' }).click();
  await page.getByRole('option', { name: 'demo-flora' }).click();
  await note.waitFor({ state: 'detached' });
  await dialog.getByRole('button', { name: 'Upload these 2 files now' }).click();
  await uploads.whenState('film.mov', 'Ready');
  await uploads.whenState('good.png', 'Ready');
});

test('what is asked about is named, and each place says how it stands', async ({ open }) => {
  const { page, write } = await open();
  await skipFirstRun(page);
  await page.getByRole('link', { name: 'Destinations' }).click();
  const card = page.getByRole('article', { name: 'demo-cyberun' });
  await card.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await card.getByText('Paused', { exact: true }).waitFor();
  const names = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
  const paths = await Promise.all(names.map((name) => write(`${name}.png`, randomBytes(20))));
  await dropOn(page, 'demo-runflow', [...paths, await write('empty.png', '')]);
  const dialog = page.getByRole('dialog', { name: 'Upload files' });
  await dialog.getByText('8 files, 140 B').waitFor();
  const lines = dialog.getByRole('list', { name: 'Files' }).getByRole('listitem');
  expect(await lines.count()).toBe(5);
  await lines.first().getByText('one.png').first().waitFor();
  await lines.last().getByText('and 4 more').waitFor();

  const place = dialog.getByRole('combobox', { name: 'To' });
  await place.getByText('Available').waitFor();
  await place.click();
  await page.getByRole('option', { name: 'demo-cyberun' }).getByText('Paused').waitFor();
  await page.getByRole('option', { name: 'demo-cyberun' }).click();
  await place.getByText('Paused').waitFor();
  await dialog.getByText('demo-cyberun is paused. Files wait until it goes on.').waitFor();
});

test('a pasted picture goes up under a name that says when', async ({ open }) => {
  const { page } = await open();
  const uploads = await skipFirstRun(page);
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File(['picture'], 'image.png', { type: 'image/png' }));
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await page.getByRole('row', { name: /Pasted \d{4}-\d\d-\d\d/ }).waitFor();
  await uploads.whenState('Pasted ', 'Ready');
});
