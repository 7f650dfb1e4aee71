/** Every screen that there is a picture of, and how a person gets to it. */
import type { Page } from 'playwright-core';
import type { App } from '../support/app.ts';
import { runflowOfScene } from './scene.ts';

export interface Shot {
  readonly name: string;
  /** Begins on a window that was just loaded on `address`. */
  readonly address: string;
  prepare?(page: Page, app: App): Promise<unknown>;
  /** What was just told belongs to the picture; else that is away by then. */
  readonly showsNews?: boolean;
  /** After the picture, for what a new load does not end. */
  leave?(page: Page, app: App): Promise<unknown>;
}

const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const row = (page: Page, name: RegExp) => page.getByRole('row', { name });
const details = (name: RegExp) => async (page: Page) => {
  await row(page, name).dblclick();
  await page.getByRole('complementary').getByRole('heading').first().waitFor();
};
const section = (name: string) => (page: Page) =>
  page.getByRole('heading', { level: 2, name, exact: true }).waitFor();
/** The dialog for a folder, with this one in it. */
const newFolder = async (page: Page, path: string) => {
  await page.getByRole('article').first().waitFor();
  await page.keyboard.press('Control+Shift+O');
  const form = dialog(page, 'Watch a folder');
  await form.getByRole('combobox', { name: 'Folder' }).fill(path);
  return form;
};
/** It stands below the form where there is no room beside it. */
const showDryRun = async (page: Page) => {
  const form = await dialog(page, 'Watch a folder').getByText('After upload', { exact: true }).boundingBox();
  const run = page.getByRole('region', { name: 'Dry run' });
  await run.getByRole('listitem').first().waitFor();
  const top = (await run.boundingBox())?.y ?? 0;
  if (form !== null && top > form.y) await run.evaluate((element) => element.scrollIntoView());
};
const findNothing = async (page: Page) => {
  await page.getByRole('searchbox').fill('no file is called that');
  await page
    .getByText(/^No file is called/)
    .first()
    .waitFor();
};
const linkMenu = (page: Page) =>
  page.getByRole('gridcell').filter({ hasText: 'turntable-shot-08' }).first().click({ button: 'right' });

/** What moves comes first: it ends after a while. */
export const moving: readonly Shot[] = [
  { name: 'uploads', address: 'uploads/all' },
  { name: 'active', address: 'uploads/active' },
  { name: 'details', address: 'uploads/all', prepare: details(/hero-perfume/) },
];

export const still: readonly Shot[] = [
  { name: 'details-trouble', address: 'uploads/needsYou', prepare: details(/interview-cut/) },
  { name: 'details-ready', address: 'uploads/done', prepare: details(/turntable-shot-08/) },
  { name: 'waiting', address: 'uploads/waiting' },
  { name: 'needs-you', address: 'uploads/needsYou' },
  { name: 'failed', address: 'uploads/failed' },
  { name: 'done', address: 'uploads/done' },
  { name: 'nothing-found', address: 'uploads/all', prepare: findNothing },
  {
    name: 'bulk',
    address: 'uploads/all',
    async prepare(page) {
      await page.getByRole('checkbox').first().click();
      await page.getByText(/\d+ selected/).waitFor();
    },
  },
  {
    name: 'row-menu',
    address: 'uploads/done',
    prepare: (page) => row(page, /turntable-shot-08/).click({ button: 'right' }),
  },
  {
    name: 'view-menu',
    address: 'uploads/all',
    prepare: (page) => page.getByRole('button', { name: 'View', exact: true }).click(),
  },
  {
    name: 'links',
    address: 'links',
    prepare: (page) => page.getByRole('button', { name: 'Cards' }).click(),
  },
  {
    name: 'links-list',
    address: 'links',
    prepare: (page) => page.getByRole('button', { name: 'List' }).click(),
  },
  {
    name: 'links-selected',
    address: 'links',
    async prepare(page) {
      await page.getByRole('gridcell').first().click();
      await page.keyboard.press('Control+a');
    },
  },
  {
    name: 'links-template',
    address: 'links',
    async prepare(page) {
      await linkMenu(page);
      await page.getByRole('menuitem', { name: /^Copy as/ }).click();
      await page.getByRole('menuitem', { name: 'Own template…' }).click();
      await dialog(page, 'Own template').waitFor();
    },
  },
  {
    name: 'links-send-again',
    address: 'links',
    async prepare(page) {
      await linkMenu(page);
      await page.getByRole('menuitem', { name: 'Send again…' }).click();
      await dialog(page, 'Send it again?').waitFor();
    },
  },
  { name: 'links-nothing-found', address: 'links', prepare: findNothing },
  { name: 'folders', address: 'folders' },
  {
    name: 'folder-new',
    address: 'folders',
    async prepare(page) {
      await page.getByRole('article').first().waitFor();
      await page.keyboard.press('Control+Shift+O');
      await dialog(page, 'Watch a folder').waitFor();
    },
  },
  {
    name: 'toast-beside-dialog',
    address: 'uploads/done',
    showsNews: true,
    async prepare(page) {
      await row(page, /turntable-shot-08/).click();
      await page.keyboard.press('Control+c');
      await page
        .getByText(/ copied$/)
        .first()
        .waitFor();
      await page.keyboard.press('Control+Shift+O');
      await dialog(page, 'Watch a folder').waitFor();
    },
  },
  {
    name: 'folder-dry-run',
    address: 'folders',
    async prepare(page, { files }) {
      const form = await newFolder(page, `${files}/Exports`);
      await form
        .getByText(/left alone$/)
        .first()
        .waitFor();
      await showDryRun(page);
    },
  },
  {
    name: 'folder-dry-run-all',
    address: 'folders',
    async prepare(page, { files }) {
      const form = await newFolder(page, `${files}/Exports`);
      await form.getByRole('combobox', { name: 'Destination' }).click();
      await page.getByRole('option', { name: 'demo-runflow' }).click();
      await form.getByRole('radio', { name: /^Everything that is there/ }).click();
      await form.getByText(/limit 52/).waitFor();
      await showDryRun(page);
    },
  },
  {
    name: 'folder-rules',
    address: 'folders',
    async prepare(page) {
      const card = page.getByRole('article').filter({ hasText: 'Selects' });
      await card.getByRole('button', { name: 'Edit rules' }).click();
      await page.getByRole('dialog').getByText('fit the rules', { exact: true }).waitFor();
    },
  },
  {
    name: 'folder-explain',
    address: 'folders',
    async prepare(page, { files }) {
      await button(page, 'Explain a file…').first().click();
      const form = dialog(page, 'Explain a file');
      await form
        .getByRole('combobox', { name: 'File' })
        .or(form.getByRole('textbox', { name: 'File' }))
        .first()
        .fill(`${files}/Renders/drafts/sketch.psd`);
      await form.getByRole('button', { name: 'Explain', exact: true }).click();
      await form.getByText('Ignored', { exact: true }).waitFor();
    },
  },
  { name: 'destinations', address: 'destinations' },
  {
    name: 'destination-choose',
    address: 'destinations',
    prepare: (page) =>
      page.getByRole('main').getByRole('button', { name: 'Add a destination' }).first().click(),
  },
  {
    name: 'destination-new',
    address: 'destinations',
    async prepare(page) {
      await page.getByRole('main').getByRole('button', { name: 'Add a destination' }).first().click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^FLORA/ })
        .click();
      await page.getByRole('dialog').getByRole('button', { name: 'Advanced' }).click();
    },
  },
  ...['Sending', 'Bandwidth', 'Links', 'Appearance', 'Notifications', 'Window', 'Data', 'About'].map(
    (name): Shot => ({
      name: `settings-${name.toLowerCase()}`,
      address: `settings/${name.toLowerCase()}`,
      prepare: section(name),
    }),
  ),
  { name: 'first-run', address: 'first-run' },
  {
    name: 'first-run-connect',
    address: 'first-run',
    prepare: (page) => button(page, /^Runflow/).click(),
  },
  {
    name: 'palette',
    address: 'uploads/all',
    async prepare(page) {
      await page.getByRole('row').nth(1).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder('What do you want to do?').waitFor();
    },
  },
  {
    name: 'keys',
    address: 'uploads/all',
    async prepare(page) {
      await page.getByRole('row').nth(1).waitFor();
      await page.keyboard.press('?');
      await dialog(page, 'Keyboard shortcuts').waitFor();
    },
  },
  {
    name: 'notices',
    address: 'uploads/all',
    prepare: (page) => page.getByRole('contentinfo').getByRole('button').last().click(),
  },
  { name: 'drop', address: 'uploads/all', prepare: (page) => drag(page, ['image/png', 'image/png']) },
  { name: 'drop-refused', address: 'uploads/all', prepare: (page) => dragToRunflow(page) },
  {
    name: 'give',
    address: 'uploads/all',
    prepare: (page) => drag(page, ['image/png', 'application/zip'], { altKey: true, isLetGo: true }),
  },
];

/** Seen with accounts of somebody's own. */
export const withAccounts: readonly Shot[] = [
  { name: 'destinations-own', address: 'destinations' },
  {
    name: 'destination-edit',
    address: 'destinations',
    async prepare(page) {
      await page
        .getByRole('article', { name: 'Northlight campaign' })
        .getByRole('button', { name: 'Edit' })
        .click();
      await dialog(page, 'Edit Northlight campaign').waitFor();
    },
  },
];

/** Adds destinations and files, so it comes last. */
export const adding: readonly Shot[] = [
  {
    name: 'first-run-folder',
    address: 'first-run',
    prepare: connectRunflow,
    leave: removeRunflow,
  },
  {
    name: 'first-run-done',
    address: 'first-run',
    async prepare(page) {
      await connectRunflow(page);
      await button(page, /^(Go on|Continue|Without a folder)$/).click();
      await page.getByRole('heading', { name: 'Ready', exact: true }).waitFor();
    },
    leave: removeRunflow,
  },
  {
    name: 'first-run-sample',
    address: 'first-run',
    async prepare(page) {
      await button(page, 'Try it now').click();
      await page.getByRole('heading', { name: 'Your first link' }).waitFor();
    },
  },
];

/** Needs the engine to be gone. */
export const ended: readonly Shot[] = [
  {
    name: 'reconnecting',
    address: 'uploads/all',
    async prepare(page, app) {
      await page.getByRole('row').nth(1).waitFor();
      // What was seen before stays.
      await page.waitForFunction(() => {
        const pictures = [...document.querySelectorAll<HTMLImageElement>('[role=row] img')];
        return pictures.length > 0 && pictures.every(({ naturalWidth }) => naturalWidth > 0);
      });
      await app.killEngine();
      await page.getByText('Hoist is not running.', { exact: false }).first().waitFor();
    },
    async leave(_page, app) {
      await app.killEngine();
      await app.startEngine();
    },
  },
];

/** The demo service plays the real one: the same dialect at another address. */
async function connectRunflow(page: Page): Promise<void> {
  const { baseUrl, key } = runflowOfScene();
  await button(page, /^Runflow/).click();
  await button(page, 'Advanced').click();
  await page.getByRole('textbox', { name: 'Address of the API' }).fill(baseUrl);
  await page.getByLabel('API key').fill(key);
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await button(page, 'Test again').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Watch another folder?' }).waitFor();
}

/** A name can be had once. */
async function removeRunflow(_page: Page, { hoist }: App): Promise<void> {
  await hoist('destinations', 'remove', 'Runflow');
}

interface Drag {
  readonly altKey?: boolean;
  readonly isLetGo?: boolean;
  /** What it is over; the page, unless it is said. */
  readonly over?: string;
}

async function drag(page: Page, types: readonly string[], how: Drag = {}): Promise<void> {
  const dataTransfer = await page.evaluateHandle((given) => {
    const transfer = new DataTransfer();
    for (const [index, type] of given.entries()) {
      transfer.items.add(new File(['1234'], `file-${index}.${type.split('/')[1]}`, { type }));
    }
    return transfer;
  }, types);
  const { altKey = false, isLetGo = false, over = 'main' } = how;
  for (const type of ['dragenter', 'dragover', ...(isLetGo ? ['drop'] : [])]) {
    await page.dispatchEvent(over, type, { dataTransfer, altKey });
  }
}

async function dragToRunflow(page: Page): Promise<void> {
  await drag(page, ['application/postscript']);
  const zone = page.locator('[data-drop-zone]').filter({ hasText: 'runflow' }).first();
  await zone.waitFor();
  await drag(page, ['application/postscript'], { over: '[data-drop-zone]:has-text("runflow")' });
}
