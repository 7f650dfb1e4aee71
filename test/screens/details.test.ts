import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect } from 'vitest';
import { clipboardOf, copiedBy } from './support/clipboard.ts';
import { skipFirstRun } from './support/uploads-screen.ts';
import { waitForWords } from './support/wait-for-words.ts';
import { test } from './support/with-app.ts';

test('the timeline says each step with its status and host, and the report tells no secret', async ({
  open,
}) => {
  const skewed = '{"value":7200000,"dialect":"flora","stage":"upload","first":1}';
  const broken = '{"value":500,"dialect":"flora","stage":"complete","first":1}';
  let key = '';
  const { page, files, write, hoist } = await open({}, async ({ start }) => {
    const demo = start('demo', '--fault', `storeSkewMs=${skewed}`, '--fault', `status=${broken}`);
    [, key = ''] = await waitForWords(demo, /FLORA +\S+ +key (\S+)/);
  });
  const uploads = await skipFirstRun(page);
  await uploads.add(await write('report.txt', 'hello'));
  await uploads.whenState('report.txt', 'Ready');
  await uploads.row('report.txt').dblclick();
  const details = page.getByRole('complementary');
  for (const line of ['Reserved', 'Link expired, renewed', 'Try 1 failed', 'Sent 5 B', 'Ready'])
    await details.getByText(line, { exact: false }).first().waitFor();
  await details.getByRole('button', { name: 'Show technical details' }).click();
  await details
    .getByText(/127\.0\.0\.1/)
    .first()
    .waitFor();
  await details
    .getByText(/\b500\b/)
    .first()
    .waitFor();

  const report = await copiedBy(page, () => details.getByRole('button', { name: 'Copy report' }).click());
  expect(report).toMatch(/reserved .*HTTP 201 · 127\.0\.0\.1:/);
  expect(report).toMatch(/waiting .*HTTP 500/);
  // Whoever reads it in a public place learns neither the key nor what the files are called.
  expect(key).not.toBe('');
  for (const secret of [key, 'report.txt', files]) expect(report).not.toContain(secret);
  // A presigned URL is a secret, and what makes it one are its parameters.
  expect(report).not.toMatch(/[?&](sig|signature|x-amz-[\w-]+|token|policy)=/i);

  const url = (await hoist('links')).stdout.trim();
  expect(await copiedBy(page, () => details.getByRole('button', { name: 'Copy', exact: true }).click())).toBe(
    url,
  );
  const markdown = await copiedBy(page, async () => {
    await details.getByRole('button', { name: 'Copy as…' }).click();
    await page.getByRole('menuitem', { name: 'Markdown' }).click();
  });
  expect(markdown).toContain(`](${url})`);
  expect(await clipboardOf(page)).toBe(markdown);
});

test('the keys go from one file to the next with the details open', async ({ open }) => {
  const { page } = await open({}, async ({ write, hoist }) => {
    await hoist('upload', await write('first.txt', '1'), '--to', 'demo-flora');
    await hoist('upload', await write('second.txt', '2'), '--to', 'demo-flora');
  });
  await page.getByRole('row', { name: /second\.txt/ }).click();
  await page.keyboard.press('Space');
  const title = (name: string) => page.getByRole('complementary').getByRole('heading', { name });
  await title('second.txt').waitFor();
  await page.keyboard.press('ArrowDown');
  await title('first.txt').waitFor();
  await page.keyboard.press('ArrowUp');
  await title('second.txt').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('complementary').waitFor({ state: 'detached' });
});

/** How bright a corner of the page is, 0 to 255: nothing is written there, and the details never reach it. */
async function brightnessOfPage(page: Page): Promise<number> {
  const place = await page.getByRole('main').boundingBox();
  if (place === null) throw new Error('There is no page.');
  const seen = await page.screenshot({ clip: { x: place.x + 4, y: place.y + 4, width: 8, height: 4 } });
  const { channels } = await sharp(seen).removeAlpha().stats();
  return channels.reduce((sum, { mean }) => sum + mean / channels.length, 0);
}

/** What is on top at the middle of a row. */
const isUnderDetails = (page: Page, name: string) =>
  page.getByRole('row', { name }).evaluate((row) => {
    const { left, top, width, height } = row.getBoundingClientRect();
    const onTop = document.elementFromPoint(left + width / 4, top + height / 2);
    return onTop?.closest('aside') !== null;
  });

test('the details dim a list that they lie over, which stays of use; Escape leads back to it', async ({
  open,
}) => {
  const { page } = await open({ width: 900, height: 600 }, async ({ write, hoist }) => {
    await hoist('upload', await write('first.txt', '1'), '--to', 'demo-flora');
    await hoist('upload', await write('second.txt', '2'), '--to', 'demo-flora');
  });
  const details = page.getByRole('complementary');
  const title = (name: string) => details.getByRole('heading', { name });
  const row = (name: string) => page.getByRole('row', { name });
  const focused = page.locator(':focus');
  await row('second.txt').click();
  const undimmed = await brightnessOfPage(page);

  await page.keyboard.press('Space');
  await title('second.txt').waitFor();
  expect(await brightnessOfPage(page)).toBeLessThan(undimmed * 0.8);
  // A real press: it would wait in vain for a row that something else lies over.
  await row('first.txt').getByText('first.txt').click();
  await title('first.txt').waitFor();
  expect(await details.count()).toBe(1);

  await details.getByRole('button', { name: 'Show technical details' }).click();
  expect(await details.locator(':focus').count()).toBe(1);
  await page.keyboard.press('Escape');
  await details.waitFor({ state: 'detached' });
  expect(await focused.getAttribute('role')).toBe('row');
  expect(await focused.textContent()).toContain('first.txt');
  expect(await brightnessOfPage(page)).toBe(undimmed);

  // In a narrower window they take its place, and there is nothing to dim.
  await page.keyboard.press('Space');
  await title('first.txt').waitFor();
  expect(await isUnderDetails(page, 'first.txt')).toBe(false);
  await page.setViewportSize({ width: 780, height: 600 });
  await expect.poll(() => isUnderDetails(page, 'first.txt')).toBe(true);

  // In a wider one both are there.
  await page.setViewportSize({ width: 1100, height: 600 });
  await expect.poll(() => isUnderDetails(page, 'first.txt')).toBe(false);
  expect(await brightnessOfPage(page)).toBe(undimmed);
});
