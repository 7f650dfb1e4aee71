import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { clipboardOf } from './support/clipboard.ts';
import { test } from './support/with-app.ts';

/** Tabs on until what has the focus is called that; fails when it is nowhere. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const most = 40;
  for (let press = 0; press < most; press++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return `${element?.getAttribute('aria-label') ?? ''} ${element?.textContent ?? ''}`.trim();
    });
    if (name.test(focused)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key does not lead to ${name}.`);
}

test('the keys alone lead from the first run to a copied link', async ({ open }) => {
  const { page, hoist } = await open();
  await page.getByRole('heading', { name: 'Where should your files go?' }).waitFor();
  await tabTo(page, /^Try it now/);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Copy link' }).waitFor();
  await tabTo(page, /^Show my uploads/);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();

  await page.keyboard.press('Control+2');
  await page.getByRole('heading', { level: 1, name: 'Links' }).waitFor();
  await page.evaluate(() => navigator.clipboard.writeText('nothing yet'));
  await tabTo(page, /^Copy the link of/);
  await page.keyboard.press('Enter');
  const link = (await hoist('links')).stdout.trim();
  await expect.poll(() => clipboardOf(page)).toBe(link);
});

test('the palette runs what is found by what is typed, and begins with what was chosen lately', async ({
  open,
}) => {
  const { page, complaints } = await open({}, async ({ write, hoist }) => {
    await hoist('upload', await write('a.txt', 'a'), '--to', 'demo-cyberun');
  });
  const palette = page.getByRole('dialog', { name: 'Find a command' });
  const first = palette.getByRole('option').first();
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  await page.keyboard.press('Control+k');
  await palette.waitFor();
  await page.keyboard.type('destin');
  await expect.poll(() => first.textContent()).toMatch(/^Destinations/);
  await page.keyboard.press('Enter');
  await heading('Destinations').waitFor();
  await palette.waitFor({ state: 'detached' });

  await page.keyboard.press('Control+k');
  await palette.getByText('Recent').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => first.getAttribute('data-highlighted')).not.toBeNull();
  await page.keyboard.type('a.txt');
  await expect.poll(() => first.textContent()).toMatch(/^a\.txt/);
  await page.keyboard.press('Enter');
  await page.getByRole('complementary').getByText('a.txt').first().waitFor();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('nothing of that');
  await palette.getByText('Nothing has that name.').waitFor();
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});
