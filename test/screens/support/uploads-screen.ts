import type { Locator, Page } from 'playwright-core';

/** The uploads page as a person uses it. */
export interface UploadsScreen {
  row(name: string): Locator;
  /** Gives a file by the button for it. */
  add(...paths: readonly string[]): Promise<void>;
  /** Lets go of a file over the window. */
  drop(name: string, content: string): Promise<void>;
  /** Resolves when the row of a file says so in its state. */
  whenState(name: string, state: string): Promise<void>;
}

export function uploadsScreen(page: Page): UploadsScreen {
  const row = (name: string) => page.getByRole('row', { name: new RegExp(literally(name)) });
  return {
    row,
    async add(...paths) {
      const choosing = page.waitForEvent('filechooser');
      await page
        .getByRole('button', { name: /^Add files/ })
        .first()
        .click();
      await (await choosing).setFiles([...paths]);
    },
    async drop(name, content) {
      const dragged = await page.evaluateHandle(
        ([fileName, text]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([text ?? ''], fileName ?? '', { type: 'text/plain' }));
          return transfer;
        },
        [name, content],
      );
      for (const type of ['dragenter', 'dragover', 'drop']) {
        await page.dispatchEvent('main', type, { dataTransfer: dragged });
      }
    },
    async whenState(name, state) {
      await row(name).getByText(state, { exact: true }).waitFor();
    },
  };
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Past the first run, on the uploads page. */
export async function skipFirstRun(page: Page): Promise<UploadsScreen> {
  await page.getByRole('button', { name: 'Skip for now' }).click();
  await page.getByRole('heading', { level: 1, name: 'Uploads' }).waitFor();
  return uploadsScreen(page);
}
