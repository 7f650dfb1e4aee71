/**
 * The stand-in itself, on an app of a few lines: that what it does is what Electron's documentation says, and that it
 * fails where it knows no answer. It proves nothing about our app, and nothing about Electron's binary: what is here is
 * what the documentation promises.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import type { BuiltApp, Desktop } from './harness/desktop.ts';
import { test } from './support/with-desktop.ts';

const directory = fileURLToPath(new URL('./fixture', import.meta.url));
const app: BuiltApp = { entry: join(directory, 'main.ts'), appPath: directory, cliEntry: '' };

/** What the fixture said so far. */
const said = (desktop: Desktop): readonly string[] =>
  [...desktop.printed().matchAll(/^said: (.*)$/gm)].map(([, words = '']) => words);

describe('the life of the app', () => {
  test('it becomes ready after its entry, loads its page, and quits in the order that is documented', async ({
    open,
  }) => {
    const desktop = await open({ app });
    await expect.poll(() => said(desktop)).toContain('loaded');
    const { story } = await desktop.look();
    expect(story).toEqual(['main', 'will-finish-launching', 'ready', 'window-created']);
    await desktop.act({ kind: 'click-menu', labels: ['File', 'quit'] }).catch(() => {});
    expect(await desktop.process().ended).toEqual({ code: 0, signal: null });
    expect(said(desktop).slice(-4)).toEqual(['before-quit', 'close', 'will-quit', 'quit']);
  });

  test('a quit is stopped by before-quit, and by a window that stays', async ({ open }) => {
    const desktop = await open({ app, machine: { args: ['--keep', '--stay'] } });
    await desktop.act({ kind: 'quit' });
    await desktop.act({ kind: 'quit' });
    await expect.poll(() => said(desktop)).toContain('close');
    // The first one never came to the window, and neither of them further.
    expect(said(desktop).filter((words) => words !== 'loaded')).toEqual([
      'before-quit',
      'before-quit',
      'close',
    ]);
    expect(desktop.process().hasEnded()).toBe(false);
  });

  test('a second instance hands its arguments over and ends; after the first one is killed the lock is free', async ({
    open,
  }) => {
    const desktop = await open({ app });
    expect(await desktop.startSecond(['--flag', 'a file.txt'])).toEqual({ code: 3, signal: null });
    await expect.poll(() => said(desktop)).toContainEqual(expect.stringContaining('second'));
    const handed = said(desktop).find((words) => words.startsWith('second')) ?? '';
    expect(JSON.parse(handed.slice('second '.length))).toEqual({
      argv: ['--flag', 'a file.txt'],
      workingDirectory: process.cwd(),
      data: { from: 'second' },
    });
    desktop.process().kill('SIGKILL');
    await desktop.process().ended;
    await desktop.start();
    await (await desktop.page()).getByRole('heading', { name: 'Fixture' }).waitFor();
  });
});

describe('messages', () => {
  test('they are cloned, carry who sent them, and errors keep their message only', async ({ open }) => {
    const desktop = await open({ app });
    const page = await desktop.page();
    const answer = await page.evaluate(() =>
      fixture.ask(new Date(0), new Uint8Array([1, 2]), undefined, { $: 'x' }, Number.NaN),
    );
    expect(answer).toEqual({
      args: [new Date(0), new Uint8Array([1, 2]), undefined, { $: 'x' }, Number.NaN],
      from: 'app://bundle/index.html',
      origin: 'app://bundle',
      isMain: true,
    });
    const failed = await page.evaluate(() => fixture.fail().catch((error: unknown) => String(error)));
    expect(failed).toBe("Error: Error invoking remote method 'fail': RangeError: failed over there");
    const unknown = await page.evaluate(() => fixture.unknown().catch((error: unknown) => String(error)));
    expect(unknown).toContain("No handler registered for 'nobody-handles-this'");
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { ticks: unknown }).ticks))
      .toEqual([{ at: 1 }]);
  });

  test('the bridge takes prototypes, classes of errors and whatever else the real one takes', async ({
    open,
  }) => {
    const page = await (await open({ app })).page();
    expect(
      await page.evaluate(() => {
        const sum = fixture.sum();
        const refused = (run: () => void) => {
          try {
            run();
            return 'nothing';
          } catch (error) {
            return [String(error), (error as { code?: string }).code ?? null];
          }
        };
        return {
          sum: [Object.keys(sum), 'total' in sum],
          refusal: refused(() => fixture.refuse()),
          symbol: refused(() => fixture.ask(Symbol('x') as never)),
          functions: refused(() => fixture.sendFunction()),
          isFrozen: Object.isFrozen(fixture),
          required: ['electron', 'node:fs', 'fs'].map((name) => fixture.canRequire(name)),
          binding: Object.keys(window).filter((key) => /stand/i.test(key)),
        };
      }),
    ).toEqual({
      sum: [['of'], false],
      refusal: ['Error: refused', null],
      symbol: ['Error: A symbol cannot be sent over the context bridge.', null],
      functions: ['Error: An object could not be cloned.', null],
      isFrozen: true,
      required: [true, false, false],
      binding: [],
    });
  });

  test('a frame that is not the page, or not ours, is told as such', async ({ open }) => {
    const desktop = await open({ app });
    await desktop.page();
    const [window] = (await desktop.look()).windows;
    const ask = (url: string, isMainFrame: boolean, documentId: number) =>
      desktop.ask.ipc({
        windowId: window?.id ?? 0,
        kind: 'invoke',
        channel: 'echo',
        args: '[]',
        frame: { url, isMainFrame, documentId },
      });
    expect(JSON.parse((await ask('https://elsewhere.example/', false, 1)) ?? '')).toMatchObject({
      origin: 'https://elsewhere.example',
      isMain: false,
    });
    // A document that is gone has no frame any more.
    expect(JSON.parse((await ask('app://bundle/', true, 0)) ?? '')).toMatchObject({ from: null });
  });
});

describe('pages', () => {
  test('navigations and windows are asked about, and the answer holds', async ({ open }) => {
    const desktop = await open({ app });
    const page = await desktop.page();
    await page.getByRole('link', { name: 'out' }).click();
    await expect.poll(() => desktop.requests.prevented).toEqual(['https://elsewhere.example/']);
    await page.getByRole('link', { name: 'blank' }).click();
    await desktop.whenSeen('the address outside', ({ openedAddresses }) => openedAddresses.length === 1);
    await expect.poll(() => page.context().pages().length).toBe(1);
    expect(said(desktop)).toEqual(
      expect.arrayContaining([
        'will-navigate https://elsewhere.example/',
        'window.open https://elsewhere.example/blank',
      ]),
    );
    expect(desktop.requests.outside).toEqual([]);
    expect(await page.getByRole('heading').textContent()).toBe('Fixture');
  });

  test('files that are dropped have a path, files that a page makes have none', async ({ open }) => {
    const desktop = await open({ app });
    const page = await desktop.page();
    const paths = [await desktop.write('a.txt', 'a'), await desktop.write('sub/b.txt', 'bb')];
    await desktop.drop([...paths, join(desktop.files, 'sub')]);
    const dropped = () => page.evaluate(() => (window as unknown as { dropped: unknown }).dropped);
    await expect.poll(dropped).toEqual([...paths, join(desktop.files, 'sub')]);
    expect(await page.evaluate(() => fixture.pathOf(new File(['a'], 'a.txt')))).toBe('');
  });

  test('a page that crashes is told, and a reload brings it back', async ({ open }) => {
    const desktop = await open({ app });
    const page = await desktop.page();
    await page.goto('chrome://crash').catch(() => {});
    await expect.poll(() => said(desktop)).toContain('gone crashed');
    await desktop.act({ kind: 'click-menu', labels: ['File', 'reload'] });
    await (await desktop.page()).getByRole('heading', { name: 'Fixture' }).waitFor();
  });

  test('permissions are what the handlers say', async ({ open }) => {
    const desktop = await open({ app });
    await desktop.page();
    const id = (await desktop.look()).windows[0]?.id ?? 0;
    const of = (permission: string) => desktop.ask.permission(id, permission, 'app://bundle/');
    expect(await of('media')).toEqual({ asked: false, checked: false });
    expect(await of('fullscreen')).toEqual({ asked: true, checked: false });
  });
});

test('menus, dialogs and power are seen and answered', async ({ open }) => {
  const desktop = await open({ app });
  await desktop.act({ kind: 'click-menu', labels: ['File', 'Mark'] });
  await desktop.act({ kind: 'click-menu', labels: ['File', 'Ask'] });
  const id = await desktop.whenSeen('the question', ({ dialogs }) => dialogs[0]?.id);
  await expect(desktop.act({ kind: 'answer-message', id, button: 'Perhaps' })).rejects.toThrow('No | Yes');
  await desktop.act({ kind: 'answer-message', id, button: 'Yes' });
  await desktop.act({ kind: 'power', event: 'suspend' });
  await expect
    .poll(() => said(desktop))
    .toEqual(expect.arrayContaining(['mark true', 'answer 1', 'suspend']));
  await expect(desktop.act({ kind: 'click-menu', labels: ['Edit'] })).rejects.toThrow('There is no "Edit"');
});

test('what the stand-in lacks is an error that names it', async ({ open }) => {
  const desktop = await open({ app });
  await expect(desktop.act({ kind: 'click-tray' })).rejects.toThrow('There is no icon in the tray.');
  await expect(
    desktop.act({ kind: 'click-menu', labels: ['File', 'Use what is not there'] }),
  ).rejects.toThrow('The stand-in for Electron lacks app.dockMenu.');
});

interface Fixture {
  ask(...args: readonly unknown[]): Promise<unknown>;
  fail(): Promise<unknown>;
  unknown(): Promise<unknown>;
  pathOf(file: File): string;
  sum(): object;
  refuse(): void;
  sendFunction(): void;
  canRequire(name: string): boolean;
}
declare const fixture: Fixture;
