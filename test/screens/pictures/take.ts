/**
 * `npm run pictures`: every screen in both themes and several sizes, at 200 % zoom and from right to left, from the bundle
 * that ships, into out/pictures; the main window, which the README shows, into build/pictures. `-- details 4k` takes only
 * the pictures of the screens and windows that are named.
 */
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { type App, openApp } from '../support/app.ts';
import { findBrowser } from '../support/find-browser.ts';
import { screensThere } from '../support/screens-there.ts';
import { playScene, prepareScene } from './scene.ts';
import { adding, ended, moving, type Shot, still } from './shots.ts';
import { keepDirection, lookThrough, type View, views } from './views.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const shown = join(root, 'build', 'pictures');
const others = join(root, 'out', 'pictures');

const names = process.argv.slice(2);
/** All of a kind, unless some of it are named. */
const asked = <T extends { readonly name: string }>(all: readonly T[], known = all): readonly T[] =>
  known.some(({ name }) => names.includes(name)) ? all.filter(({ name }) => names.includes(name)) : all;
const askedViews = asked(views);
const askedShots = (shots: readonly Shot[]) => asked(shots, [...moving, ...still, ...adding, ...ended]);

/** A new load: nothing of the picture before stays open. */
async function load(page: Page, address: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/#/${address}`);
  await page.reload();
  await screensThere(page);
}

/**
 * Rows, pictures of files and answers come by themselves, and without them a screen is not what a person sees: waits until
 * all of them are there, and as many as a moment ago. What only counts or moves does not matter.
 */
async function settle(page: Page): Promise<void> {
  const seen = () => {
    const all = (what: string) => document.querySelectorAll(what).length;
    const isLoading = [...document.images].some(({ complete }) => !complete);
    return `${isLoading} ${all('[role=row], [role=gridcell], article')} ${document.images.length} ${all('button')}`;
  };
  let before = '';
  for (let alike = 0, looks = 0; alike < 3 && looks < 50; looks++) {
    const now = await page.evaluate(seen);
    alike = now === before && now.startsWith('false') ? alike + 1 : 0;
    before = now;
    await page.waitForTimeout(120);
  }
}

async function picture(app: App, view: View, shot: Shot): Promise<void> {
  const { page } = app;
  await load(page, shot.address);
  await shot.prepare?.(page, app);
  await settle(page);
  const isShown = shot.name === 'details' && view.name === 'large';
  const path = join(isShown ? shown : others, `${shot.name}-${view.name}-${view.theme}.png`);
  const taken = await page.screenshot();
  // What is kept with the source is kept small.
  await sharp(taken)
    .png(isShown ? { palette: true, quality: 90, effort: 10 } : {})
    .toFile(path);
  process.stdout.write(`${path}\n`);
  await shot.leave?.(page, app);
}

await mkdir(shown, { recursive: true });
await mkdir(others, { recursive: true });
const browserPath = findBrowser();
// In the checkout, where what makes thumbnails is at hand.
execFileSync('npm', ['run', '-s', 'build', '--', '--logLevel', 'error'], { cwd: root, stdio: 'ignore' });
const app = await openApp({ cliEntry: join(root, 'dist', 'cli.js'), browserPath }, prepareScene);
const missed: string[] = [];
try {
  await app.page.getByRole('navigation').first().waitFor();
  app.page.setDefaultTimeout(15_000);
  await keepDirection(app.page);
  await playScene(app);
  for (const shots of [moving, still, adding, ended].map(askedShots)) {
    for (const view of shots.length === 0 ? [] : askedViews) {
      await lookThrough(app.page, view);
      for (const shot of shots) {
        await picture(app, view, shot).catch((error: unknown) => {
          missed.push(`${shot.name}-${view.name}-${view.theme}: ${error}`);
        });
      }
      if (shots.some((shot) => ended.includes(shot))) await app.startEngine();
    }
  }
} finally {
  await app.close();
}
for (const line of missed) process.stderr.write(`Not taken: ${line}\n`);
process.exitCode = missed.length === 0 ? 0 : 1;
