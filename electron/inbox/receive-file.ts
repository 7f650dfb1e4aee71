/** Brings a file that has no path into the inbox: whole or not at all. */
import { randomUUID } from 'node:crypto';
import { link, lstat, mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { UploadError } from '#ports/upload-error.ts';
import { type FileIdentity, placeOf } from './place.ts';
import { hasSameContent } from './same-content.ts';

/** Where files are on their way. They have their names only when they are whole. */
export const receivingFolder = '.receiving';

/** Left free: the queue's database must be able to go on. */
const spareBytes = 64 * 1024 * 1024;
/** As many files of one name, size and date, but different content, are told apart. */
const mostCopies = 100;

export interface ReceiveOptions {
  /** Absolute, without symlinks, mode 0700. */
  readonly inboxDir: string;
  readonly platform: NodeJS.Platform;
  /** Free bytes where this directory is. */
  readonly freeBytes: (directory: string) => Promise<number>;
  readonly now: () => number;
}

/** Who sends the file, as a person reads it: "the browser". */
interface Sender {
  readonly host: string;
}

/**
 * Streams the body to the place of its identity. A file that is there already stays as it is, so that a job which reads
 * it is not disturbed. Answers the path; rejects with UploadError `disk-full`, `connection-broken` (the body ended
 * early) or `invalid` (it is longer than stated), or with the system's own error.
 */
export async function receiveFile(
  body: Readable,
  identity: FileIdentity,
  options: ReceiveOptions & Sender,
): Promise<string> {
  const { inboxDir } = options;
  const receiving = join(inboxDir, receivingFolder);
  await mkdir(receiving, { recursive: true, mode: 0o700 });
  const free = await options.freeBytes(inboxDir);
  if (free - spareBytes < identity.sizeBytes) throw diskFull(identity, inboxDir);
  const part = join(receiving, `${randomUUID()}.part`);
  try {
    await writePart(part, body, identity, options);
    return await settle(part, identity, options);
  } catch (error) {
    throw isNoRoom(error) ? diskFull(identity, inboxDir) : error;
  } finally {
    await rm(part, { force: true });
  }
}

async function writePart(
  part: string,
  body: Readable,
  identity: FileIdentity,
  { host }: Sender,
): Promise<void> {
  const handle = await open(part, 'wx', 0o600);
  try {
    let received = 0;
    // The body stays open where this ends early: whoever sent it is still to be answered.
    const chunks: AsyncIterable<Buffer> = body.iterator({ destroyOnReturn: false });
    for await (const chunk of chunks) {
      received += chunk.length;
      if (received > identity.sizeBytes) {
        throw new UploadError('invalid', `The body is longer than the size ${identity.sizeBytes}.`);
      }
      await writeAll(handle, chunk);
    }
    if (received < identity.sizeBytes) {
      const message = `The body ended after ${received} of ${identity.sizeBytes} bytes.`;
      throw new UploadError('connection-broken', message, { facts: { host } });
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await utimes(part, new Date(), new Date(Math.max(identity.lastModified, 0)));
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, at);
    at += bytesWritten;
  }
}

/** Gives the whole file its name. */
async function settle(part: string, identity: FileIdentity, options: ReceiveOptions): Promise<string> {
  for (let copy = 1; copy <= mostCopies; copy++) {
    const place = placeOf(identity, options.platform, copy);
    const path = join(options.inboxDir, ...place);
    await markGiven(join(options.inboxDir, place[0] ?? ''), options.now());
    if (await putInPlace(part, path)) return path;
    if (await hasSameContent(part, path)) return path;
  }
  throw new UploadError('invalid', `There are ${mostCopies} other files of this name, size and date.`);
}

/**
 * The folder's own date says when a file in it was last given to somebody: whoever tidies up leaves it alone for a while,
 * in this process and in others.
 */
async function markGiven(folder: string, now: number): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await utimes(folder, new Date(now), new Date(now));
}

/** False where a file is there already. A folder that was just tidied away is made again. */
async function putInPlace(part: string, path: string): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    try {
      await link(part, path);
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') return false;
      if (code === 'ENOENT' && tries < 3) continue;
      // A file system without hard links.
      if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') return renameInto(part, path);
      throw error;
    }
  }
}

async function renameInto(part: string, path: string): Promise<boolean> {
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  if (!isThere) await rename(part, path);
  return !isThere;
}

const diskFull = ({ sizeBytes }: FileIdentity, path: string) =>
  new UploadError('disk-full', 'There is no room for this file.', { facts: { sizeBytes, path } });

const isNoRoom = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');

/** When the file was last given, epoch ms; null where there is no such folder. */
export async function givenAt(folder: string): Promise<number | null> {
  try {
    return (await stat(folder)).mtimeMs;
  } catch {
    return null;
  }
}
