/** What is told in passing lies over nothing that a person may want to use, also where there is little room. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { skipFirstRun } from './support/uploads-screen.ts';
import { test } from './support/with-app.ts';

/** Once a link is copied, it says so; as long as the pointer rests on it, it stays. */
async function copyLink(page: Page): Promise<Locator> {
  await page.getByRole('row', { name: /a\.txt/ }).click();
  await page.keyboard.press('Control+c');
  const said = page.locator('[aria-label="What just happened"]');
  await said.getByText('Link copied').hover();
  return said;
}

async function areApart(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = await Promise.all([one.boundingBox(), other.boundingBox()]);
  if (a === null || b === null) return false;
  const areBeside = a.x + a.width <= b.x || b.x + b.width <= a.x;
  return areBeside || a.y + a.height <= b.y || b.y + b.height <= a.y;
}

test.for([
  [900, 600],
  [640, 400],
] as const)('at %i × %i a dialog makes room for what is told', async ([width, height], { open }) => {
  const { page, write, hoist } = await open({ width, height });
  const uploads = await skipFirstRun(page);
  await hoist('upload', await write('a.txt', 'a'), '--to', 'demo-flora');
  await uploads.whenState('a.txt', 'Ready');
  const said = await copyLink(page);
  await page.keyboard.press('Control+Shift+O');
  const dialog = page.getByRole('dialog', { name: 'Watch a folder' });
  await dialog.waitFor();
  await expect.poll(() => areApart(said, dialog)).toBe(true);
  const topOf = async () => (await dialog.boundingBox())?.y ?? 0;
  const lowered = await topOf();
  const box = await dialog.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);

  // It can be taken away without leaving the dialog, which then has all its room again.
  await said.getByRole('button', { name: 'Close', includeHidden: true }).click();
  await said.getByText('Link copied').waitFor({ state: 'detached' });
  await expect.poll(topOf).toBeLessThan(lowered);
  expect(await dialog.isVisible()).toBe(true);
});

test('what is told stands above the bar of a selection', async ({ open }) => {
  const { page, write, hoist } = await open({ width: 640, height: 400 });
  const uploads = await skipFirstRun(page);
  await hoist('upload', await write('a.txt', 'a'), '--to', 'demo-flora');
  await uploads.whenState('a.txt', 'Ready');
  const said = await copyLink(page);
  const bar = page.getByRole('region', { name: 'Selected files' });
  await bar.waitFor();
  await expect.poll(() => areApart(said, bar)).toBe(true);
  expect(await areApart(said, page.getByRole('contentinfo'))).toBe(true);
});
