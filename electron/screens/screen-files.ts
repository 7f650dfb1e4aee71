/** The built screens: one page, and the files beside it that it asks for. */
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import mime from 'mime';

export interface ScreenFile {
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** Its name changes with its content. */
  readonly isForGood: boolean;
}

export interface ScreenFiles {
  /** Null: the screens are not built. */
  page(): Promise<ScreenFile | null>;
  /** `path` is what follows `/assets/`, as it came; null: there is no such file. */
  asset(path: string): Promise<ScreenFile | null>;
}

/** Vite's names: whatever changes has another name. */
const hashedName = /-[\w-]{8}\.\w+$/;
/** No dots first, nothing but plain characters: no way leads out of the folder. */
const plainSegment = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;

/** `directory` holds index.html and assets/. It may be made or changed while this runs. */
export const screenFiles = (directory: string): ScreenFiles => ({
  async page() {
    const body = await readPlain(join(directory, 'index.html'));
    return body === null ? null : { contentType: 'text/html; charset=utf-8', body, isForGood: false };
  },
  async asset(path) {
    const segments = path.split('/');
    if (!segments.every((segment) => plainSegment.test(segment))) return null;
    const body = await readPlain(join(directory, 'assets', ...segments));
    return body === null ? null : { contentType: typeOf(path), body, isForGood: hashedName.test(path) };
  },
});

function typeOf(path: string): string {
  const type = mime.getType(path) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

/** Null for all that is no regular file. */
async function readPlain(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return (await file.stat()).isFile() ? new Uint8Array(await file.readFile()) : null;
  } catch {
    return null;
  }
}
