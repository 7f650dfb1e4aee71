/** What is removed on the screen can be undone, and then nothing has happened; else it is gone, in the engine as well. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { App } from './support/app.ts';
import { waitForWords } from './support/wait-for-words.ts';
import { watchFolder } from './support/watch-folder.ts';
import { test } from './support/with-app.ts';

async function prepare({ write, hoist, start, hoistWithKey }: Before): Promise<void> {
  const [, baseUrl = '', key = ''] = await waitForWords(start('demo'), /Runflow +(\S+) +key (\S+)/);
  await hoistWithKey(key, 'destinations', 'add', 'studio', '--kind', 'runflow', '--base-url', baseUrl);
  const paths = [await write('sent.txt', 'sent'), await write('linked.txt', 'linked')];
  await hoist('upload', ...paths, '--to', 'demo-flora');
}
type Before = Pick<App, 'files' | 'write' | 'hoist' | 'hoistWithKey' | 'start'>;

const undo = (page: Page) => page.getByRole('button', { name: 'Undo' });
/** What ends the time in which it can be undone: the window goes, or the message does. */
const reload = (page: Page) => page.reload();
const waitItOut = (page: Page) => undo(page).waitFor({ state: 'detached' });

interface Removable {
  readonly what: string;
  readonly page: string;
  readonly shown: (page: Page) => Locator;
  readonly more: (page: Page) => Locator;
  readonly entry: string;
  /** The command that lists it, and the word it has there. */
  readonly told: readonly string[];
  readonly sign: string;
  readonly end: (page: Page) => Promise<unknown>;
}

const removables: readonly Removable[] = [
  {
    what: 'a file',
    page: 'Uploads',
    shown: (page) => page.getByRole('row', { name: /sent\.txt/ }),
    more: (page) => page.getByRole('button', { name: 'More about sent.txt' }),
    entry: 'Remove from list',
    told: ['status', '--json'],
    sign: 'sent.txt',
    end: reload,
  },
  {
    what: 'a link',
    page: 'Links',
    shown: (page) => page.getByRole('button', { name: 'Copy the link of linked.txt' }),
    more: (page) => page.getByRole('button', { name: 'More about linked.txt' }),
    entry: 'Remove from list',
    told: ['links', '--json'],
    sign: 'linked.txt',
    end: waitItOut,
  },
  {
    what: 'a watch folder',
    page: 'Watch folders',
    shown: (page) => page.getByRole('article', { name: /renders$/ }),
    more: (page) => page.getByRole('article', { name: /renders$/ }).getByRole('button', { name: /^More/ }),
    entry: 'Remove',
    told: ['folders', 'list', '--json'],
    sign: 'renders',
    end: reload,
  },
  {
    what: 'a destination',
    page: 'Destinations',
    shown: (page) => page.getByRole('article', { name: 'studio' }),
    more: (page) => page.getByRole('article', { name: 'studio' }).getByRole('button', { name: /^More/ }),
    entry: 'Remove',
    told: ['destinations', 'list', '--json'],
    sign: '"studio"',
    end: reload,
  },
];

test('what is removed comes back when it is undone, and is gone when it is not', async ({ open }) => {
  const { page, hoist, files } = await open({}, prepare);
  await mkdir(join(files, 'renders'));
  await watchFolder(page, join(files, 'renders'));
  for (const { what, page: name, shown, more, entry, told, sign, end } of removables) {
    const isKnown = async () => (await hoist(...told)).stdout.includes(sign);
    const remove = async () => {
      await more(page).click();
      await page.getByRole('menuitem', { name: entry }).click();
      await shown(page).waitFor({ state: 'detached' });
    };
    await page.getByRole('link', { name: new RegExp(`^${name}`) }).click();
    await shown(page).waitFor();
    await remove();
    await undo(page).click();
    await shown(page).waitFor();
    await undo(page).waitFor({ state: 'detached' });
    expect(await isKnown(), what).toBe(true);

    await remove();
    await end(page);
    await expect.poll(isKnown, { message: what }).toBe(false);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await expect.poll(() => shown(page).count(), { message: what }).toBe(0);
  }
});
