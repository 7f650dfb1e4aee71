/** The built screens: one page, and the files beside it that it asks for. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import mime from 'mime';
import { type Answer, notFound } from './answer.ts';
import { notBuilt } from './pages.ts';

export interface StaticFiles {
  page(): Promise<Answer>;
  /** `path` is what follows `/assets/`, as it came. */
  asset(path: string): Promise<Answer>;
}

/** Vite's names: whatever changes has another name. */
const hashedName = /-[\w-]{8}\.\w+$/;
/** No dots first, nothing but plain characters: no way leads out of the folder. */
const plainSegment = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** `directory` holds index.html and assets/. It may be made or changed while this runs. */
export const staticFiles = (directory: string): StaticFiles => ({
  async page() {
    const body = await readPlain(join(directory, 'index.html'));
    if (body === null) return notBuilt;
    return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body };
  },
  async asset(path) {
    const segments = path.split('/');
    if (!segments.every((segment) => plainSegment.test(segment))) return notFound;
    const body = await readPlain(join(directory, 'assets', ...segments));
    if (body === null) return notFound;
    return {
      status: 200,
      headers: {
        'Content-Type': typeOf(path),
        ...(hashedName.test(path) ? { 'Cache-Control': 'private, max-age=31536000, immutable' } : {}),
      },
      body,
    };
  },
});

function typeOf(path: string): string {
  const type = mime.getType(path) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

/** Null for all that is no regular file. */
async function readPlain(path: string): Promise<Buffer | null> {
  try {
    await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return (await file.stat()).isFile() ? await file.readFile() : null;
  } catch {
    return null;
  }
}
