import { execFileSync } from 'node:child_process';
import { chmod, link, open, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UploadError } from '#ports/upload-error.ts';
import { hashFile, readFileVersion } from '#transfer';
import {
  createClient,
  createFile,
  createFolder,
  expectKind,
  openDescriptors,
  put,
  readBody,
  type SentFile,
  serveHttp,
} from '../support/transfer-stage.ts';

/** More than the buffers between two sockets of one machine hold. */
const large = 24 * 1024 * 1024;
const wholeSecond = new Date('2025-03-01T10:00:00Z');

async function createLargeFile(): Promise<SentFile> {
  const file = await createFile(Buffer.alloc(large, 'abcdefg'));
  await utimes(file.path, wholeSecond, wholeSecond);
  return { ...file, version: await readFileVersion(file.path, { followSymlink: false }) };
}

/** Runs `act` when the head of the request is here and its body is still unread. */
async function serveAfter(act: () => Promise<unknown>): Promise<{ origin: string; bodies: Buffer[] }> {
  const bodies: Buffer[] = [];
  const { origin } = await serveHttp(async (request, response) => {
    request.on('error', () => undefined);
    await act();
    bodies.push(await readBody(request).catch(() => Buffer.alloc(0)));
    response.end();
  });
  return { origin, bodies };
}

describe('a file that changes while it is sent', () => {
  test('is dropped at once when it becomes shorter', async () => {
    const file = await createLargeFile();
    const { origin } = await serveAfter(() => truncate(file.path, 1000));

    const outcome = await createClient().transfer.send(put(file, origin));

    const { failure, current } = expectKind(outcome, 'source');
    expect(failure).toEqual({ code: 'file-changed', message: 'it became shorter', facts: {} });
    expect(current?.sizeBytes).toBe(1000);
    expect(await openDescriptors()).not.toContain(file.path);
  });

  test('is no success when it was rewritten in place', async () => {
    const file = await createFile(100_000);
    const { origin } = await serveAfter(() => writeFile(file.path, Buffer.alloc(100_000)));

    const { current } = expectKind(await createClient().transfer.send(put(file, origin)), 'source');

    expect(current?.sizeBytes).toBe(100_000);
    expect(current?.mtimeNs).not.toBe(file.version.mtimeNs);
  });

  test('is no success when its end was rewritten and the time put back', async () => {
    const file = await createLargeFile();
    const { origin } = await serveAfter(async () => {
      const handle = await open(file.path, 'r+');
      // Read already: what is sent is not what is there.
      await handle.write('X', 0);
      await handle.utimes(wholeSecond, wholeSecond);
      await handle.close();
    });

    const { failure, current } = expectKind(await createClient().transfer.send(put(file, origin)), 'source');

    expect(failure.code).toBe('file-changed');
    expect(current).toEqual(file.version);
  });

  test('is a success when only its rights or links changed', async () => {
    const file = await createLargeFile();
    const { origin, bodies } = await serveAfter(async () => {
      await chmod(file.path, 0o640);
      await link(file.path, `${file.path}.link`);
    });

    const { movedTo } = expectKind(await createClient().transfer.send(put(file, origin)), 'stored');

    expect(movedTo).toBeNull();
    expect(bodies[0]?.equals(file.content)).toBe(true);
  });

  test('is a success when it was renamed, and its new path is told where the system knows it', async () => {
    const file = await createLargeFile();
    const { origin, bodies } = await serveAfter(() => rename(file.path, `${file.path}.moved`));

    const { movedTo } = expectKind(await createClient().transfer.send(put(file, origin)), 'stored');

    expect(movedTo).toBe(process.platform === 'linux' ? `${file.path}.moved` : null);
    expect(bodies[0]?.equals(file.content)).toBe(true);
  });

  test('is sent as it was opened when another file took its place', async () => {
    const file = await createLargeFile();
    const other = await createFile(7, 'other.bin');
    const { origin, bodies } = await serveAfter(() => rename(other.path, file.path));

    const { movedTo, bytesSent } = expectKind(
      await createClient().transfer.send(put(file, origin)),
      'stored',
    );

    expect(movedTo).toBeNull();
    expect(bytesSent).toBe(large);
    expect(bodies[0]?.equals(file.content)).toBe(true);
  });

  test('is sent as it was opened when it was deleted', async () => {
    const file = await createLargeFile();
    const { origin } = await serveAfter(() => rm(file.path));
    expectKind(await createClient().transfer.send(put(file, origin)), 'stored');
  });
});

describe('a file that is not the one that was checked', () => {
  test('is not sent', async () => {
    const file = await createFile(10);
    let requests = 0;
    const { origin } = await serveHttp((_request, response) => {
      requests += 1;
      response.end();
    });
    const { transfer } = createClient();
    const expected = { ...file.version, mtimeNs: '1' };

    const { failure, current } = expectKind(await transfer.send(put(file, origin, { expected })), 'source');

    expect(failure.code).toBe('file-changed');
    expect(current).toEqual(file.version);
    expect(requests).toBe(0);
  });

  test('is told apart: missing, no file, a symlink, a pipe', async () => {
    const folder = await createFolder();
    const file = await createFile(10);
    const pipe = join(folder, 'pipe');
    const symbolic = join(folder, 'link');
    execFileSync('mkfifo', [pipe]);
    await symlink(file.path, symbolic);
    const { transfer } = createClient();
    const codes: Record<string, string> = {};
    for (const [name, path] of Object.entries({ missing: join(folder, 'no'), folder, pipe, symbolic })) {
      const outcome = await transfer.send(put({ ...file, path }, 'http://127.0.0.1:9/'));
      codes[name] = expectKind(outcome, 'source').failure.code;
    }
    expect(codes).toEqual({
      missing: 'file-missing',
      folder: 'not-a-file',
      pipe: 'not-a-file',
      symbolic: 'not-a-file',
    });
    expect(await readFileVersion(symbolic, { followSymlink: true })).toEqual(file.version);
    await expect(readFileVersion(symbolic, { followSymlink: false })).rejects.toThrow(UploadError);
  });

  test.skipIf(process.getuid?.() === 0)('is unreadable without the right to read it', async () => {
    const file = await createFile(10);
    await chmod(file.path, 0);
    await expect(readFileVersion(file.path, { followSymlink: false })).rejects.toMatchObject({
      failure: { code: 'file-unreadable' },
    });
  });
});

describe('hashFile', () => {
  const signal = new AbortController().signal;

  test('gives the SHA-256 of the expected version', async () => {
    const file = await createFile(Buffer.from('abc'));
    expect(await hashFile(file.path, file.version, signal)).toEqual({
      sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    });
  });

  test('tells what is there instead', async () => {
    const file = await createFile(Buffer.from('abc'));
    await writeFile(file.path, 'abcd');
    expect(await hashFile(file.path, file.version, signal)).toEqual({
      changed: await readFileVersion(file.path, { followSymlink: false }),
    });
    await rm(file.path);
    expect(await hashFile(file.path, file.version, signal)).toEqual({ changed: null });
  });

  test('stops with the reason of its signal', async () => {
    const file = await createFile(Buffer.from('abc'));
    await expect(hashFile(file.path, file.version, AbortSignal.abort('enough'))).rejects.toBe('enough');
  });
});
