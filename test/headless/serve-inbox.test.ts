/** Files from a browser: how they come into the inbox, and when they leave it. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, stat, utimes, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { dirname, join, relative } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { localApi } from '#ipc';
import { systemClock } from '#ports/clock.ts';
import type { JobState } from '#shared/job.ts';
import { fateOf } from '../../electron/inbox/fate.ts';
import { type FileIdentity, placeOf, safeName } from '../../electron/inbox/place.ts';
import { receivingFolder } from '../../electron/inbox/receive-file.ts';
import { tidyInbox } from '../../electron/inbox/tidy-inbox.ts';
import { engineFixture } from '../support/engine-fixture.ts';
import { createFakeEngine } from '../support/fake-engine.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { openWindows, type Told, type WindowOptions } from './window-support.ts';

const day = 24 * 60 * 60_000;

async function openInbox(options: WindowOptions = {}) {
  const windows = await openWindows(options);
  const headers = { cookie: await windows.signIn(), origin: windows.base };
  const post = (
    identity: Readonly<Record<string, string | number>>,
    body: Uint8Array | Readable | string,
  ) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(identity)) query.set(name, String(value));
    return windows.ask(`/inbox?${query}`, { method: 'POST', headers, body });
  };
  /** All files of the inbox, by their paths in it. */
  const files = async () => {
    const entries = await readdir(windows.inboxDir, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(windows.inboxDir, join(entry.parentPath, entry.name)));
  };
  return { ...windows, headers, post, files };
}

const pathOf = ({ status, text }: Told): string => {
  expect([status, text]).toEqual([200, expect.any(String)]);
  return JSON.parse(text).path;
};
const failureOf = ({ text }: Told) => JSON.parse(text).failure;

describe('a file that is dropped', () => {
  test('of 50 MB arrives whole, under its own name and with its own date', async () => {
    const { post, files } = await openInbox();
    const chunk = randomBytes(1024 * 1024);
    const wanted = createHash('sha256');
    for (let count = 0; count < 50; count++) wanted.update(chunk);
    const body = Readable.from(Array.from({ length: 50 }, () => chunk));
    const identity = { name: 'Größe 1.mov', size: 50 * chunk.length, lastModified: 1_700_000_000_123 };
    const path = pathOf(await post(identity, body));
    expect(path.endsWith('/Größe 1.mov')).toBe(true);
    expect(
      createHash('sha256')
        .update(await readFile(path))
        .digest(),
    ).toEqual(wanted.digest());
    const stats = await stat(path);
    expect(Math.round(stats.mtimeMs)).toBe(identity.lastModified);
    expect(stats.mode & 0o777).toBe(0o600);
    expect(await files()).toHaveLength(1);
  });

  test('twice has the same path, and the first file is left as it is', async () => {
    const { post, files } = await openInbox();
    const identity = { name: 'a.png', size: 3, lastModified: 5 };
    const first = pathOf(await post(identity, 'abc'));
    const before = await stat(first);
    expect(pathOf(await post(identity, 'abc'))).toBe(first);
    expect((await stat(first)).ino).toBe(before.ino);
    expect(await files()).toHaveLength(1);
  });

  test('many times at once has one path, too', async () => {
    const { post, files } = await openInbox();
    const bytes = randomBytes(200_000);
    const identity = { name: 'a.png', size: bytes.length, lastModified: 5 };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(identity, bytes)));
    const [path = '', ...others] = new Set(answers.map(pathOf));
    expect(others).toEqual([]);
    expect(await readFile(path)).toEqual(bytes);
    expect(await files()).toHaveLength(1);
  });

  test('that only looks like another is told apart by what is in it', async () => {
    const { post } = await openInbox();
    const identity = { name: 'a.png', size: 3, lastModified: 5 };
    const paths = [pathOf(await post(identity, 'abc')), pathOf(await post(identity, 'xyz'))];
    expect(new Set(paths).size).toBe(2);
    expect(await Promise.all(paths.map((path) => readFile(path, 'utf8')))).toEqual(['abc', 'xyz']);
    expect(pathOf(await post(identity, 'xyz'))).toBe(paths[1]);
  });

  test('with another date, size or folder is another file', async () => {
    const { post } = await openInbox();
    const paths = [
      await post({ name: 'a', size: 1, lastModified: 1 }, 'x'),
      await post({ name: 'a', size: 1, lastModified: 2 }, 'x'),
      await post({ name: 'a', size: 2, lastModified: 1 }, 'xx'),
      await post({ name: 'a', size: 1, lastModified: 1, relativePath: 'f/a' }, 'x'),
      await post({ name: 'a', size: 1, lastModified: 1, relativePath: 'g/a' }, 'x'),
    ].map(pathOf);
    expect(new Set(paths).size).toBe(5);
    expect(paths[3]?.endsWith('/f/a')).toBe(true);
  });

  test('may be empty, or older than time', async () => {
    const { post } = await openInbox();
    const path = pathOf(await post({ name: 'a', size: 0, lastModified: -62_135_596_800_000 }, ''));
    expect((await stat(path)).size).toBe(0);
  });
});

describe('what cannot be taken leaves nothing behind', () => {
  test('a body of another length', async () => {
    const { post, files } = await openInbox();
    const identity = { name: 'a', size: 10, lastModified: 1 };
    for (const body of ['short', 'much too long for it']) {
      const stated = await post(identity, body);
      expect([stated.status, failureOf(stated).code]).toEqual([400, 'invalid']);
      // Without a Content-Length, only the bytes themselves tell.
      const streamed = await post(identity, Readable.from([Buffer.from(body)]));
      expect(streamed.status).toBe(400);
      expect(failureOf(streamed)).toMatchObject({
        message: expect.stringMatching(/^The body (ended|is longer)/),
      });
    }
    expect(await files()).toEqual([]);
  });

  test('a window that is closed half way', async () => {
    const { server, headers, files, inboxDir, bugs } = await openInbox();
    const sent = request({
      port: server.port,
      host: '127.0.0.1',
      path: '/inbox?name=a&size=1000000&lastModified=1',
      method: 'POST',
      headers: { ...headers, 'content-length': '1000000' },
    });
    sent.on('error', () => {});
    sent.write(randomBytes(1000));
    const receiving = join(inboxDir, receivingFolder);
    while ((await readdir(receiving).catch(() => [])).length === 0) await nextTurn();
    sent.destroy();
    await new Promise((resolve) => sent.on('close', resolve));
    while ((await files()).length > 0) await nextTurn();
    expect(bugs).toEqual([]);
  });

  test('a disk without room is said before a byte is written', async () => {
    const mebi = 1024 * 1024;
    const { post, files } = await openInbox({ freeBytes: async () => 65 * mebi });
    const refused = await post({ name: 'a', size: 2 * mebi, lastModified: 1 }, Buffer.alloc(2 * mebi));
    expect(refused.status).toBe(507);
    expect(failureOf(refused)).toMatchObject({ code: 'disk-full', facts: { sizeBytes: 2 * mebi } });
    expect(await files()).toEqual([]);
    pathOf(await post({ name: 'a', size: mebi, lastModified: 1 }, Buffer.alloc(mebi)));
  });

  test('a query that says too little', async () => {
    const { ask, headers } = await openInbox();
    for (const query of [
      '',
      '?name=a&size=1',
      '?name=&size=1&lastModified=1',
      '?name=a&size=-1&lastModified=1',
      '?name=a&size=1e3&lastModified=1',
      '?name=a&size=99999999999999999999&lastModified=1',
      '?name=a&size=1&lastModified=now',
    ]) {
      const answer = await ask(`/inbox${query}`, { method: 'POST', headers, body: 'x' });
      expect([query, answer.status, failureOf(answer).code]).toEqual([query, 400, 'invalid']);
    }
  });
});

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('names', () => {
  test.each<[string, string, NodeJS.Platform, string]>([
    ['plain', 'a b.png', 'linux', 'a b.png'],
    ['slashes', '../../etc/passwd', 'linux', '.._.._etc_passwd'],
    ['backslashes', '..\\x', 'linux', '.._x'],
    ['zero and control characters', 'a\0b\nc\u007f', 'linux', 'a_b_c_'],
    ['one dot', '.', 'linux', '_'],
    ['two dots', '..', 'linux', '_.'],
    ['hidden', '.htaccess', 'linux', '.htaccess'],
    ['half a character', 'a\ud800.png', 'linux', 'a\ufffd.png'],
    ['a device on Windows', 'CON.txt', 'win32', '_CON.txt'],
    ['a device elsewhere', 'CON.txt', 'linux', 'CON.txt'],
    ['no device', 'CONTENT.txt', 'win32', 'CONTENT.txt'],
    ['what Windows does not take', 'a:b?.png. ', 'win32', 'a_b_.png_'],
    ['too long', `${'ä'.repeat(200)}.png`, 'linux', `${'ä'.repeat(68)}.png`],
    ['too long without a dot', 'x'.repeat(300), 'linux', 'x'.repeat(140)],
  ])('%s', (_name, given, platform, safe) => expect(safeName(given, platform)).toBe(safe));

  test('any name is one file in its own folder, and the same one each time', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    const identities = fc.record({
      name: text.filter((name) => name !== ''),
      sizeBytes: fc.nat(),
      lastModified: fc.integer(),
      relativePath: fc.option(text),
    });
    fc.assert(
      fc.property(identities, fc.constantFrom<NodeJS.Platform>('linux', 'win32'), (identity, platform) => {
        const place = placeOf(identity, platform);
        expect(placeOf({ ...identity }, platform)).toEqual(place);
        expect(place[0]).toMatch(/^[0-9a-f]{24}$/);
        for (const part of place) {
          expect(part).not.toMatch(/^\.{0,2}$|[/\\\0]/);
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(140);
        }
        expect(Buffer.byteLength(place.join('/'))).toBeLessThan(800);
      }),
    );
  });

  test('the folders of a dropped folder are kept, without ways out of it', () => {
    const identity: FileIdentity = {
      name: 'c.png',
      sizeBytes: 1,
      lastModified: 1,
      relativePath: '/a/../b/./c.png',
    };
    expect(placeOf(identity, 'linux').slice(1)).toEqual(['a', 'b', 'c.png']);
    const deep = { ...identity, relativePath: `${'deep/'.repeat(200)}c.png` };
    expect(placeOf(deep, 'linux').slice(1)).toEqual(['c.png']);
  });
});

describe('the fate of a file', () => {
  const job = (name: JobState['name'], addedAt: number, updatedAt = addedAt) =>
    ({ state: { name } as JobState, addedAt, updatedAt }) as const;
  const minutes = 60_000;
  test.each<[string, Parameters<typeof fateOf>[0], 'keep' | number]>([
    ['a job goes on', { jobs: [job('uploading', 11)], hadJob: true, givenAt: 10 }, 'keep'],
    ['a job failed', { jobs: [job('failed', 11)], hadJob: true, givenAt: 10 }, 'keep'],
    [
      'one is up, one is not',
      { jobs: [job('completed', 11), job('paused', 12)], hadJob: true, givenAt: 10 },
      'keep',
    ],
    ['all are up', { jobs: [job('completed', 11)], hadJob: true, givenAt: 10.4 }, 0],
    ['up, and given in the same ms', { jobs: [job('completed', 10)], hadJob: true, givenAt: 10.4 }, 0],
    ['up, and given again since', { jobs: [job('completed', 9)], hadJob: true, givenAt: 10 }, 10 + minutes],
    [
      'canceled a moment ago',
      { jobs: [job('canceled', 11, 99)], hadJob: true, givenAt: 10 },
      99 + 10 * minutes,
    ],
    ['removed from the list', { jobs: [], hadJob: true, givenAt: 10 }, 10 + minutes],
    ['never had a job', { jobs: [], hadJob: false, givenAt: 10 }, 10 + day],
  ])('%s', (_name, file, fate) => expect(fateOf(file)).toBe(fate));
});

describe('the tidier', () => {
  async function putFile(inboxDir: string, name: string, ageMs = 0): Promise<string> {
    const path = join(inboxDir, `key-${name}`, 'deep', name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, name);
    const at = new Date(Date.now() - ageMs);
    await utimes(join(inboxDir, `key-${name}`), at, at);
    return path;
  }

  test('removes a file when its last job is up, and lets its picture be made before', async () => {
    const { engine, demo, dataDir, atRest } = await engineFixture();
    expect(demo).toBeDefined();
    const inboxDir = await realpath(await temporaryDirectory());
    expect(dataDir).not.toBe(inboxDir);
    const api = localApi(engine, systemClock);
    onTestFinished(() => api.close());
    const [path, other] = [await putFile(inboxDir, 'a.bin'), await putFile(inboxDir, 'b.bin')];
    const seen: (readonly [string, number])[] = [];
    const gone = Promise.withResolvers<void>();
    const tidier = tidyInbox({
      inboxDir,
      api,
      clock: systemClock,
      async thumbnail(file, size) {
        expect((await readFile(file)).toString()).toBe('a.bin');
        seen.push([file, size]);
        if (seen.length === 2) gone.resolve();
      },
      onBug: (_what, error) => gone.reject(error),
    });
    await tidier.sweep();
    await stat(path);
    const report = await api.addFiles([path], { destinationId: 'demo-flora' });
    const ids = report.files.flatMap(({ jobId }) => (jobId === null ? [] : [jobId]));
    expect((await atRest(ids)).map(({ state }) => state.name)).toEqual(['completed']);
    await gone.promise;
    await tidier.sweep();
    expect(seen).toEqual([
      [path, 64],
      [path, 512],
    ]);
    expect(await readdir(inboxDir)).toEqual(['key-b.bin']);
    await stat(other);
    await tidier.close();
  });

  test('sweeps what was left: orphans after a day, what is removed from the list, forgotten parts', async () => {
    const inboxDir = await realpath(await temporaryDirectory());
    const engine = createFakeEngine();
    const api = localApi(engine.service, systemClock);
    onTestFinished(() => api.close());
    const young = await putFile(inboxDir, 'young', day - 60_000);
    await putFile(inboxDir, 'old', day + 60_000);
    const failed = await putFile(inboxDir, 'failed', 2 * day);
    const removed = await putFile(inboxDir, 'removed', 2 * 60_000);
    engine.fail(engine.add(failed).id, { code: 'stalled', message: '', facts: {} });
    const job = engine.add(removed);
    const parts = join(inboxDir, receivingFolder);
    await mkdir(parts);
    for (const [name, age] of [
      ['now.part', 0],
      ['forgotten.part', day + 60_000],
    ] as const) {
      await writeFile(join(parts, name), '');
      await utimes(join(parts, name), new Date(), new Date(Date.now() - age));
    }
    const tidier = tidyInbox({
      inboxDir,
      api,
      clock: systemClock,
      thumbnail: () => Promise.reject(new Error('nothing here was completed')),
      onBug: (_what, error) => expect.unreachable(String(error)),
    });
    onTestFinished(() => tidier.close());
    await tidier.sweep();
    expect((await readdir(inboxDir)).sort()).toEqual([
      receivingFolder,
      'key-failed',
      'key-removed',
      'key-young',
    ]);
    expect(await readdir(parts)).toEqual(['now.part']);
    await api.cancelJobs({ ids: [job.id] });
    await api.removeJobs({ ids: [job.id] });
    await tidier.sweep();
    expect((await readdir(inboxDir)).sort()).toEqual([receivingFolder, 'key-failed', 'key-young']);
    await stat(young);
    await tidier.close();
  });
});
