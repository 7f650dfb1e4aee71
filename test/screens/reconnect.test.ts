import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { dragPaths } from './support/drag.ts';
import { skipFirstRun } from './support/uploads-screen.ts';
import { waitForWords } from './support/wait-for-words.ts';
import { watchFolder } from './support/watch-folder.ts';
import { test } from './support/with-app.ts';

test('an engine that dies under an open window is told, and all heals when it is back', async ({ open }) => {
  const { page, files, hoist, write, killEngine, startEngine } = await open();
  await page.getByRole('button', { name: 'Skip setup' }).click();
  const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: /Links/ });
  await links.waitFor();
  await mkdir(join(files, 'renders'));
  await watchFolder(page, join(files, 'renders'));
  const dot = page.getByRole('link', { name: 'renders' }).locator('[aria-hidden]').first();
  const colorOfDot = () => dot.evaluate((element) => getComputedStyle(element).backgroundColor);
  const green = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    probe.style.background = 'var(--ok)';
    const color = getComputedStyle(probe).backgroundColor;
    probe.remove();
    return color;
  });
  await expect.poll(colorOfDot).toBe(green);
  await page.getByRole('link', { name: 'Watch folders' }).click();
  const card = page.getByRole('article', { name: /renders/ });
  await card.getByText('Watching', { exact: true }).waitFor();

  await killEngine();
  await page.getByText('Hoist is not running.', { exact: false }).first().waitFor();
  // Nobody can tell any more how the folder stands.
  await expect.poll(colorOfDot).toBe('rgba(0, 0, 0, 0)');
  await card.getByText('Not known').waitFor();

  // What happens meanwhile is on the screen afterwards.
  await hoist('upload', await write('meanwhile.txt', 'hello'), '--to', 'demo-flora');
  await startEngine();
  await page.getByText('Running', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Links 1' }).waitFor();
  await expect.poll(colorOfDot).toBe(green);
  await card.getByText('Watching', { exact: true }).waitFor();
  expect(await page.getByText('Hoist is not running.', { exact: false }).count()).toBe(0);
});

test('without the engine nothing pretends that it could be done', async ({ open }) => {
  const { page, write, killEngine, startEngine } = await open();
  await page.getByRole('button', { name: 'Skip setup' }).click();
  const add = page.getByRole('button', { name: 'Watch a folder', exact: true }).first();
  await add.waitFor();
  const paths = [await write('a.txt', 'a')];
  await killEngine();
  await page.getByText('Hoist is not running.', { exact: false }).first().waitFor();

  // It says why, to those who point at it and to those who reach it by keys.
  await expect.poll(() => add.getAttribute('title')).toBe('Hoist is not running');
  await add.focus();
  await page.keyboard.press('Enter');
  expect(await page.getByRole('dialog', { name: 'Watch a folder' }).count()).toBe(0);

  await page.keyboard.press('Control+Shift+O');
  const said = page.locator('[aria-label="What just happened"]');
  await said.getByText('Hoist is not running', { exact: true }).waitFor();
  expect(await page.getByRole('dialog', { name: 'Watch a folder' }).count()).toBe(0);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Add files');
  const option = page.getByRole('option', { name: /^Add files…/ });
  await option.getByText('Hoist is not running').waitFor();
  expect(await option.getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Escape');

  await dragPaths(page, paths, ['dragEnter', 'dragOver']);
  await page.getByText('Give the files again when it is back.', { exact: false }).waitFor();
  await dragPaths(page, paths, ['dragCancel']);

  // What belongs to the window can still be done; what belongs to the engine can not.
  await page.keyboard.press('Control+,');
  const slow = page.getByRole('switch', { name: 'Slow mode now' });
  await slow.waitFor();
  expect(await slow.getAttribute('aria-disabled')).toBe('true');

  await startEngine();
  await expect.poll(() => slow.getAttribute('aria-disabled')).toBeNull();
  await slow.click();
  await expect.poll(() => slow.getAttribute('aria-checked')).toBe('true');
});

test('the page that is looked at is marked in the list of pages', async ({ open }) => {
  const { page, files } = await open();
  await page.getByRole('button', { name: 'Skip setup' }).click();
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await pages.waitFor();
  await mkdir(join(files, 'renders'));
  await watchFolder(page, join(files, 'renders'));
  const current = () => pages.locator('[aria-current="page"]').allTextContents();
  await pages.getByRole('link', { name: 'Watch folders' }).click();
  await expect.poll(current).toEqual(['Watch folders']);
  await pages.getByRole('link', { name: 'renders' }).click();
  await expect.poll(current).toEqual(['renders']);
  await pages.getByRole('link', { name: 'demo-flora' }).click();
  await expect.poll(current).toEqual(['demo-flora']);

  // Where there is no room for the entries, their group is marked.
  await page.setViewportSize({ width: 640, height: 400 });
  const destinations = pages.getByRole('link', { name: 'Destinations' });
  expect(await destinations.getAttribute('aria-current')).toBe('true');
});

test('while the engine is gone the list offers nothing that it cannot do, and counts nothing down', async ({
  open,
}) => {
  const held = '{"value":{"status":429,"retryAfter":900},"dialect":"flora","stage":"reserve"}';
  const { page, write, hoist, killEngine, startEngine } = await open({}, async ({ start }) => {
    await waitForWords(start('demo', '--fault', `status=${held}`), /demo service runs/);
  });
  const uploads = await skipFirstRun(page);
  await uploads.add(await write('held.txt', 'hello'));
  const row = uploads.row('held.txt');
  const pause = row.getByRole('button', { name: /^Pause/ });
  await row.getByText(/^next try in/).waitFor();
  expect(await pause.isDisabled()).toBe(false);

  await killEngine();
  await row.getByText('stands still until Hoist runs').waitFor();
  expect(await pause.isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: 'Pause all' }).isDisabled()).toBe(true);
  await row.click({ button: 'right' });
  const items = page.getByRole('menuitem');
  await items.filter({ hasText: 'Hoist is not running' }).waitFor();
  for (const item of await items.all()) expect(await item.getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /^Done/ }).click();
  await page.getByText('This list cannot be shown now').waitFor();

  await page.getByRole('tab', { name: /^All/ }).click();
  await startEngine();
  await row.getByText(/^next try in/).waitFor();
  await pause.click();
  await uploads.whenState('held.txt', 'Paused');
  expect((await hoist('status')).stdout).toMatch(/paused/i);
});

test('two windows show the same', async ({ open }) => {
  const { page, openWindow } = await open();
  await page.getByRole('button', { name: 'Skip setup' }).click();
  const other = await openWindow();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  await other.getByRole('navigation', { name: 'Pages' }).waitFor();
  await page.keyboard.press('Control+Shift+P');
  for (const window of [page, other]) await window.getByText('Everything is paused').waitFor();
  await other.getByRole('button', { name: 'Resume', exact: true }).first().click();
  for (const window of [page, other])
    await window.getByText('Everything is paused').waitFor({ state: 'detached' });
});
