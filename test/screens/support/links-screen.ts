import type { Locator, Page } from 'playwright-core';
import type { App } from './app.ts';

/** One link of each kind that a copy treats in its own way. */
export async function threeLinks({ write, hoist }: Pick<App, 'write' | 'hoist'>): Promise<void> {
  await hoist('upload', await write('harbour.txt', 'one'), '--to', 'demo-flora');
  await hoist('upload', await write('mountain.txt', 'two'), '--to', 'demo-cyberun');
  await hoist('upload', await write('meadow.png', 'three'), '--to', 'demo-runflow');
}

/** `count`: how many are there, as the page says it. */
export async function openLinks(page: Page, count = '3 links'): Promise<void> {
  await page.getByRole('link', { name: /^Links/ }).click();
  await page.getByText(count, { exact: true }).waitFor();
}

export const copyButton = (page: Page, name: string): Locator =>
  page.getByRole('button', { name: `Copy the link of ${name}` });
