/**
 * `npm run pictures`: every screen in both themes and several sizes, at 200 % zoom and from right to left, from the bundle
 * that ships, into out/pictures; the main window, which the README shows, into build/pictures. `-- details 4k` takes only
 * the pictures of the screens and windows that are named.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { type App, openApp } from '../support/app.ts';
import { findBrowser } from '../support/find-browser.ts';
import { screensThere } from '../support/screens-there.ts';
import { addAccounts, playScene, prepareScene, removeAccounts } from './scene.ts';
import { adding, ended, moving, type Shot, still, withAccounts } from './shots.ts';
import { openView, type View, views } from './views.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const shown = join(root, 'build', 'pictures');
const others = join(root, 'out', 'pictures');

/** Shots that are taken of every window before the next ones begin. */
interface Round {
  readonly shots: readonly Shot[];
  /** They change what the other windows see, so that these wait. */
  readonly isAlone?: boolean;
  begin?(app: App): Promise<unknown>;
  end?(app: App): Promise<unknown>;
}

const rounds: readonly Round[] = [
  { shots: moving },
  { shots: still },
  { shots: withAccounts, begin: addAccounts, end: removeAccounts },
  { shots: ended, isAlone: true },
  { shots: adding, isAlone: true },
];

const names = process.argv.slice(2);
/** All of a kind, unless some of it are named. */
const asked = <T extends { readonly name: string }>(all: readonly T[], known = all): readonly T[] =>
  known.some(({ name }) => names.includes(name)) ? all.filter(({ name }) => names.includes(name)) : all;
const askedViews = asked(views);
const allShots = rounds.flatMap(({ shots }) => shots);
const askedRounds = rounds
  .map((round) => ({ ...round, shots: asked(round.shots, allShots) }))
  .filter(({ shots }) => shots.length > 0);

/** A new load: nothing of the picture before stays open. */
async function load(page: Page, address: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/#/${address}`);
  await page.reload();
  await screensThere(page);
}

/**
 * Rows, pictures of files and answers come by themselves, and without them a screen is not what a person sees: waits until
 * all of them are there, and as many as a moment ago. What only counts or moves does not matter. A file may end its way at any
 * moment, and its link is copied then: where that is no part of the picture, waits until it is told no more.
 */
async function settle(page: Page, { showsNews = false }: Shot): Promise<void> {
  // Where it was pressed last, the pointer would light up whatever came to lie below it.
  await page.mouse.move(0, 0);
  const seen = (isTold: boolean) => {
    const all = (what: string) => document.querySelectorAll(what).length;
    const isLoading = [...document.images].some(({ complete }) => !complete);
    const isTelling = !isTold && all('[aria-label="What just happened"] button') > 0;
    return `${isLoading || isTelling} ${all('[role=row], [role=gridcell], article')} ${document.images.length} ${all('button')}`;
  };
  let before = '';
  for (let alike = 0, looks = 0; alike < 3 && looks < 100; looks++) {
    const now = await page.evaluate(seen, showsNews);
    alike = now === before && now.startsWith('false') ? alike + 1 : 0;
    before = now;
    await page.waitForTimeout(120);
  }
}

async function picture(app: App, page: Page, view: View, shot: Shot): Promise<void> {
  await load(page, shot.address);
  try {
    await shot.prepare?.(page, app);
    await settle(page, shot);
    const isShown = shot.name === 'details' && view.name === 'large';
    const path = join(isShown ? shown : others, `${shot.name}-${view.name}-${view.theme}.png`);
    const taken = await page.screenshot(isShown ? {} : { path });
    // What is kept with the source is kept small.
    if (isShown) await sharp(taken).png({ palette: true, quality: 90, effort: 10 }).toFile(path);
    process.stdout.write(`${path}\n`);
  } finally {
    await shot.leave?.(page, app);
  }
}

const missed: string[] = [];

async function takeRound(app: App, { shots, isAlone = false, begin, end }: Round): Promise<void> {
  await begin?.(app);
  const waiting = [...askedViews];
  const work = async () => {
    for (let view = waiting.shift(); view !== undefined; view = waiting.shift()) {
      const page = await openView(app, view);
      for (const shot of shots) {
        await picture(app, page, view, shot).catch((error: unknown) => {
          missed.push(`${shot.name}-${view?.name}-${view?.theme}: ${error}`);
        });
      }
      await page.context().close();
    }
  };
  const lanes = isAlone ? 1 : Math.min(4, availableParallelism());
  await Promise.all(Array.from({ length: lanes }, work));
  await end?.(app);
}

/** A name as a person has it, for it is seen; one of its own where another run has that. */
async function somebodysPlace(): Promise<string> {
  const place = join(tmpdir(), 'ada');
  return mkdir(place).then(
    () => place,
    () => mkdtemp(`${place}-`),
  );
}

await mkdir(shown, { recursive: true });
await mkdir(others, { recursive: true });
const browserPath = findBrowser();
// In the checkout, where what makes thumbnails is at hand.
execFileSync('npm', ['run', '-s', 'build', '--', '--logLevel', 'error'], { cwd: root, stdio: 'ignore' });
const place = { directory: await somebodysPlace(), files: 'Campaign' };
const app = await openApp(
  { cliEntry: join(root, 'dist', 'cli.js'), browserPath, place, copiesByItself: true },
  prepareScene,
);
try {
  await app.page.getByRole('navigation').first().waitFor();
  await playScene(app);
  for (const round of askedRounds) await takeRound(app, round);
} finally {
  await app.close();
}
for (const line of missed) process.stderr.write(`Not taken: ${line}\n`);
process.exitCode = missed.length === 0 ? 0 : 1;
