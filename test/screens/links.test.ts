import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { copiedBy } from './support/clipboard.ts';
import { copyButton, openLinks, threeLinks } from './support/links-screen.ts';
import { test } from './support/with-app.ts';

const itemsOf = (page: Page) => page.getByRole('button', { name: /^Copy the link of/ });

test('links are found by name, destination and date, as cards and as a list', async ({ open }) => {
  const { page } = await open({}, threeLinks);
  await openLinks(page);
  for (const mode of ['Cards', 'List']) {
    await page.getByRole('button', { name: mode, exact: true }).click();
    await expect.poll(() => itemsOf(page).count()).toBe(3);
  }
  // The list is what this window comes back to.
  await page.reload();
  await page.getByRole('columnheader', { name: 'File' }).waitFor();

  const search = page.getByRole('searchbox', { name: 'Search links' });
  await search.fill('no such file');
  await page.getByRole('heading', { name: 'No file is called “no such file”' }).waitFor();
  await search.fill('mount');
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
  await page.getByRole('searchbox', { name: 'Search links' }).fill('mount');
  await page.getByRole('main').getByRole('button', { name: 'Clear the search' }).last().click();
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByText('3 links', { exact: true }).waitFor();
});

test('a link is copied in every format, with the own template, and many at once', async ({ open }) => {
  const { page, hoist } = await open({}, threeLinks);
  await openLinks(page);
  const url = (await hoist('links', '--to', 'demo-flora')).stdout.trim();
  await page.getByRole('searchbox', { name: 'Search links' }).fill('harbour');
  await page.getByText('1 link', { exact: true }).waitFor();
  const copyAs = (format: string | RegExp) =>
    copiedBy(page, async () => {
      await page.getByRole('button', { name: 'Copy as', exact: true }).click();
      await page.getByRole('menuitem', { name: format }).click();
    });
  expect(await copyAs('Markdown')).toContain(`](${url})`);
  expect(await copyAs('HTML')).toContain(`"${url}"`);
  expect(JSON.parse(await copyAs('JSON'))).toMatchObject({ link: url, name: 'harbour.txt' });
  const id = await copyAs('Asset id');
  expect(id).toMatch(/^[\w-]+$/);

  await page.getByRole('button', { name: 'Copy as', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Own template…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Own template' });
  await dialog.getByRole('textbox', { name: 'Template' }).fill('<{name}> {link} {id}');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  const own = await copyAs('My own template');
  expect(own).toBe(`<harbour.txt> ${url} ${id}`);

  await page.getByRole('button', { name: 'Clear the search' }).click();
  await page.getByText('3 links', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Select all' }).click();
  await page.getByText('3 of 3 links selected').waitFor();
  const all = await copiedBy(page, () =>
    page.getByRole('toolbar').getByRole('button', { name: 'Copy', exact: true }).click(),
  );
  expect(all.trim().split('\n')).toHaveLength(3);
  expect(all).toContain(url);
});
