import type { Page } from 'playwright-core';

export type DragStep = 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel';

/** Files and folders of this computer over the window, as the system drags them. */
export async function dragPaths(
  page: Page,
  paths: readonly string[],
  steps: readonly DragStep[],
  at: { readonly x: number; readonly y: number } = { x: 600, y: 300 },
): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  for (const type of steps) {
    await devTools.send('Input.dispatchDragEvent', {
      type,
      ...at,
      data: { items: [], files: [...paths], dragOperationsMask: 1 },
    });
  }
  await devTools.detach();
}
