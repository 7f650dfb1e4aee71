import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { untilWatched } from '../support/until-watched.ts';
import { skipFirstRun } from './support/uploads-screen.ts';
import { test } from './support/with-app.ts';

async function watch(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+Shift+O');
  const dialog = page.getByRole('dialog', { name: 'Watch a folder' });
  await dialog.getByRole('combobox', { name: 'Folder' }).fill(path);
  await dialog
    .getByText(/left alone/)
    .first()
    .waitFor();
  await dialog.getByRole('button', { name: 'More rules' }).click();
  await dialog.getByRole('textbox', { name: 'Leave out' }).fill('drafts/');
  await dialog.getByRole('textbox', { name: 'Unchanged for' }).fill('60');
  await dialog.getByRole('textbox', { name: 'Unchanged for' }).blur();
  await dialog.getByRole('button', { name: 'Watch this folder' }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('a form that lacks something says what, and is sent as soon as it is there', async ({ open }) => {
  const { page, write, files } = await open();
  await skipFirstRun(page);
  await write('renders/before.txt', 'was there');
  await page.keyboard.press('Control+Shift+O');
  const dialog = page.getByRole('dialog', { name: 'Watch a folder' });
  const end = dialog.getByRole('button', { name: 'Watch this folder' });
  const why = async () => {
    const id = await end.getAttribute('aria-describedby');
    return id === null ? null : page.locator(`[id="${id}"]`).textContent();
  };
  expect(await end.isDisabled()).toBe(true);
  expect(await why()).toBe('Still needed: Folder');
  await dialog.getByRole('combobox', { name: 'Folder' }).fill(join(files, 'renders'));
  await expect.poll(() => end.isEnabled()).toBe(true);
  expect(await why()).toBe(null);
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: /^Destinations/ }).click();
  await page.getByRole('main').getByRole('button', { name: 'Add a destination' }).first().click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^FLORA/ })
    .click();
  const hasFocus = (label: string) =>
    page.getByLabel(label).evaluate((field) => field === document.activeElement);
  await page.getByRole('button', { name: 'Still needed: API key, Workspace id', exact: true }).click();
  expect(await hasFocus('API key')).toBe(true);
  await page.keyboard.type('a-key');
  await page.getByRole('button', { name: 'Still needed: Workspace id', exact: true }).click();
  expect(await hasFocus('Workspace id')).toBe(true);
  await page.keyboard.type('ws_1');
  // Also where it is folded away.
  await page.getByRole('button', { name: 'Advanced' }).click();
  await page.getByLabel('Address of the API').fill('ftp://example.com');
  await page.getByRole('button', { name: 'Advanced' }).click();
  await page.getByLabel('Address of the API').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Address of the API: / }).click();
  expect(await hasFocus('Address of the API')).toBe(true);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('https://example.com');
  await page.getByText('It has not been tested.', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Add it' }).isEnabled()).toBe(true);
});

test('a folder is scanned when asked, and says why a file does or does not go up', async ({ open }) => {
  const { page, write, files } = await open();
  await skipFirstRun(page);
  await write('renders/before.txt', 'was there');
  await write('renders/drafts/sketch.txt', 'a draft');
  await watch(page, join(files, 'renders'));
  await page.getByRole('link', { name: /^Watch folders/ }).click();
  const card = page.getByRole('article');
  await card.getByRole('button', { name: 'Scan now' }).click();
  await card.getByText(/^Looked through \d files?: nothing new/).waitFor();
  for (const [path, verdict] of [
    ['drafts/sketch.txt', 'Ignored'],
    ['before.txt', 'Left alone'],
  ] as const) {
    await card.getByRole('button', { name: 'Explain a file…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Explain a file' });
    await dialog.getByRole('combobox', { name: 'File' }).fill(join(files, 'renders', path));
    await dialog.getByRole('button', { name: 'Explain', exact: true }).click();
    await dialog.getByText(verdict, { exact: true }).waitFor();
    await dialog
      .getByRole('contentinfo')
      .or(dialog.locator('footer'))
      .getByRole('button', { name: 'Close' })
      .click();
    await dialog.waitFor({ state: 'detached' });
  }
});

test('a file that is still being written goes up at once when it is asked for', async ({ open }) => {
  const { page, write, files, hoist } = await open();
  const uploads = await skipFirstRun(page);
  await write('renders/.keep', '');
  await watch(page, join(files, 'renders'));
  await untilWatched(hoist, join(files, 'renders'));
  const path = await write('renders/growing.txt', 'first ');
  await appendFile(path, 'second');
  await page.getByRole('button', { name: 'Send now: growing.txt' }).click();
  await uploads.whenState('growing.txt', 'Ready');
});
