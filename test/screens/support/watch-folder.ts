import type { Page } from 'playwright-core';

/** Watches a folder that is there, with the rules as they are offered. */
export async function watchFolder(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+Shift+O');
  const dialog = page.getByRole('dialog', { name: 'Watch a folder' });
  await dialog.getByRole('combobox', { name: 'Folder' }).fill(path);
  await dialog.getByRole('button', { name: 'Watch this folder' }).click();
  await dialog.waitFor({ state: 'detached' });
}
