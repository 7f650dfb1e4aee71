import { expect } from 'vitest';
import { findings } from './support/findings.ts';
import { test } from './support/with-app.ts';

/** Each with its heading: the page before it is there until the new one is. */
const pages = [
  ['uploads/all', 'Uploads'],
  ['links', 'Links'],
  ['folders', 'Watch folders'],
  ['destinations', 'Destinations'],
  ['settings', 'Settings'],
  ['first-run', 'Where should your files go?'],
] as const;

test.for(['light', 'dark'] as const)('no screen keeps anybody out (%s)', async (colorScheme, { open }) => {
  const { page } = await open({ colorScheme }, async ({ write, hoist }) => {
    await hoist('upload', await write('a.txt', 'a'), '--to', 'demo-cyberun');
    await hoist('upload', await write('empty.png', ''), '--to', 'demo-runflow');
  });
  const origin = new URL(page.url()).origin;
  for (const [name, heading] of pages) {
    await page.goto(`${origin}/#/${name}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    expect(await findings(page), name).toEqual([]);
  }
  await page.goto(`${origin}/#/settings`);
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  const dialog = (name: string) => page.getByRole('dialog', { name });
  await page.keyboard.press('Control+k');
  await dialog('Find a command').waitFor();
  expect(await findings(page), 'palette').toEqual([]);
  await page.keyboard.press('Escape');
  await dialog('Find a command').waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await dialog('Keyboard shortcuts').waitFor();
  expect(await findings(page), 'keys').toEqual([]);
});

test.for(['light', 'dark'] as const)('no dialog keeps anybody out (%s)', async (colorScheme, { open }) => {
  const { page, files } = await open({ colorScheme }, async ({ write, hoist }) => {
    await hoist('upload', await write('a.txt', 'a'), '--to', 'demo-cyberun');
    await write('renders/one.txt', '1');
  });
  const origin = new URL(page.url()).origin;
  const begin = async (name: string) => {
    await page.goto(`${origin}/#/${name}`);
    await page.reload();
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  };
  const dialog = page.getByRole('dialog');

  await begin('folders');
  await page.keyboard.press('Control+Shift+O');
  await dialog.getByRole('combobox', { name: 'Folder' }).fill(`${files}/renders`);
  await dialog.getByText('1 file that is there now is left alone').waitFor();
  expect(await findings(page), 'folder').toEqual([]);

  await begin('destinations');
  await page.getByRole('main').getByRole('button', { name: 'Add a destination' }).first().click();
  await dialog.getByRole('button', { name: /^FLORA/ }).click();
  await dialog.getByRole('button', { name: 'Advanced' }).click();
  await dialog.getByRole('textbox', { name: 'Address of the API' }).waitFor();
  expect(await findings(page), 'destination').toEqual([]);

  await begin('uploads/all');
  await page.getByRole('row', { name: /a\.txt/ }).dblclick();
  await page.getByRole('complementary').getByText('Reserved', { exact: true }).waitFor();
  expect(await findings(page), 'details').toEqual([]);
  await page.getByRole('button', { name: 'Messages' }).click();
  await dialog.waitFor();
  expect(await findings(page), 'messages').toEqual([]);

  await begin('links');
  await page.getByRole('button', { name: 'Copy as', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Own template…' }).click();
  await dialog.getByRole('textbox', { name: 'Template' }).waitFor();
  expect(await findings(page), 'template').toEqual([]);
});
