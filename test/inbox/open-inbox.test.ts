import { mkdir, readdir, realpath, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { openInbox, receiveFile } from '#inbox';
import { localApi } from '#ipc';
import { systemClock } from '#ports/clock.ts';
import type { Api } from '#shared/ipc.ts';
import { createFakeEngine } from '../support/fake-engine.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const open = (dataDir: string) => openInbox({ dataDir, platform: process.platform, clock: systemClock });

test('lies in the data directory, under its true name, for nobody else', async () => {
  const root = await realpath(await temporaryDirectory());
  await mkdir(join(root, 'real'));
  await symlink(join(root, 'real'), join(root, 'link'));
  const { receiving } = await open(join(root, 'link'));
  expect(receiving.inboxDir).toBe(join(root, 'real', 'inbox'));
  const identity = { name: 'a.png', sizeBytes: 3, lastModified: 0, relativePath: null };
  const path = await receiveFile(Readable.from([Buffer.from('abc')]), identity, {
    ...receiving,
    host: 'a test',
  });
  expect(path.startsWith(`${receiving.inboxDir}/`)).toBe(true);
});

/** Engines that come and go, as whoever keeps one tells of them. */
function engines() {
  let listener: (connection: { readonly api: Api } | null) => void = () => {};
  let stops = 0;
  return {
    onConnection(next: typeof listener) {
      listener = next;
      return () => void stops++;
    },
    tell: (connection: { readonly api: Api } | null) => listener(connection),
    stops: () => stops,
  };
}

test('is tidied with one engine after the other, until the end', async () => {
  const dataDir = await temporaryDirectory();
  const inbox = await open(dataDir);
  const { inboxDir } = inbox.receiving;
  const putOld = async (name: string) => {
    await mkdir(join(inboxDir, name));
    await writeFile(join(inboxDir, name, 'a.png'), 'a');
    const twoDaysAgo = new Date(Date.now() - 2 * 24 * 60 * 60_000);
    await utimes(join(inboxDir, name), twoDaysAgo, twoDaysAgo);
  };
  const [one, two] = [createFakeEngine(), createFakeEngine()];
  const apis = [one, two].map(({ service }) => localApi(service, systemClock));
  onTestFinished(async () => {
    for (const api of apis) await api.close();
  });
  const kept = engines();
  const bugs: unknown[] = [];
  const stop = inbox.keepTidy(kept, {
    thumbnail: async () => null,
    onBug: (_what, error) => void bugs.push(error),
  });
  for (const api of apis) {
    await putOld('key');
    kept.tell({ api });
    await expect.poll(() => readdir(inboxDir)).toEqual([]);
    kept.tell(null);
  }
  await stop();
  expect(kept.stops()).toBe(1);
  expect(bugs).toEqual([]);
});
