/** Where a page ended, as text that callers hand back unread. */
import { UploadError } from '#ports/upload-error.ts';
import type { JobQuery, JobSort } from '#shared/ipc.ts';

/** The sort key and the id of the last row that was given. */
export interface Position {
  readonly key: string | number;
  readonly id: number;
}

type Order = Pick<JobQuery, 'sort' | 'direction'>;

export function writeCursor(order: Order, position: Position): string {
  const text = JSON.stringify([order.sort, order.direction, position.key, position.id]);
  return Buffer.from(text, 'utf8').toString('base64url');
}

/** Rejects whatever `writeCursor` did not write for this very order, with UploadError `invalid`. */
export function readCursor(order: Order, cursor: string): Position {
  const parsed = parse(cursor);
  if (!Array.isArray(parsed) || parsed.length !== 4) throw junk();
  const [sort, direction, key, id] = parsed as readonly unknown[];
  if (sort !== order.sort || direction !== order.direction) throw junk();
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1) throw junk();
  if (!isKey(order.sort, key)) throw junk();
  return { key, id };
}

function isKey(sort: JobSort, key: unknown): key is string | number {
  return sort === 'name' ? typeof key === 'string' : typeof key === 'number' && Number.isSafeInteger(key);
}

function parse(cursor: string): unknown {
  if (!/^[\w-]+$/.test(cursor)) throw junk();
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw junk();
  }
}

const junk = () => new UploadError('invalid', 'The cursor does not belong to this list.');
