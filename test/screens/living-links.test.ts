/** Links that are not what they were: signed anew, running out, sent once more. */
import { expect } from 'vitest';
import { copiedBy } from './support/clipboard.ts';
import { copyButton, openLinks, threeLinks } from './support/links-screen.ts';
import { test } from './support/with-app.ts';

test('the URL of Runflow is fetched anew when it is copied, and a key counts down', async ({ open }) => {
  const { page } = await open({}, threeLinks);
  await openLinks(page);
  const copied = await copiedBy(page, () => copyButton(page, 'meadow.png').click());
  expect(copied).toMatch(/^http/);
  expect(await (await fetch(copied)).text()).toBe('three');
  await page.getByRole('button', { name: 'List', exact: true }).click();
  const left = (hours: RegExp) =>
    page
      .getByRole('row', { name: /mountain\.txt/ })
      .getByText(hours)
      .filter({ visible: true })
      .first()
      .waitFor();
  await left(/2[34]\sh left/);
  // The clock of the window goes on, and the life of the key with it.
  await page.clock.install();
  await page.clock.setSystemTime(Date.now() + 20 * 3_600_000);
  await page.reload();
  await left(/(^|\s)[34]\sh left/);
});

test('a file is sent again as a new asset', async ({ open }) => {
  const { page, hoist } = await open({}, async ({ write, hoist: upload }) => {
    await upload('upload', await write('harbour.txt', 'one'), '--to', 'demo-flora');
  });
  await openLinks(page, '1 link');
  const before = (await hoist('links', '--to', 'demo-flora')).stdout.trim();
  await page.getByRole('button', { name: 'More about harbour.txt' }).click();
  await page.getByRole('menuitem', { name: 'Send again…' }).click();
  await page
    .getByRole('dialog', { name: 'Send it again?' })
    .getByRole('button', { name: 'Send again' })
    .click();
  await page.getByText(/^harbour\.txt (is sent again|was not sent)/).waitFor();
  // Whoever opens the menu of a link selects it.
  await page.getByText('1 of 2 links selected').waitFor();
  const after = (await hoist('links', '--to', 'demo-flora')).stdout.trim().split('\n');
  expect(after).toHaveLength(2);
  expect(after).toContain(before);
});
