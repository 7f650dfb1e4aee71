/** What a person does to a row leaves that row in sight, however little room there is. */
import { expect } from 'vitest';
import { waitForWords } from './support/wait-for-words.ts';
import { test } from './support/with-app.ts';

test('the last row in sight is not hidden by the bar that selecting it brings', async ({ open }) => {
  const names = Array.from({ length: 14 }, (_, index) => `${index + 1}.txt`);
  const { page } = await open({ width: 900, height: 600 }, async ({ write, hoist }) => {
    const paths = await Promise.all(names.map((name) => write(name, name)));
    await hoist('upload', ...paths, '--to', 'demo-flora');
  });
  await page.getByRole('row').nth(names.length).waitFor({ state: 'attached' });
  const end = await page.getByRole('contentinfo').boundingBox();
  if (end === null) throw new Error('The window has no end.');
  const place = { x: 430, y: end.y - 12 };
  const row = await page.evaluate(
    ({ x, y }) => document.elementFromPoint(x, y)?.closest('[data-row]')?.getAttribute('data-row'),
    place,
  );
  await page.mouse.click(place.x, place.y);
  const bar = page.getByRole('region', { name: 'Selected files' });
  await bar.waitFor();
  const isAbove = async () => {
    const [chosen, below] = await Promise.all([
      page.locator(`[data-row="${row}"]`).boundingBox(),
      bar.boundingBox(),
    ]);
    return chosen !== null && below !== null && chosen.y + chosen.height <= below.y + 1;
  };
  await expect.poll(isAbove).toBe(true);
  expect(await page.locator(`[data-row="${row}"]`).getAttribute('aria-selected')).toBe('true');
});

test('a file whose column of progress has no room says in its state how far it came', async ({ open }) => {
  const { page, write, start } = await open({ width: 450, height: 700 }, async (app) => {
    await waitForWords(app.start('demo', '--slow', '1MB'), /demo service runs/);
  });
  await page.getByRole('button', { name: 'Skip for now' }).click();
  start('upload', await write('large.bin', Buffer.alloc(20_000_000)), '--to', 'demo-flora');
  const row = page.getByRole('row', { name: /large\.bin/ });
  await row.getByText(/^Sending\s[1-9]\d?\s%$/).waitFor();
  expect(await row.getByRole('progressbar').count()).toBe(0);
});
