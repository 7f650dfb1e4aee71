/** The room as a whole: real pages' messages in, an engine in memory behind. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openInbox } from '#inbox';
import { buildApi, createExchange, createPushHub } from '#shared/api-client.ts';
import { channels, type HostAnswer } from '#shared/desktop-bridge.ts';
import type { AddReport } from '#shared/ipc.ts';
import type { GivenFile } from '#shared/window-host.ts';
import { openWindowRoom } from '../../../electron/desktop/window/window-room.ts';
import { fakeIpcMain } from '../../support/electron-fakes.ts';
import { fakeScreen, fakeWindows } from '../../support/electron-windows.ts';
import { fakeKeptEngine } from '../../support/kept-engine.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

async function open() {
  const dataDir = await temporaryDirectory();
  const clock = createManualClock();
  const engine = fakeKeptEngine(clock);
  const ipc = fakeIpcMain();
  const made = fakeWindows();
  const opened: string[] = [];
  const bugs: unknown[] = [];
  const room = openWindowRoom({
    engine,
    inbox: await openInbox({ dataDir, platform: process.platform, clock }),
    clock,
    preload: '/preload.cjs',
    state: { store: {} },
    ipcMain: ipc.ipcMain,
    createWindow: made.create,
    screen: fakeScreen({ x: 0, y: 0, width: 1920, height: 1080 }),
    prefersDark: () => false,
    dialog: {
      showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
      showMessageBox: async () => ({ response: 0, checkboxChecked: false }),
    },
    shell: {
      async openExternal(url) {
        opened.push(url);
      },
      showItemInFolder: () => {},
    },
    clipboard: { writeText: async () => {} },
    onBug: (_what, error) => void bugs.push(error),
  });

  /** A window whose page is there. */
  async function openPage() {
    room.windows.openNew();
    const { page, window } = made.all.at(-1) ?? expect.unreachable();
    const from = { contents: page.contents, frame: page.frame };
    const hub = createPushHub();
    const exchange = createExchange((text) => ipc.send(from, channels.message, text), hub);
    page.onSend = (channel, value) => {
      if (channel === channels.message) exchange.receive(String(value));
    };
    ipc.send(from, channels.hello);
    await exchange.greeted;
    const ask = async <T>(name: string, ...args: readonly unknown[]) =>
      (await ipc.invoke(from, `hoist:request:${name}`, ...args)) as HostAnswer<T>;
    return { page, window, ask, api: buildApi(exchange.ask, hub) };
  }
  return { dataDir, engine, room, made, opened, bugs, openPage };
}

const to = { destinationId: 'demo-flora' };

test('a file goes from its path over its id to the engine; its path alone does not', async () => {
  const { dataDir, engine, openPage } = await open();
  const path = join(dataDir, 'a.png');
  await writeFile(path, 'abc');
  const { ask, api } = await openPage();
  const taken = await ask<readonly GivenFile[]>('takePaths', [path]);
  const [file] = taken.ok ? taken.value : [];
  await expect(api.addFiles([path], to)).rejects.toMatchObject({ failure: { code: 'invalid' } });
  expect(engine.engine.jobs.size).toBe(0);
  expect(await ask<AddReport>('addGiven', [file?.id], to)).toMatchObject({ ok: true });
  expect([...engine.engine.jobs.values()].map((job) => job.path)).toEqual([path]);
  // What the engine knows may be sent once more.
  await api.addFiles([path], { ...to, isForced: true });
});

test('what one window was given, another cannot use', async () => {
  const { dataDir, engine, openPage } = await open();
  const path = join(dataDir, 'a.png');
  await writeFile(path, 'abc');
  const [one, other] = [await openPage(), await openPage()];
  const taken = await one.ask<readonly GivenFile[]>('takePaths', [path]);
  const [file] = taken.ok ? taken.value : [];
  expect(await other.ask('addGiven', [file?.id], to)).toMatchObject({
    ok: false,
    failure: { code: 'invalid' },
  });
  expect(engine.engine.jobs.size).toBe(0);
});

test('a signed link may be opened by the window that was told it', async () => {
  const { engine, opened, openPage } = await open();
  const { id } = engine.engine.add('/a.png');
  engine.engine.complete(id, 'https://cdn.example/a.png');
  const [one, other] = [await openPage(), await openPage()];
  const { text } = await one.api.copyLink(id, 'link');
  expect(await one.ask('openLink', id, text)).toMatchObject({ ok: true });
  expect(await other.ask('openLink', id, 'https://evil.example/')).toMatchObject({ ok: false });
  expect(opened).toEqual([text]);
});

test('a picture without a path comes through the inbox; a window that goes leaves no part of one', async () => {
  const { dataDir, engine, openPage } = await open();
  const { ask, window } = await openPage();
  const begin = async (name: string) => {
    const begun = await ask<string>('beginFile', { name, sizeBytes: 4, lastModified: 0 });
    return begun.ok ? begun.value : expect.unreachable();
  };
  const whole = await begin('pasted.png');
  await ask('sendChunk', whole, new Uint8Array([1, 2, 3, 4]));
  const ended = await ask<GivenFile>('endFile', whole);
  await ask('addGiven', [ended.ok ? ended.value.id : ''], to);
  expect([...engine.engine.jobs.values()].map(({ name }) => name)).toEqual(['pasted.png']);
  const half = await begin('half.png');
  await ask('sendChunk', half, new Uint8Array([1]));
  const parts = () => readdir(join(dataDir, 'inbox', '.receiving'));
  await expect.poll(parts).toHaveLength(1);
  window.close();
  await expect.poll(parts).toEqual([]);
});

test('files from outside wait for the page that asks about them', async () => {
  const { dataDir, room, made } = await open();
  const folder = join(dataDir, 'renders');
  await mkdir(folder);
  await room.windows.give([folder]);
  expect(made.all).toHaveLength(1);
  expect(made.all[0]?.page.sent).toEqual([]);
});

test('files that come before there is an engine wait for it', async () => {
  const { dataDir, engine, room, made, bugs } = await open();
  const path = join(dataDir, 'early.png');
  await writeFile(path, 'abc');
  engine.lose();
  const giving = room.windows.give([path]);
  expect(made.all).toHaveLength(0);
  const next = engine.join();
  // At once, before the files are on their way.
  await engine.api.updateSettings({ defaultDestinationId: 'demo-flora' });
  await giving;
  expect([...next.jobs.values()].map((job) => job.path)).toEqual([path]);
  expect(bugs).toEqual([]);
});

test('the end ends every session; the windows stay', async () => {
  const { room, openPage, bugs } = await open();
  const { window, api } = await openPage();
  await api.snapshot();
  await room.close();
  expect(window.isDestroyed()).toBe(false);
  expect(bugs).toEqual([]);
});
