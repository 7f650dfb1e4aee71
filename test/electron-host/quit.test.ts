/**
 * The end of the app at any moment. Proves: our main process loses and doubles nothing, whether it is quit, told to end or
 * killed, asks before it costs something, and comes back where it was. Cannot prove: that Electron's binary emits
 * `before-quit` when a session ends, or what a system does to it meanwhile.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { startDemo } from '#demo';
import { readJournalFile } from '../support/journal-file.ts';
import { seeded } from '../support/sim-random.ts';
import { randomFile } from '../support/temporary.ts';
import type { Desktop } from './harness/desktop.ts';
import type { Sight } from './messages.ts';
import { desktopUploads, openUploads } from './support/desktop-uploads.ts';
import { test } from './support/with-desktop.ts';

const files = 50;
const seed = Number(process.env.QUIT_SEED ?? 20_261_122);
const ways = ['SIGKILL', 'quit', 'SIGTERM'] as const;

const messageOf = ({ dialogs }: Sight) => dialogs.find((dialog) => dialog.kind === 'message') ?? null;

/** Quits as a person does, who presses Quit where they are asked. */
async function quit(desktop: Desktop): Promise<void> {
  await desktop.act({ kind: 'quit' });
  const { ended } = desktop.process();
  const question = desktop
    .whenSeen('a question', messageOf)
    .then(({ id }) => desktop.act({ kind: 'answer-message', id, button: 'Quit' }))
    // It ended without one, or while it was looked at.
    .catch(() => {});
  await Promise.race([ended, question]);
  expect(await ended).toEqual({ code: 0, signal: null });
}

async function end(desktop: Desktop, way: (typeof ways)[number]): Promise<void> {
  if (way === 'quit') return await quit(desktop);
  desktop.process().kill(way);
  const ending = await desktop.process().ended;
  expect(ending).toEqual(way === 'SIGKILL' ? { code: null, signal: 'SIGKILL' } : { code: 0, signal: null });
}

test(`${files} uploads, ended at random moments (seed ${seed}): each file is there, none twice, the window where it was`, {
  timeout: 480_000,
}, async ({ create }) => {
  const desktop = await create();
  const demo = await startDemo({
    directory: join(desktop.dataDir, 'demo'),
    clockScale: 20,
    faults: { latencyMs: 250 },
  });
  onTestFinished(() => demo.close());
  const random = seeded(seed);
  const given = await Promise.all(
    Array.from({ length: files }, (_, index) =>
      randomFile(desktop.files, `file-${String(index).padStart(2, '0')}.png`, 1 + ((index * 7919) % 60_000)),
    ),
  );
  const stored = () => demo.stats().uploads.filter(({ sha256 }) => sha256 !== null);
  const place = { x: 211, y: 97, width: 1017, height: 733 };

  await desktop.start();
  await openUploads(desktop);
  const { windows } = await desktop.look();
  await desktop.act({ kind: 'place-window', windowId: windows[0]?.id ?? 0, bounds: place });
  // A window tells where it is half a second after it came to rest: whoever pulls the plug before that has not moved it.
  const kept = () => readFile(join(desktop.dataDir, 'window/state.json'), 'utf8').catch(() => '');
  await expect.poll(kept).toMatch(/"x":\s*211/);
  await desktop.drop(given.map(({ path }) => path));
  // What was accepted must not be lost; what was not yet, nobody promised.
  await expect.poll(() => readJournalFile(desktop.dataDir).length).toBe(files);

  /** How often a body had arrived when its job was past the upload for the first time. */
  const bodiesWhenSent = new Map<string, number>();
  const hashOf = new Map(given.map(({ name, sha256 }) => [name, sha256]));
  const bodiesOf = (hash: string) =>
    stored()
      .filter(({ sha256 }) => sha256 === hash)
      .reduce((sum, { bodies }) => sum + bodies, 0);
  const ends: string[] = [];
  for (let target = random.int(0, 4); target < files - 4; target += random.int(4, 12)) {
    await expect.poll(() => stored().length, { interval: 5 }).toBeGreaterThanOrEqual(target);
    // Each of them once, then whichever comes.
    const way = ways[ends.length] ?? random.pick(ways);
    ends.push(way);
    await end(desktop, way);
    for (const { name, timeline } of readJournalFile(desktop.dataDir)) {
      const hash = hashOf.get(name) ?? '';
      if (!bodiesWhenSent.has(hash) && timeline.some((entry) => entry.kind === 'sent')) {
        bodiesWhenSent.set(hash, bodiesOf(hash));
      }
    }
    await desktop.start();
    expect(
      (await desktop.look()).windows.map(({ bounds }) => bounds),
      `after ${ends}`,
    ).toEqual([place]);
  }
  demo.setFaults({ latencyMs: null });
  await expect
    .poll(() => readJournalFile(desktop.dataDir).filter(({ state }) => state !== 'completed'))
    .toEqual([]);

  expect(
    readJournalFile(desktop.dataDir)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...hashOf.keys()].sort());
  expect(
    stored()
      .map(({ sha256 }) => sha256)
      .sort(),
  ).toEqual([...hashOf.values()].sort());
  for (const [hash, count] of bodiesWhenSent) expect([hash, bodiesOf(hash)]).toEqual([hash, count]);
  // It was ended while something was on its way, and in each of the ways.
  expect(new Set(ends)).toEqual(new Set(ways));
});

/** One file on its way, slow enough to be met there. */
async function startSlowFile(desktop: Desktop): Promise<{ page: Page }> {
  const demo = await startDemo({
    directory: join(desktop.dataDir, 'demo'),
    clockScale: 20,
    // Slow enough that no machine is slower: it is on its way until it is let go.
    faults: { slow: 200_000 },
  });
  onTestFinished(() => demo.close());
  await desktop.start();
  const { page, uploads } = await openUploads(desktop);
  const { path } = await randomFile(desktop.files, 'slow.bin', 15_000_000);
  await desktop.drop([path]);
  const bar = uploads.row('slow.bin').getByRole('progressbar');
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  faster = () => demo.setFaults({ slow: null });
  return { page };
}
let faster = () => {};

test('quitting while a file is on its way asks; keeping on closes the window and goes on in the tray', async ({
  create,
}) => {
  const desktop = await create();
  await startSlowFile(desktop);
  await desktop.act({ kind: 'quit' });
  const question = await desktop.whenSeen('the question', messageOf);
  expect(question).toMatchObject({
    message: '1 file is on its way',
    detail: expect.stringMatching(
      /^[\d.]+ [kM]B of it will be sent again from the start\. Nothing is lost\.$/,
    ),
    buttons: ['Quit', 'Keep running in the background'],
    // Whoever presses Enter or Escape without reading loses nothing.
    defaultButton: 'Keep running in the background',
    cancelButton: 'Keep running in the background',
  });
  await desktop.act({ kind: 'answer-message', id: question.id, button: 'Keep running in the background' });
  await desktop.whenSeen('no window', ({ windows }) => windows.length === 0);

  faster();
  await desktop.act({ kind: 'click-tray-menu', labels: ['Open Hoist'] });
  await desktopUploads(desktop, await desktop.page()).whenState('slow.bin', 'Ready');
  // Nothing is on its way any more: no question.
  await desktop.act({ kind: 'quit' }).catch(() => {});
  expect(await desktop.process().ended).toEqual({ code: 0, signal: null });
});

test('without a tray there is nothing to go on in: the window stays', async ({ create }) => {
  const desktop = await create({ hasTray: false });
  await startSlowFile(desktop);
  await desktop.act({ kind: 'quit' });
  const { id, buttons } = await desktop.whenSeen('the question', messageOf);
  expect(buttons).toEqual(['Quit', 'Keep running']);
  await desktop.act({ kind: 'answer-message', id, button: 'Keep running' });
  // Closing it by its cross only puts it aside, where it is found again.
  const { windows } = await desktop.look();
  await desktop.act({ kind: 'close-window', windowId: windows[0]?.id ?? 0 });
  await desktop.whenSeen('it in the taskbar', (sight) => sight.windows[0]?.isMinimized);
});

test('whoever quits all the same finds the file again, sent once', async ({ create }) => {
  const desktop = await create();
  await startSlowFile(desktop);
  await quit(desktop);
  expect(readJournalFile(desktop.dataDir)).toMatchObject([{ name: 'slow.bin' }]);
  faster();
  await desktop.start();
  await desktopUploads(desktop, await desktop.page()).whenState('slow.bin', 'Ready');
});
