import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { skipFirstRun } from './support/uploads-screen.ts';
import { waitForWords } from './support/wait-for-words.ts';
import { test } from './support/with-app.ts';

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Settings/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
}

const numbers = [
  ['Tries for one file', '3'],
  ['In slow mode, at most', '0.5'],
  ['Keep completed files in the list for', '30'],
  ['Keep timelines for', '20'],
  ['Copies of the database', '3'],
] as const;
const switches = [
  'Look for the same content first',
  'Slow mode now',
  'Slow mode every day',
  'When a batch is done',
  'When something failed or needs me',
] as const;
const choices = [
  ['Originals in new watch folders', 'Move them'],
  ['Copy links after upload', 'Never'],
  ['Copy as', 'Markdown'],
  ['Theme', 'Dark'],
  ['Rows', 'Compact'],
] as const;

test('each setting is still there after a reload', async ({ open }) => {
  const { page, dataDir } = await open();
  await skipFirstRun(page);
  await openSettings(page);
  const toggled = new Map<string, string | null>();
  for (const [name, value] of numbers) {
    const field = page.getByRole('textbox', { name, exact: true });
    await field.fill(value);
    await field.blur();
  }
  for (const name of switches) {
    const field = page.getByRole('switch', { name, exact: true });
    const before = await field.getAttribute('aria-checked');
    await field.click();
    await expect.poll(() => field.getAttribute('aria-checked')).not.toBe(before);
    toggled.set(name, await field.getAttribute('aria-checked'));
  }
  for (const [name, value] of choices) {
    await page.getByRole('combobox', { name, exact: true }).click();
    await page.getByRole('option', { name: value, exact: true }).click();
    await page.getByRole('combobox', { name, exact: true }).getByText(value).waitFor();
  }
  // The window shows a choice before the engine has it; the last one that was made is the last one that comes there.
  const stored = () => readFile(join(dataDir, 'config.json'), 'utf8');
  await expect.poll(stored).toMatch(/"density":\s*"compact"/);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  const poll = (name: string, read: () => Promise<string | null>) => expect.poll(read, { message: name });
  for (const [name, value] of numbers) {
    const field = page.getByRole('textbox', { name, exact: true });
    await poll(name, () => field.inputValue()).toBe(value);
  }
  for (const name of switches) {
    const field = page.getByRole('switch', { name, exact: true });
    await poll(name, () => field.getAttribute('aria-checked')).toBe(toggled.get(name));
  }
  for (const [name, value] of choices) {
    const field = page.getByRole('combobox', { name, exact: true });
    await poll(name, () => field.textContent()).toContain(value);
  }
  // They are not only remembered.
  await poll('Theme', () => page.locator('html').getAttribute('data-theme')).toBe('dark');
  await page.getByText('Slow mode: at most 0.5 MB/s').waitFor();
});

test('rows are as high as was chosen, and the limit of the speed is said', async ({ open }) => {
  const { page } = await open({}, async ({ write, hoist }) => {
    await hoist('upload', await write('a.txt', 'a'), '--to', 'demo-flora');
  });
  const row = page.getByRole('row', { name: /a\.txt/ });
  const heightOf = async () => (await row.boundingBox())?.height;
  await expect.poll(heightOf).toBe(52);
  await openSettings(page);
  await page.getByRole('combobox', { name: 'Rows' }).click();
  await page.getByRole('option', { name: 'Compact' }).click();
  await page.getByRole('switch', { name: 'Limit the speed' }).click();
  const limit = page.getByRole('textbox', { name: 'At most', exact: true });
  await limit.fill('2');
  await limit.blur();
  await page.getByRole('contentinfo').getByText('At most 2 MB/s').waitFor();
  await page.getByRole('link', { name: /^Uploads/ }).click();
  await row.waitFor();
  await expect.poll(heightOf).toBe(32);
});

test('settings go into another data directory without the keys', async ({ open }) => {
  let service = { baseUrl: '', key: '' };
  const from = await open({}, async ({ start, hoistWithKey }) => {
    const [, baseUrl = '', key = ''] = await waitForWords(start('demo'), /Runflow +(\S+) +key (\S+)/);
    service = { baseUrl, key };
    await hoistWithKey(key, 'destinations', 'add', 'studio', '--kind', 'runflow', '--base-url', baseUrl);
  });
  await openSettings(from.page);
  const downloading = from.page.waitForEvent('download');
  await from.page.getByRole('button', { name: 'Export…' }).click();
  const path = await (await downloading).path();
  const text = await readFile(path, 'utf8');
  expect(text).toContain(service.baseUrl);
  expect(text).not.toContain(service.key);

  const to = await open();
  await skipFirstRun(to.page);
  await openSettings(to.page);
  const choosing = to.page.waitForEvent('filechooser');
  await to.page.getByRole('button', { name: 'Import…' }).click();
  await (await choosing).setFiles(path);
  await to.page.getByText('Added 1 destination and 0 watch folders').waitFor();
  await to.page.getByRole('navigation', { name: 'Pages' }).getByText('studio', { exact: true }).click();
  await to.page.getByRole('article', { name: 'studio' }).getByText('No key yet').waitFor();
});

test('the list of sections says which one is read, and leads to each by mouse and by keys', async ({
  open,
}) => {
  const { page } = await open({ width: 1000, height: 500 });
  await skipFirstRun(page);
  await openSettings(page);
  const index = page.getByRole('navigation', { name: 'Sections' });
  const current = () => index.locator('[aria-current="location"]').allTextContents();
  await expect.poll(current).toEqual(['Sending']);
  await page
    .getByRole('heading', { level: 2, name: 'Links' })
    .evaluate((title) => title.scrollIntoView({ block: 'start' }));
  await expect.poll(current).toEqual(['Links']);

  // Also one that cannot come to the top, as nothing is below it.
  await index.getByRole('link', { name: 'Data' }).click();
  await expect.poll(current).toEqual(['Data']);
  await page.keyboard.press('Tab');
  const isInside = () => page.evaluate(() => document.activeElement?.closest('section')?.id);
  expect(await isInside()).toBe('settings-data');
  await index.getByRole('link', { name: 'Sending' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(current).toEqual(['Sending']);

  // The status bar leads to what it speaks of.
  await page.getByRole('contentinfo').getByRole('button', { name: 'Full speed' }).click();
  await expect.poll(current).toEqual(['Bandwidth']);
});

test('the hours of slow mode are seen before it is switched on, and hold as they are chosen', async ({
  open,
}) => {
  const { page, dataDir } = await open();
  await skipFirstRun(page);
  await openSettings(page);
  const hours = (name: string) => page.getByRole('combobox', { name, exact: true });
  await expect.poll(() => hours('From').textContent()).toContain('09:00');
  await expect.poll(() => hours('Until').textContent()).toContain('18:00');
  expect(await hours('From').isDisabled()).toBe(true);
  await page.getByRole('switch', { name: 'Slow mode every day' }).click();
  await hours('From').click();
  await page.getByRole('option', { name: '08:00' }).click();
  const stored = () => readFile(join(dataDir, 'config.json'), 'utf8');
  await expect.poll(stored).toMatch(/"from":\s*8,\s*"to":\s*18/);
  const isOn = page.getByRole('switch', { name: 'Slow mode every day' });
  await isOn.click();
  await expect.poll(stored).toMatch(/"hours":\s*null/);
  // Switched off, they are not forgotten.
  await expect.poll(() => hours('From').textContent()).toContain('08:00');
});

test('a wide window shows sections side by side', async ({ open }) => {
  const { page } = await open({ width: 3840, height: 2160 });
  await skipFirstRun(page);
  await openSettings(page);
  const area = await page.getByRole('main').boundingBox();
  const last = await page.getByRole('region', { name: 'About' }).boundingBox();
  const right = (box: typeof area) => (box?.x ?? 0) + (box?.width ?? 0);
  expect(right(last)).toBeGreaterThan(right(area) - 100);
});
