/** What a person does to a row happens to that row and leaves it in sight, however little room there is. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { App } from './support/app.ts';
import { waitForWords } from './support/wait-for-words.ts';
import { test } from './support/with-app.ts';

const names = Array.from({ length: 14 }, (_, index) => `a file with a long name ${index + 1}.txt`);
const low = { width: 900, height: 600 };

async function sendAll({ write, hoist }: Pick<App, 'write' | 'hoist'>): Promise<void> {
  const paths = await Promise.all(names.map((name) => write(name, name)));
  await hoist('upload', ...paths, '--to', 'demo-flora');
}

/** The last row that can be pressed, and where: so far above the end of the list, where the bar of a selection will be. */
async function lastRow(page: Page, above: number): Promise<{ row: Locator; x: number; y: number }> {
  await page.getByRole('row').nth(names.length).waitFor({ state: 'attached' });
  const end = await page.getByRole('contentinfo').boundingBox();
  if (end === null) throw new Error('The window has no end.');
  const place = { x: 430, y: end.y - above };
  const number = await page.evaluate(
    ({ x, y }) => document.elementFromPoint(x, y)?.closest('[data-row]')?.getAttribute('data-row'),
    place,
  );
  return { row: page.locator(`[data-row="${number}"]`), ...place };
}

test('the last row in sight is not hidden by the bar that selecting it brings', async ({ open }) => {
  const { page } = await open(low, sendAll);
  const { row, x, y } = await lastRow(page, 12);
  await page.mouse.click(x, y);
  const bar = page.getByRole('region', { name: 'Selected files' });
  await bar.waitFor();
  const isAbove = async () => {
    const [chosen, below] = await Promise.all([row.boundingBox(), bar.boundingBox()]);
    return chosen !== null && below !== null && chosen.y + chosen.height <= below.y + 1;
  };
  await expect.poll(isAbove).toBe(true);
  expect(await row.getAttribute('aria-selected')).toBe('true');
});

test('a list fades where it goes on, and not at its end', async ({ open }) => {
  const { page } = await open(low, sendAll);
  const opacity = (list: Locator) => async () =>
    list.locator('.more-below').evaluate((end) => Number(getComputedStyle(end).opacity));
  // Again each time: what is read and drawn a moment later makes it longer.
  const opacityAtEnd = (list: Locator) => async () => {
    await list.evaluate((element) => {
      const scroller = [element, ...element.querySelectorAll('*')].find(
        ({ scrollHeight, clientHeight }) => clientHeight > 100 && scrollHeight > clientHeight,
      );
      scroller?.scrollBy(0, 10_000);
    });
    return opacity(list)();
  };
  const uploads = page.getByRole('grid');
  await expect.poll(opacity(uploads)).toBe(1);
  await expect.poll(opacityAtEnd(uploads)).toBe(0);
  await page.getByRole('row').last().dblclick();
  const details = page.getByRole('complementary');
  await expect.poll(opacity(details)).toBe(1);
  await expect.poll(opacityAtEnd(details)).toBe(0);
  await page.getByRole('link', { name: /^Links/ }).click();
  const links = page.getByRole('grid', { name: 'Completed files and their links' });
  await expect.poll(opacity(links)).toBe(1);
  // Nothing goes on where all of it is in sight.
  await page.getByRole('searchbox').fill('name 14');
  await page.getByText('1 link', { exact: true }).waitFor();
  await expect.poll(opacity(links)).toBe(0);
});

test('two presses on the last row in sight show its details, whatever comes under the pointer in between', async ({
  open,
}) => {
  const { page } = await open(low, sendAll);
  const { row, x, y } = await lastRow(page, 20);
  const said = await row.textContent();
  await page.mouse.dblclick(x, y);
  const details = page.getByRole('complementary');
  await details.waitFor();
  expect(said).toContain(await details.getByRole('heading', { level: 3 }).first().textContent());
  await page.getByText('1 selected').waitFor();
  expect(await page.getByText('removed from the list').count()).toBe(0);
  expect(await page.getByRole('tab', { name: /^All/ }).textContent()).toContain(`${names.length}`);
});

test('a file whose column of progress has no room says in its state how far it came', async ({ open }) => {
  const { page, write, start } = await open({ width: 450, height: 700 }, async (app) => {
    await waitForWords(app.start('demo', '--slow', '1MB'), /demo service runs/);
  });
  await page.getByRole('button', { name: 'Skip setup' }).click();
  start('upload', await write('large.bin', Buffer.alloc(20_000_000)), '--to', 'demo-flora');
  const row = page.getByRole('row', { name: /large\.bin/ });
  await row.getByText(/^Sending\s[1-9]\d?\s%$/).waitFor();
  expect(await row.getByRole('progressbar').count()).toBe(0);
});

/** What moved in the page since it was loaded without being asked to, as the browser saw it: the parts with a role. */
const movedByItself = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          const nodes = list
            .getEntries()
            .flatMap((entry) => ('sources' in entry ? (entry.sources as { node: Node | null }[]) : []));
          resolve(
            nodes.map(({ node }) => (node instanceof Element ? (node.getAttribute('role') ?? '') : '')),
          );
        });
        observer.observe({ type: 'layout-shift', buffered: true });
        // Where nothing moved, the observer is never called.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve([])));
      }),
  );

test('the list stands still while a window loads, also below the bar of all that is on its way', async ({
  open,
}) => {
  const { page, write, start } = await open({}, async (app) => {
    await waitForWords(app.start('demo', '--slow', '1MB'), /demo service runs/);
  });
  await page.getByRole('button', { name: 'Skip setup' }).click();
  start('upload', await write('large.bin', Buffer.alloc(60_000_000)), '--to', 'demo-flora');
  const all = page.getByRole('region', { name: 'All together' });
  await all.getByText('0 of 1 file').waitFor();
  await page.reload();
  await all.getByText('0 of 1 file').waitFor();
  await page.getByRole('row', { name: /large\.bin/ }).waitFor();
  expect(await movedByItself(page)).not.toContain('grid');
});
