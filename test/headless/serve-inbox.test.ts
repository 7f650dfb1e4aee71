/** Files from a browser: how they come into the inbox, and when they leave it. */
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { receivingFolder } from '../../electron/inbox/receive-file.ts';
import { openWindows, type Told, type WindowOptions } from './window-support.ts';

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
