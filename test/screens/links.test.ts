import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { App } from './support/app.ts';
import { test } from './support/with-app.ts';

/** One link of each kind that a copy treats in its own way. */
async function prepare({ write, hoist }: Pick<App, 'write' | 'hoist'>): Promise<void> {
  await hoist('upload', await write('harbour.txt', 'one'), '--to', 'demo-flora');
  await hoist('upload', await write('mountain.txt', 'two'), '--to', 'demo-cyberun');
  await hoist('upload', await write('meadow.png', 'three'), '--to', 'demo-runflow');
}

async function openLinks(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Links/ }).click();
  await page.getByText('3 links', { exact: true }).waitFor();
}
const copyButton = (page: Page, name: string) =>
  page.getByRole('button', { name: `Copy the link of ${name}` });
const itemsOf = (page: Page) => page.getByRole('button', { name: /^Copy the link of/ });

test('links are found by name, destination and date, as cards and as a list', async ({ open }) => {
  const { page } = await open({}, prepare);
  await openLinks(page);
  for (const mode of ['Cards', 'List']) {
    await page.getByRole('button', { name: mode, exact: true }).click();
    await expect.poll(() => itemsOf(page).count(), { timeout: 20_000 }).toBe(3);
  }
  // The list is what this window comes back to.
  await page.reload();
  await page.getByRole('columnheader', { name: 'File' }).waitFor();

  await page.getByRole('searchbox', { name: 'Search links' }).fill('mount');
  await page.getByText('1 link', { exact: true }).waitFor();
  await copyButton(page, 'mountain.txt').waitFor();
  await page.getByRole('button', { name: 'Clear the search' }).click();

  await page.getByRole('combobox', { name: 'Destination' }).click();
  await page.getByRole('option', { name: 'demo-flora' }).click();
  await page.getByText('1 link', { exact: true }).waitFor();
  await copyButton(page, 'harbour.txt').waitFor();
  await page.getByRole('combobox', { name: 'Destination' }).click();
  await page.getByRole('option', { name: 'All destinations' }).click();

  await page.getByRole('combobox', { name: 'Completed' }).click();
  await page.getByRole('option', { name: 'Other dates…' }).click();
  await page.getByLabel('Until').fill('2001-01-01');
  await page.getByText('Nothing found').waitFor();
  await page.getByLabel('Until').fill('');
  await page.getByText('3 links', { exact: true }).waitFor();
});
