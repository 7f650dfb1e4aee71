import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What stands on the clipboard of the browser. */
export const clipboardOf = (page: Page): Promise<string> =>
  page.evaluate(() => navigator.clipboard.readText());

/** The next text that `copy` puts there; what stood there before does not count. */
export async function copiedBy(page: Page, copy: () => Promise<unknown>): Promise<string> {
  const before = 'nothing was copied yet';
  await page.evaluate((text) => navigator.clipboard.writeText(text), before);
  await copy();
  await expect.poll(() => clipboardOf(page)).not.toBe(before);
  return clipboardOf(page);
}
