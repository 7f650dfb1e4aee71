/**
 * `npm run pictures`: every screen in both themes and two sizes, from the bundle that ships, into build/pictures (the main
 * window, which the README shows) and out/pictures (all others).
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build, mergeConfig } from 'vite';
import { rendererBuild } from '../../../build/renderer-build.ts';
import { buildCli } from '../../support/built-cli.ts';
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

const open = (page: Page, address: string) => page.goto(`${new URL(page.url()).origin}/#/${address}`);
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
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'keys',
    async prepare(page) {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'folder-dialog',
    async prepare(page) {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('Control+Shift+O');
      await page.getByRole('dialog').waitFor();
    },
  },
];

await mkdir(shown, { recursive: true });
await mkdir(others, { recursive: true });
const browserPath = findBrowser();
const cli = await buildCli();
try {
  await build(mergeConfig(rendererBuild(join(dirname(cli.entry), 'renderer')), { logLevel: 'error' }));
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const { name: size, width, height } of sizes) {
      const app = await openApp(
        { cliEntry: cli.entry, browserPath, colorScheme, width, height },
        prepareScene,
      );
      try {
        await app.page.getByRole('navigation').waitFor();
        await playScene(app);
        await app.page.getByRole('progressbar').first().waitFor();
        for (const shot of shots) {
          await shot.prepare(app.page);
          await heading(app.page);
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
} finally {
  await cli.remove();
}
