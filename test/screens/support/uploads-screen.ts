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

/** Chooses files in whatever a window opens for that, once `open` has asked for it. */
export type ChooseFiles = (open: () => Promise<void>, paths: readonly string[]) => Promise<void>;

/** A browser opens a dialog of its own. */
const chooseInBrowser =
  (page: Page): ChooseFiles =>
  async (open, paths) => {
    const choosing = page.waitForEvent('filechooser');
    await open();
    await (await choosing).setFiles([...paths]);
  };

/** `choose`: how a host other than the browser lets files be chosen. */
export function uploadsScreen(page: Page, choose: ChooseFiles = chooseInBrowser(page)): UploadsScreen {
  const row = (name: string) => page.getByRole('row', { name: new RegExp(literally(name)) });
  return {
    row,
    async add(...paths) {
      const open = () =>
        page
          .getByRole('button', { name: /^Add files/ })
          .first()
          .click();
      await choose(open, paths);
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
export async function skipFirstRun(page: Page, choose?: ChooseFiles): Promise<UploadsScreen> {
  await page.getByRole('button', { name: 'Skip setup' }).click();
  await page.getByRole('heading', { level: 1, name: 'Uploads' }).waitFor();
  return uploadsScreen(page, choose);
}
