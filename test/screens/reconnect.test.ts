import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { watchFolder } from './support/watch-folder.ts';
import { test } from './support/with-app.ts';

test('an engine that dies under an open window is told, and all heals when it is back', async ({ open }) => {
  const { page, files, hoist, write, killEngine, startEngine } = await open();
  await page.getByRole('button', { name: 'Skip for now' }).click();
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

test('two windows show the same', async ({ open }) => {
  const { page, openWindow } = await open();
  await page.getByRole('button', { name: 'Skip for now' }).click();
  const other = await openWindow();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  await other.getByRole('navigation', { name: 'Pages' }).waitFor();
  await page.keyboard.press('Control+Shift+P');
  for (const window of [page, other]) await window.getByText('Everything is paused').waitFor();
  await other.getByRole('button', { name: 'Resume', exact: true }).first().click();
  for (const window of [page, other])
    await window.getByText('Everything is paused').waitFor({ state: 'detached' });
});
