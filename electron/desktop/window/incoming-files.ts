/** Files without a path, streamed by a window into the inbox piece by piece. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { type Inbox, receiveFile } from '#inbox';
import { UploadError } from '#ports/upload-error.ts';
import type { PathlessFile } from '#shared/desktop-bridge.ts';

export interface IncomingFiles {
  /** The id that its chunks come under. */
  begin(file: PathlessFile): string;
  /** Resolves when the next may come. Rejects with what speaks against the file: no room, too long. */
  write(id: string, chunk: Uint8Array): Promise<void>;
  /** The path of the whole file. */
  end(id: string): Promise<string>;
  drop(id: string): void;
  /** The window is gone. */
  dropAll(): void;
}

interface Transfer {
  readonly body: PassThrough;
  readonly path: Promise<string>;
}

const mostAtOnce = 64;
/** What may wait for the disk, of each file. */
const bufferBytes = 4 * 1024 * 1024;

export function createIncomingFiles({ receiving }: Pick<Inbox, 'receiving'>): IncomingFiles {
  const transfers = new Map<string, Transfer>();

  function find(id: string): Transfer {
    const transfer = transfers.get(id);
    if (transfer === undefined) throw new UploadError('invalid', 'No such file is coming.');
    return transfer;
  }

  function drop(id: string): void {
    transfers.get(id)?.body.destroy(new UploadError('connection-broken', 'The window stopped sending.'));
    transfers.delete(id);
  }

  return {
    begin({ name, sizeBytes, lastModified }) {
      if (transfers.size >= mostAtOnce)
        throw new UploadError('invalid', 'Too many files are coming at once.');
      const id = randomUUID();
      const body = new PassThrough({ highWaterMark: bufferBytes });
      // Whoever writes or ends hears of it.
      body.on('error', () => {});
      const identity = { name, sizeBytes, lastModified, relativePath: null };
      const path = receiveFile(body, identity, { ...receiving, host: 'the window' });
      path.catch(() => {});
      transfers.set(id, { body, path });
      return id;
    },
    async write(id, chunk) {
      const { body, path } = find(id);
      if (body.write(chunk)) return;
      // Room again, or the end of it.
      await Promise.race([once(body, 'drain'), path]);
    },
    async end(id) {
      const { body, path } = find(id);
      body.end();
      try {
        return await path;
      } finally {
        transfers.delete(id);
      }
    },
    drop,
    dropAll() {
      for (const id of [...transfers.keys()]) drop(id);
    },
  };
}
