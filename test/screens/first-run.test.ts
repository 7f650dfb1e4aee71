import { expect } from 'vitest';
import type { CliChild } from '../support/cli-child.ts';
import { waitForWords } from './support/wait-for-words.ts';
import { test } from './support/with-app.ts';

test('two clicks lead from nothing to a finished demo upload, whose link is on the clipboard', async ({
  open,
}) => {
  const { page } = await open();
  await page.getByRole('heading', { name: 'Where should your files go?' }).waitFor();
  await page.getByRole('button', { name: 'Try it now' }).click();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const picture = await fetch(link);
  expect(picture.headers.get('content-type')).toBe('image/png');
  const head = new Uint8Array(await picture.arrayBuffer()).slice(0, 4);
  expect([...head]).toEqual([0x89, 0x50, 0x4e, 0x47]);
});

test('the way without an account is in sight in a low window, as at 200 % zoom', async ({ open }) => {
  // A page of 1280 × 800 at 200 %, in a browser that has a bar of its own.
  const { page } = await open({ width: 640, height: 370 });
  const button = page.getByRole('button', { name: 'Try it now' });
  await button.waitFor();
  const isInSight = await button.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const corners = [
      document.elementFromPoint(left + 3, top + 3),
      document.elementFromPoint(right - 3, bottom - 3),
    ];
    return corners.every((onTop) => onTop !== null && element.contains(onTop));
  });
  expect(isInSight).toBe(true);
});

test('it stays until it is left, and does not come back', async ({ open }) => {
  const { page } = await open();
  await page.getByRole('button', { name: 'Try it now' }).click();
  await page.getByRole('heading', { name: 'Your first link' }).waitFor();
  await page.getByRole('button', { name: 'Show my uploads' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  await page.reload();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  expect(await page.getByRole('heading', { name: 'Where should your files go?' }).count()).toBe(0);
});

test('a service is connected with its live test, and becomes the default', async ({ open }) => {
  // The demo service plays the real one: the same dialect at another address.
  let service = { baseUrl: '', key: '' };
  const { page, hoist } = await open({}, async ({ start }) => {
    service = await runflowOf(start('demo'));
  });
  await page.getByRole('button', { name: /^Runflow/ }).click();
  await page.getByRole('heading', { name: 'Connect Runflow' }).waitFor();
  await page.getByRole('button', { name: 'Advanced' }).click();
  await page.getByRole('textbox', { name: 'Address of the API' }).fill(service.baseUrl);
  await page.getByLabel('API key').fill('not-the-key');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.getByText('The key was refused.').waitFor();

  await page.getByLabel('API key').fill(service.key);
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.getByRole('button', { name: 'Test again' }).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Without a folder' }).click();
  await page.getByRole('button', { name: 'Send a sample picture' }).click();
  await page.getByRole('button', { name: 'Copy link' }).waitFor();
  await page.getByRole('button', { name: 'Show my uploads' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).getByText('Runflow', { exact: true }).waitFor();

  const { stdout } = await hoist('links', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ destination: 'Runflow' });
  expect(await page.content()).not.toContain(service.key);
});

/** What `hoist demo` says of its Runflow. */
async function runflowOf(demo: CliChild): Promise<{ readonly baseUrl: string; readonly key: string }> {
  const [, baseUrl = '', key = ''] = await waitForWords(demo, /Runflow +(\S+) +key (\S+)/);
  return { baseUrl, key };
}
