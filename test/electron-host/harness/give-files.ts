/** Files that a person lets go of over a window, as the system hands them over. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { GivenFile } from '../page-side/preload-world.ts';
import type { WindowPage } from './window-page.ts';

async function givenFile(path: string): Promise<GivenFile> {
  const { size, mtimeMs } = await stat(path);
  return { name: basename(path), size, lastModified: Math.trunc(mtimeMs), path };
}

/** Drags real files into the middle of the window, and lets go. */
export async function dropFiles(window: WindowPage, paths: readonly string[]): Promise<void> {
  const { page } = window;
  await window.give(await Promise.all(paths.map(givenFile)));
  const session = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize() ?? { width: 800, height: 600 };
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data });
  }
  await session.detach();
}

/** Pastes a file that has no path: a picture that was copied in another program. */
export async function pasteFile(
  window: WindowPage,
  file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array },
): Promise<void> {
  await window.page.evaluate(
    ({ name, type, base64 }) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(
        new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name, { type }),
      );
      (document.activeElement ?? document.body).dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    { name: file.name, type: file.type, base64: Buffer.from(file.bytes).toString('base64') },
  );
}
