/**
 * Windows and their engine. Proves: several windows, pages that load anew or crash, and an engine of another process all
 * talk to one queue, and a window is where it was. Cannot prove: how a system places, minimizes and restores windows.
 */
import { describe, expect } from 'vitest';
import { greetingMessage } from '#shared/wire.ts';
import type { Desktop } from './harness/desktop.ts';
import { desktopUploads, openUploads } from './support/desktop-uploads.ts';
import { test } from './support/with-desktop.ts';

const idsOf = async (desktop: Desktop) => (await desktop.look()).windows.map(({ id }) => id);

/** How often an engine greeted a window: once for each session. */
const greetings = (desktop: Desktop, windowId: number) =>
  desktop.crossings.filter(
    (crossing) =>
      crossing.windowId === windowId &&
      crossing.direction === 'to page' &&
      crossing.text.includes(JSON.stringify(greetingMessage()).slice(1, -1)),
  ).length;

describe('windows', () => {
  test('two show the same, and each has a session of its own', async ({ open }) => {
    const desktop = await open();
    const { page, uploads } = await openUploads(desktop);
    await desktop.act({ kind: 'click-menu', labels: ['&File', 'New Window'] });
    await expect.poll(() => idsOf(desktop)).toHaveLength(2);
    const [first = 0, second = 0] = await idsOf(desktop);
    const other = await desktop.page(second);
    await desktop.drop([await desktop.write('shown twice.txt', 'hello')], first);
    await uploads.whenState('shown twice.txt', 'Ready');
    await desktopUploads(desktop, other).whenState('shown twice.txt', 'Ready');
    await page.keyboard.press('Control+Shift+P');
    for (const window of [page, other]) await window.getByText('Everything is paused').waitFor();
    expect([greetings(desktop, first), greetings(desktop, second)]).toEqual([1, 1]);

    // One that is closed takes its session along, and nothing else.
    await desktop.act({ kind: 'close-window', windowId: second });
    await expect.poll(() => idsOf(desktop)).toEqual([first]);
    await page.getByRole('button', { name: 'Resume', exact: true }).first().click();
    await page.getByText('Everything is paused').waitFor({ state: 'detached' });
  });

  test('a page that loads anew, and one that crashed, are back with what they showed', async ({ open }) => {
    const desktop = await open();
    const { page, uploads } = await openUploads(desktop);
    const [id = 0] = await idsOf(desktop);
    await uploads.add(await desktop.write('stays.txt', 'hello'));
    await uploads.whenState('stays.txt', 'Ready');
    await page.reload();
    await uploads.whenState('stays.txt', 'Ready');
    expect(greetings(desktop, id)).toBe(2);

    await page.goto('chrome://crash').catch(() => {});
    await expect.poll(() => greetings(desktop, id)).toBe(3);
    await desktopUploads(desktop, await desktop.page()).whenState('stays.txt', 'Ready');
  });

  test('a window comes back where it was: place, size, and over the whole screen', async ({ open }) => {
    const desktop = await open();
    await desktop.page();
    const bounds = { x: 333, y: 222, width: 901, height: 655 };
    const quit = async () => {
      await desktop.act({ kind: 'quit' }).catch(() => {});
      expect(await desktop.process().ended).toEqual({ code: 0, signal: null });
    };
    const windows = async () => (await desktop.look()).windows;
    await desktop.act({ kind: 'place-window', windowId: (await idsOf(desktop))[0] ?? 0, bounds });
    await quit();
    await desktop.start();
    expect(await windows()).toMatchObject([{ bounds, isMaximized: false }]);

    await desktop.act({ kind: 'maximize-window', windowId: (await idsOf(desktop))[0] ?? 0 });
    await quit();
    await desktop.start();
    expect(await windows()).toMatchObject([{ isMaximized: true }]);
    await quit();

    // The screen that it was on is gone: what would not be seen is not where it opens.
    await desktop.start({ displays: [{ x: 0, y: 0, width: 300, height: 250 }] });
    const [window] = await windows();
    expect(window?.bounds.x).toBeLessThan(300);
  });

  test('closed to the tray it goes on; the tray opens it again', async ({ open }) => {
    const desktop = await open();
    await openUploads(desktop);
    await desktop.act({ kind: 'close-window', windowId: (await idsOf(desktop))[0] ?? 0 });
    await expect.poll(() => idsOf(desktop)).toEqual([]);
    await desktop.hoist('upload', await desktop.write('unseen.txt', 'hello'), '--to', 'demo-flora');
    await desktop.act({ kind: 'click-tray-menu', labels: ['Open Hoist'] });
    await desktopUploads(desktop, await desktop.page()).whenState('unseen.txt', 'Ready');
  });

  test('who does not want it in the tray ends it by closing the last window, and only the last', async ({
    open,
  }) => {
    const desktop = await open();
    const { page } = await openUploads(desktop);
    await desktop.act({ kind: 'click-tray-menu', labels: ['Settings…'] });
    const inTray = page.getByRole('switch', { name: 'Stay in the tray when the window is closed' });
    await inTray.click();
    await expect.poll(() => inTray.getAttribute('aria-checked')).toBe('false');
    await desktop.act({ kind: 'click-menu', labels: ['&File', 'New Window'] });
    await expect.poll(() => idsOf(desktop)).toHaveLength(2);
    const [first = 0, second = 0] = await idsOf(desktop);
    await desktop.page(second);
    await desktop.act({ kind: 'close-window', windowId: second });
    await expect.poll(() => idsOf(desktop)).toEqual([first]);
    await desktop.act({ kind: 'close-window', windowId: first }).catch(() => {});
    expect(await desktop.process().ended).toEqual({ code: 0, signal: null });
  });
});

describe('menus', () => {
  test('they lead the window in front, and pausing is what the menu then says', async ({ open }) => {
    const desktop = await open();
    const { page } = await openUploads(desktop);
    await desktop.act({ kind: 'click-menu', labels: ['&View', 'Links'] });
    await page.getByRole('heading', { level: 1, name: 'Links' }).waitFor();
    await desktop.act({ kind: 'click-menu', labels: ['&Queue', 'Pause Everything'] });
    await page.getByText('Everything is paused').waitFor();
    await desktop.whenSeen('the way back', ({ menu, tray }) => {
      const queue = menu?.find(({ label }) => label === '&Queue')?.submenu ?? [];
      return (
        queue.some(({ label }) => label === 'Resume Everything') &&
        tray?.menu?.some(({ label }) => label === 'Resume all uploads')
      );
    });
    await desktop.act({ kind: 'click-tray-menu', labels: ['Settings…'] });
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  });

  test('every item but the system’s own does something, and no two share a key', async ({ open }) => {
    const desktop = await open();
    await desktop.page();
    const { menu } = await desktop.look();
    const items = (menu ?? []).flatMap(({ submenu }) => submenu ?? []);
    const keys = items.map(({ accelerator }) => accelerator).filter((key) => key !== null);
    expect(keys.length).toBeGreaterThan(0);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { label, type, role } of items) {
      expect(type === 'separator' || role !== null || label !== '', `${type} ${label}`).toBe(true);
    }
  });
});

describe('one engine', () => {
  test('a command line that is first has the engine; the window is its client, and takes over when it ends', async ({
    create,
  }) => {
    const desktop = await create();
    const serving = desktop.startCommand('serve', '--no-open');
    await serving.whenSaid(/http:\/\/127\.0\.0\.1/);
    await desktop.start();
    const { page, uploads } = await openUploads(desktop);
    await desktop.drop([await desktop.write('by another engine.txt', 'hello')]);
    await uploads.whenState('by another engine.txt', 'Ready');
    await serving.kill();
    // The app's own engine greets the window.
    const [id = 0] = await idsOf(desktop);
    await expect.poll(() => greetings(desktop, id)).toBe(2);
    await page.getByText('Running', { exact: true }).waitFor();
    await desktop.drop([await desktop.write('by its own.txt', 'hello again')]);
    await uploads.whenState('by its own.txt', 'Ready');
  });
});
