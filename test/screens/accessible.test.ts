import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { test } from './support/with-app.ts';

const pages = ['uploads/all', 'links', 'folders', 'destinations', 'settings', 'first-run'];

/** What axe calls serious or critical, with where it stands. */
async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

test.for(['light', 'dark'] as const)('no screen keeps anybody out (%s)', async (colorScheme, { open }) => {
  const { page } = await open({ colorScheme }, async ({ write, hoist }) => {
    await hoist('upload', await write('a.txt', 'a'), '--to', 'demo-cyberun');
    await hoist('upload', await write('empty.png', ''), '--to', 'demo-runflow');
  });
  const origin = new URL(page.url()).origin;
  for (const name of pages) {
    await page.goto(`${origin}/#/${name}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
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
  await dialog('Keys').waitFor();
  expect(await findings(page), 'keys').toEqual([]);
});
