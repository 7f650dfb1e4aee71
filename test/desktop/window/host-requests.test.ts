import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { expect, onTestFinished, test } from 'vitest';
import { localApi } from '#ipc';
import { systemClock } from '#ports/clock.ts';
import { createGivenFiles } from '../../../electron/desktop/window/given-files.ts';
import { createHostRequests } from '../../../electron/desktop/window/host-requests.ts';
import type { IncomingFiles } from '../../../electron/desktop/window/incoming-files.ts';
import { createToldLinks } from '../../../electron/desktop/window/window-rights.ts';
import { createFakeEngine } from '../../support/fake-engine.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

async function open() {
  const directory = await temporaryDirectory();
  const path = join(directory, 'a.png');
  await writeFile(path, 'abc');
  const engine = createFakeEngine();
  const api = localApi(engine.service, systemClock);
  onTestFinished(() => api.close());
  const links = createToldLinks();
  const done: (readonly unknown[])[] = [];
  const chosen: string[] = [];
  const agreed: string[] = [];
  const ended = { path };
  const incoming: IncomingFiles = {
    begin: () => 'transfer',
    write: async () => {},
    end: async () => ended.path,
    drop: () => {},
    dropAll: () => {},
  };
  const host = createHostRequests({
    window: {} as BrowserWindow,
    api,
    given: createGivenFiles(),
    incoming,
    folders: { chosen: (path) => void agreed.push(path) },
    links,
    dialog: {
      async showOpenDialog(...args: readonly unknown[]) {
        done.push(['choose', ...args.slice(1)]);
        return { canceled: chosen.length === 0, filePaths: [...chosen] };
      },
    },
    shell: {
      async openExternal(url) {
        done.push(['open', url]);
      },
      showItemInFolder: (shown) => void done.push(['show', shown]),
    },
    clipboard: {
      async writeText(text) {
        done.push(['copy', text]);
      },
    },
  });
  return { directory, path, engine, links, done, chosen, agreed, ended, host };
}

const to = { destinationId: 'demo-flora' };

test('files go to the engine by what their ids stand for', async () => {
  const { path, host, engine } = await open();
  const [file] = await host.takePaths([path, '/missing']);
  const report = await host.addGiven([file?.id ?? ''], to);
  expect(report.files).toMatchObject([{ path, outcome: 'added' }]);
  expect(engine.calls.at(-1)).toEqual({ name: 'addFiles', args: [[path], to] });
});

test('a made-up id adds nothing at all', async () => {
  const { path, host, engine } = await open();
  const [file] = await host.takePaths([path]);
  await expect(host.addGiven([file?.id ?? '', 'made-up'], to)).rejects.toMatchObject({
    code: 'invalid',
  });
  expect(engine.calls.map(({ name }) => name)).not.toContain('addFiles');
});

test('what was streamed is given like any other file', async () => {
  const { path, host, ended } = await open();
  expect(await host.beginFile({ name: 'a.png', sizeBytes: 3, lastModified: 0 })).toBe('transfer');
  const file = await host.endFile('transfer');
  expect(file).toMatchObject({ path, size: 3, isFolder: false });
  expect((await host.addGiven([file.id], to)).files).toHaveLength(1);
  ended.path = '/gone';
  await expect(host.endFile('transfer')).rejects.toMatchObject({ code: 'file-missing' });
});

test("the system's dialog: files, folders, one folder, a job's file", async () => {
  const { directory, path, host, chosen, agreed, done, engine } = await open();
  expect(await host.chooseFiles('files')).toEqual([]);
  expect(await host.chooseFolder()).toBeNull();
  const { id } = engine.add('/moved.png');
  expect(await host.findFileOf(id)).toBe(false);
  chosen.push(path);
  expect(await host.chooseFiles('files')).toMatchObject([{ path, isFolder: false }]);
  expect(await host.findFileOf(id)).toBe(true);
  expect(engine.calls.at(-1)).toEqual({ name: 'relocateJob', args: [id, path] });
  chosen[0] = directory;
  expect(await host.chooseFiles('folder')).toMatchObject([{ path: directory, isFolder: true }]);
  expect(await host.chooseFolder()).toBe(directory);
  expect(agreed).toEqual([directory]);
  const asked = done.map(([, options]) => (options as { properties: readonly string[] }).properties[0]);
  expect(new Set(asked)).toEqual(new Set(['openFile', 'openDirectory']));
});

test('a file is shown in its folder by its job, where it is there', async () => {
  const { path, host, engine, done } = await open();
  await host.showInFolder(engine.add(path).id);
  expect(done).toEqual([['show', path]]);
  await expect(host.showInFolder(engine.add('/gone.png').id)).rejects.toMatchObject({ code: 'file-missing' });
  await expect(host.showInFolder(999)).rejects.toMatchObject({ failure: { code: 'not-found' } });
  expect(done).toHaveLength(1);
});

test("a job's own link is opened, or one that was told for it; no other", async () => {
  const { host, engine, links, done } = await open();
  const { id } = engine.add('/a.png');
  engine.complete(id, 'https://cdn.example/a.png');
  await host.openLink(id, 'https://cdn.example/a.png');
  links.remember(id, 'https://cdn.example/a.png?signature=2');
  await host.openLink(id, 'https://cdn.example/a.png?signature=2');
  expect(done).toEqual([
    ['open', 'https://cdn.example/a.png'],
    ['open', 'https://cdn.example/a.png?signature=2'],
  ]);
  links.remember(id, 'file:///etc/passwd');
  const waiting = engine.add('/b.png').id;
  for (const [job, url] of [
    [id, 'https://evil.example/'],
    [waiting, 'https://cdn.example/a.png'],
    [id, 'file:///etc/passwd'],
    [id, 'javascript:alert(1)'],
  ] as const) {
    await expect(host.openLink(job, url)).rejects.toMatchObject({ code: 'invalid' });
  }
  expect(done).toHaveLength(2);
});

test('text is copied', async () => {
  const { host, done } = await open();
  await host.copyText('https://cdn.example/a.png');
  expect(done).toEqual([['copy', 'https://cdn.example/a.png']]);
});
