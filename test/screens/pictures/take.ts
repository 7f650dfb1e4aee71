/**
 * `npm run pictures`: every screen in both themes and two sizes, from the bundle that ships, into build/pictures (the main
 * window, which the README shows) and out/pictures (all others).
 */
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openApp } from '../support/app.ts';
import { findBrowser } from '../support/find-browser.ts';
import { playScene, prepareScene } from './scene.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const shown = join(root, 'build', 'pictures');
const others = join(root, 'out', 'pictures');
const sizes = [
  { name: 'small', width: 900, height: 600 },
  { name: 'large', width: 1400, height: 900 },
] as const;

interface Shot {
  readonly name: string;
  prepare(page: Page): Promise<unknown>;
}

/** A new load: nothing of the picture before stays open. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/#/${address}`);
  await page.reload();
}
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
const heading = (page: Page) => page.getByRole('heading', { level: 1 }).waitFor();

const shots: readonly Shot[] = [
  { name: 'uploads', prepare: (page) => open(page, 'uploads/all') },
  {
    name: 'details',
    async prepare(page) {
      await page.getByRole('row', { name: /hero-perfume/ }).dblclick();
      await page.getByRole('complementary').waitFor();
    },
  },
  { name: 'needs-you', prepare: (page) => open(page, 'uploads/needsYou') },
  { name: 'failed', prepare: (page) => open(page, 'uploads/failed') },
  { name: 'links', prepare: (page) => open(page, 'links') },
  { name: 'folders', prepare: (page) => open(page, 'folders') },
  { name: 'destinations', prepare: (page) => open(page, 'destinations') },
  { name: 'settings', prepare: (page) => open(page, 'settings') },
  { name: 'first-run', prepare: (page) => open(page, 'first-run') },
  {
    name: 'palette',
    async prepare(page) {
      await open(page, 'uploads/all');
      await heading(page);
      await page.keyboard.press('Control+k');
      await dialog(page, 'Find a command').waitFor();
    },
  },
  {
    name: 'keys',
    async prepare(page) {
      await page.keyboard.press('Escape');
      await dialog(page, 'Find a command').waitFor({ state: 'detached' });
      await page.keyboard.press('?');
      await dialog(page, 'Keys').waitFor();
    },
  },
  {
    name: 'folder-dialog',
    async prepare(page) {
      await page.keyboard.press('Escape');
      await dialog(page, 'Keys').waitFor({ state: 'detached' });
      await page.keyboard.press('Control+Shift+O');
      await dialog(page, 'Watch a folder').waitFor();
    },
  },
];

await mkdir(shown, { recursive: true });
await mkdir(others, { recursive: true });
const browserPath = findBrowser();
// In the checkout, where what makes thumbnails is at hand.
execFileSync('npm', ['run', '-s', 'build', '--', '--logLevel', 'error'], { cwd: root, stdio: 'inherit' });
const cliEntry = join(root, 'dist', 'cli.js');
for (const colorScheme of ['light', 'dark'] as const) {
  for (const { name: size, width, height } of sizes) {
    const app = await openApp({ cliEntry, browserPath, colorScheme, width, height }, prepareScene);
    try {
      await app.page.getByRole('navigation').waitFor();
      await playScene(app);
      await app.page.getByRole('progressbar').first().waitFor();
      for (const shot of shots) {
        await shot.prepare(app.page);
        await app.page.getByRole('heading').first().waitFor();
        // Pictures of files come by themselves; without them the screen would not be what a person sees.
        await app.page.waitForLoadState('networkidle');
        const isShown = shot.name === 'details' && size === 'large';
        const path = join(isShown ? shown : others, `${shot.name}-${size}-${colorScheme}.png`);
        await app.page.screenshot({ path });
        process.stdout.write(`${path}\n`);
      }
    } finally {
      await app.close();
    }
  }
}
