/** What the sidebar says of trouble, in words, and also where there is room for its icons only. */
import { expect } from 'vitest';
import { waitForWords } from './support/wait-for-words.ts';
import { test } from './support/with-app.ts';

const slowedDown = '[{"value":{"status":429,"retryAfter":900},"dialect":"cyberun","stage":"reserve"}]';

test('a held destination and open files are told in words, wide and narrow', async ({ open }) => {
  const { page, start, write } = await open({}, async (prepared) => {
    await waitForWords(
      prepared.start('demo', '--fault', `status=${slowedDown}`),
      /Runflow +(\S+) +key (\S+)/,
    );
  });
  await page.getByRole('button', { name: 'Skip setup' }).click();
  const pages = page.getByRole('navigation', { name: 'Pages' });
  start('upload', await write('a.txt', 'a'), '--to', 'demo-cyberun');

  const uploads = pages.getByRole('link', { name: 'Uploads 1 file not done: 1 waiting', exact: true });
  await uploads.waitFor();
  const held = pages.getByRole('link', {
    name: /^demo-cyberun Held until \S+.*, and goes on then\. The service asks/,
  });
  await held.hover();
  await page
    .getByText(/^Held until/)
    .nth(1)
    .waitFor();
  // Its entries are seen: their group has no mark.
  await pages.getByRole('link', { name: 'Destinations', exact: true }).waitFor();

  await page.setViewportSize({ width: 640, height: 400 });
  await uploads.waitFor();
  const group = pages.getByRole('link', { name: /^Destinations demo-cyberun: Held until/ });
  await group.hover();
  await page
    .getByText(/^demo-cyberun: Held until/)
    .nth(1)
    .waitFor();
  await expect.poll(() => held.count()).toBe(0);
});
