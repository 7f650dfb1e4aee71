import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { createIncomingFiles } from '../../../electron/desktop/window/incoming-files.ts';
import { randomFile, temporaryDirectory } from '../../support/temporary.ts';

async function openInbox({ freeBytes = Number.MAX_SAFE_INTEGER } = {}) {
  const inboxDir = join(await temporaryDirectory(), 'inbox');
  await mkdir(inboxDir);
  const incoming = createIncomingFiles({
    receiving: {
      inboxDir,
      platform: process.platform,
      freeBytes: async () => freeBytes,
      now: () => Date.now(),
    },
  });
  const parts = () => readdir(join(inboxDir, '.receiving'));
  return { incoming, inboxDir, parts };
}

const file = { name: 'Pasted.png', lastModified: 1_700_000_000_000 };
const chunkBytes = 1024 * 1024;

test('arrives whole, in pieces, under its own name and date', async () => {
  const { incoming, parts } = await openInbox();
  const { bytes } = await randomFile(await temporaryDirectory(), 'a', 20 * chunkBytes + 7);
  const id = incoming.begin({ ...file, sizeBytes: bytes.length });
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    await incoming.write(id, new Uint8Array(bytes.subarray(from, from + chunkBytes)));
  }
  const path = await incoming.end(id);
  expect(basename(path)).toBe(file.name);
  expect((await readFile(path)).equals(bytes)).toBe(true);
  expect((await stat(path)).mtimeMs).toBe(file.lastModified);
  expect(await parts()).toEqual([]);
  await expect(incoming.write(id, new Uint8Array(1))).rejects.toMatchObject({ code: 'invalid' });
});

test('an empty file is one, too', async () => {
  const { incoming } = await openInbox();
  const path = await incoming.end(incoming.begin({ ...file, sizeBytes: 0 }));
  expect((await stat(path)).size).toBe(0);
});

test('where there is no room, the first piece that has to wait says so', async () => {
  const { incoming, parts } = await openInbox({ freeBytes: 1000 });
  const id = incoming.begin({ ...file, sizeBytes: 64 * chunkBytes });
  const send = async () => {
    for (let sent = 0; sent < 64; sent++) await incoming.write(id, new Uint8Array(chunkBytes));
  };
  await expect(send()).rejects.toMatchObject({ code: 'disk-full' });
  await expect(incoming.end(id)).rejects.toMatchObject({ code: 'disk-full' });
  expect(await parts()).toEqual([]);
});

test.each([
  ['longer', 3, 'invalid'],
  ['shorter', 5, 'connection-broken'],
])('a file that is %s than it said leaves nothing', async (_name, sizeBytes, code) => {
  const { incoming, parts } = await openInbox();
  const id = incoming.begin({ ...file, sizeBytes });
  await incoming.write(id, new Uint8Array(4));
  await expect(incoming.end(id)).rejects.toMatchObject({ code });
  expect(await parts()).toEqual([]);
});

test('what is dropped, or whose window goes, leaves nothing', async () => {
  const { incoming, parts } = await openInbox();
  const ids = [1, 2, 3].map((sizeBytes) => incoming.begin({ ...file, sizeBytes: sizeBytes * chunkBytes }));
  for (const id of ids) await incoming.write(id, new Uint8Array(100));
  await expect.poll(parts).toHaveLength(3);
  incoming.drop(ids[0] ?? '');
  await expect.poll(parts).toHaveLength(2);
  incoming.dropAll();
  await expect.poll(parts).toEqual([]);
  incoming.drop('unknown');
});

test('only so many at once', async () => {
  const { incoming } = await openInbox();
  for (let index = 0; index < 64; index++) incoming.begin({ ...file, sizeBytes: 1 });
  expect(() => incoming.begin({ ...file, sizeBytes: 1 })).toThrow();
  incoming.dropAll();
  const path = await incoming.end(incoming.begin({ ...file, sizeBytes: 0 }));
  expect(basename(path)).toBe(file.name);
});
