import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'vitest';
import { untilWatched } from '../support/until-watched.ts';
import { clipboardOf } from './support/clipboard.ts';
import { skipFirstRun, uploadsScreen } from './support/uploads-screen.ts';
import { waitForWords } from './support/wait-for-words.ts';
import { test } from './support/with-app.ts';

/** A demo service of its own process, with faults. */
const demoWith =
  (...options: readonly string[]) =>
  async ({ start }: { start(...args: readonly string[]): Parameters<typeof waitForWords>[0] }) => {
    await waitForWords(start('demo', ...options), /demo service runs/);
  };

test('a file that is dropped goes up, and its link is copied, by itself and from its row', async ({
  open,
}) => {
  const { page, hoist } = await open({ copiesByItself: true });
  const uploads = await skipFirstRun(page);
  await uploads.drop('notes from today.txt', 'hello');
  await uploads.whenState('notes from today.txt', 'Ready');
  // A file that was given by hand is copied by itself when it is ready; what follows is the button's own copy.
  await page.getByText('Link copied').first().waitFor();
  await page.evaluate(() => navigator.clipboard.writeText('something else'));
  await uploads.row('notes from today.txt').getByRole('button', { name: 'Copy link' }).click();
  const copied = (await hoist('links')).stdout.trim();
  await expect.poll(() => clipboardOf(page)).toBe(copied);
  expect(await (await fetch(copied)).text()).toBe('hello');

  // What was copied on purpose a moment ago stays: the next file's link is only offered.
  await uploads.drop('next.txt', 'bye');
  await page.getByText('A file is done').waitFor();
  expect(await clipboardOf(page)).toBe(copied);
  await page.getByRole('button', { name: 'Copy its link' }).click();
  await expect.poll(() => clipboardOf(page)).not.toBe(copied);
  expect(await (await fetch(await clipboardOf(page))).text()).toBe('bye');
});

test('the bar moves while bytes go; pausing stops them, resuming ends the file', async ({ open }) => {
  const { page, write } = await open({}, demoWith('--slow', '1MB'));
  const uploads = await skipFirstRun(page);
  await uploads.add(await write('big.bin', randomBytes(24_000_000)));
  const bar = uploads.row('big.bin').getByRole('progressbar');
  await bar.waitFor();
  const first = Number(await bar.getAttribute('aria-valuenow'));
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(first);
  await uploads.row('big.bin').getByRole('button', { name: 'Pause' }).click();
  await uploads.whenState('big.bin', 'Paused');
  await uploads.row('big.bin').getByRole('button', { name: 'Resume' }).click();
  await uploads.whenState('big.bin', 'Ready');
});

test('a link that ran out is renewed, said in amber in the row and the timeline, and costs no try', async ({
  open,
}) => {
  const skewed = '{"value":7200000,"dialect":"flora","stage":"upload","first":1}';
  const { page, write } = await open({}, demoWith('--fault', `storeSkewMs=${skewed}`));
  const uploads = await skipFirstRun(page);
  await uploads.add(await write('renewed.txt', 'hello'));
  await uploads.whenState('renewed.txt', 'Ready');
  await uploads.row('renewed.txt').getByText('upload link renewed').waitFor();
  await uploads.row('renewed.txt').dblclick();
  const details = page.getByRole('complementary');
  await details.getByText('Link expired, renewed').waitFor();
  await details.getByText('Not counted as a failed try.', { exact: false }).waitFor();
});

test('a file that failed says why, and goes up when it is tried again', async ({ open }) => {
  const broken = '{"value":500,"dialect":"flora","stage":"reserve","first":1}';
  const { page, write } = await open({}, demoWith('--fault', `status=${broken}`));
  const uploads = await skipFirstRun(page);
  await page.keyboard.press('Control+,');
  const tries = page.getByRole('textbox', { name: 'Tries for one file' });
  await tries.fill('1');
  await tries.blur();
  await page.keyboard.press('Control+1');
  await uploads.add(await write('picture.txt', 'hello'));
  await uploads.whenState('picture.txt', 'Failed');
  await page.getByRole('tab', { name: /^Failed/ }).click();
  await uploads.row('picture.txt').getByRole('button', { name: 'Retry' }).click();
  await page.getByRole('tab', { name: /^All/ }).click();
  await uploads.whenState('picture.txt', 'Ready');
});

test('a refused key needs the person, and its files go on as soon as a right one is entered', async ({
  open,
}) => {
  let key = '';
  const { page, write } = await open({}, async ({ start, hoistWithKey }) => {
    const [, baseUrl = '', right = ''] = await waitForWords(start('demo'), /Runflow +(\S+) +key (\S+)/);
    key = right;
    const draft = ['mine', '--kind', 'runflow', '--base-url', baseUrl];
    expect(await hoistWithKey('not-the-key', 'destinations', 'add', ...draft)).toMatchObject({ code: 0 });
  });
  // Who has an account is past the first run, and files go there.
  const uploads = uploadsScreen(page);
  await uploads.add(await write('a.png', randomBytes(3000)));
  await uploads.whenState('a.png', 'Needs you');

  await page.getByRole('navigation', { name: 'Pages' }).getByText('mine', { exact: true }).click();
  await page.getByRole('button', { name: 'Update the key' }).first().click();
  await page.getByLabel('API key').fill(key);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: /^Uploads/ }).click();
  await uploads.whenState('a.png', 'Ready');
});

test('a folder is watched after its dry run, and what is written into it goes up', async ({ open }) => {
  const { page, write, files, hoist } = await open();
  await write('renders/before.txt', 'was there');
  await write('renders/.cache.tmp', 'temporary');
  const uploads = await skipFirstRun(page);
  await page.keyboard.press('Control+Shift+O');
  const dialog = page.getByRole('dialog', { name: 'Watch a folder' });
  await dialog.getByRole('combobox', { name: 'Folder' }).fill(`${files}/renders`);
  await dialog.getByText('1 file that is there now is left alone').waitFor();
  await dialog.getByRole('button', { name: 'Watch this folder' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).getByText('renders', { exact: true }).waitFor();
  await untilWatched(hoist, join(files, 'renders'));
  await write('renders/after.txt', 'new');
  await uploads.whenState('after.txt', 'Ready');
  expect(await uploads.row('before.txt').count()).toBe(0);
});
