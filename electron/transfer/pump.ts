/** Moves one file from its handle to the wire: reads ahead, hashes, keeps to the bandwidth limit, counts. */
import { createHash } from 'node:crypto';
import type { Clock } from '#ports/clock.ts';
import type { Bandwidth } from './bandwidth.ts';
import { chunkBytes, giveBackChunk, nextChunkBytes, takeChunk } from './chunks.ts';
import type { SourceFile } from './source-file.ts';

export interface Wire {
  /** Calls back when the system has taken the bytes (true), or never will (false). It may also never call back. */
  write(bytes: Uint8Array, taken: (ok: boolean) => void): void;
  /** Calls back when everything, the head of the request too, has left us. It may also never call back. */
  end(flushed: (ok: boolean) => void): void;
}

export interface PumpOptions {
  readonly source: SourceFile;
  readonly wire: Wire;
  readonly preamble: Buffer;
  readonly trailer: Buffer;
  readonly bandwidth: Bandwidth;
  readonly clock: Clock;
  /** Bytes of the file that the socket took so far. */
  readonly onTaken: (fileBytes: number) => void;
}

/** `sha256` is there once every byte of the file was read. */
export interface PumpState {
  readonly fileBytes: number;
  readonly bodyBytes: number;
  /** The last byte of the body left us. */
  readonly isAllGiven: boolean;
  /** The last piece of the file was handed on; the socket may still hold it. */
  readonly isAllHanded: boolean;
  /** Waiting for our own limit and for nothing else. */
  readonly isHeld: boolean;
  readonly sha256: string | null;
}

export interface Pump {
  state(): PumpState;
  /** Resolves when all is given or the pump was stopped; rejects with the source's UploadError. */
  readonly done: Promise<void>;
  /** Nothing more goes to the wire from here on. */
  stop(): void;
}

/** How often a running transfer looks whether its file is still the same. */
const checkEveryMs = 2_000;

export function startPump(options: PumpOptions): Pump {
  const { source, wire, bandwidth, clock } = options;
  const hash = createHash('sha256');
  const now = { fileBytes: 0, bodyBytes: 0, isAllGiven: false, isAllHanded: false, isHeld: false };
  let sha256: string | null = null;
  let isStopped = false;
  let wake: (() => void) | null = null;

  /** Waits for `start` to call back, or for `stop`; true if the former. */
  function wait(start: (back: (ok: boolean) => void) => (() => void) | undefined): Promise<boolean> {
    return new Promise((resolve) => {
      if (isStopped) return resolve(false);
      let undo: (() => void) | undefined;
      const finish = (ok: boolean) => {
        wake = null;
        resolve(ok);
      };
      wake = () => {
        undo?.();
        finish(false);
      };
      undo = start(finish);
    });
  }

  /** How many bytes may go now; 0 if the pump was stopped meanwhile. */
  async function allowance(wantedBytes: number): Promise<number> {
    let allowed = 0;
    now.isHeld = true;
    await wait((back) =>
      bandwidth.take(wantedBytes, (bytes) => {
        allowed = bytes;
        back(true);
      }),
    );
    now.isHeld = false;
    return allowed;
  }

  async function give(bytes: Uint8Array, kind: 'file' | 'frame'): Promise<boolean> {
    for (let from = 0; from < bytes.length; ) {
      const left = bytes.length - from;
      const length = kind === 'file' && bandwidth.isLimited() ? await allowance(left) : left;
      if (length === 0) return false;
      const slice = bytes.subarray(from, from + length);
      const isTaken = await wait((back) => {
        wire.write(slice, back);
        return undefined;
      });
      if (!isTaken) return false;
      from += length;
      now.bodyBytes += length;
      if (kind === 'file') {
        now.fileBytes += length;
        options.onTaken(now.fileBytes);
      }
    }
    return true;
  }

  async function giveFile(chunks: [Buffer?, Buffer?]): Promise<boolean> {
    let size = chunkBytes / 2;
    let turn: 0 | 1 = 0;
    let position = 0;
    let checkedAt = clock.monotonic();
    let reading: Promise<void> = Promise.resolve();
    const read = () => {
      // A small file needs no second one.
      const chunk = chunks[turn] ?? takeChunk();
      chunks[turn] = chunk;
      const piece = chunk.subarray(0, Math.min(size, source.sizeBytes - position));
      reading = source.read(piece, position);
      // Awaited in its turn; until then a failure must not count as nobody's.
      reading.catch(() => undefined);
      position += piece.length;
      turn = turn === 0 ? 1 : 0;
      return piece;
    };
    let next = position < source.sizeBytes ? read() : null;
    while (next !== null) {
      const piece: Buffer = next;
      await reading;
      if (isStopped) return false;
      next = position < source.sizeBytes ? read() : null;
      const startedAt = clock.monotonic();
      if (next === null) now.isAllHanded = true;
      const giving = give(piece, 'file');
      // While the system sends: the piece is in the cache now.
      hash.update(piece);
      if (!(await giving)) return false;
      const at = clock.monotonic();
      size = nextChunkBytes(piece.length, at - startedAt);
      if (at - checkedAt >= checkEveryMs) {
        checkedAt = at;
        await source.check();
      }
    }
    sha256 = hash.digest('hex');
    return true;
  }

  async function run(): Promise<void> {
    const chunks: [Buffer?, Buffer?] = [];
    if (!(await give(options.preamble, 'frame'))) return;
    if (!(await giveFile(chunks))) return;
    // Where a write was cut short the system may still read from a chunk, so only clean ones are used again.
    for (const chunk of chunks) if (chunk !== undefined) giveBackChunk(chunk);
    now.isAllHanded = true;
    if (!(await give(options.trailer, 'frame'))) return;
    await wait((back) => {
      wire.end((isFlushed) => {
        now.isAllGiven = isFlushed;
        back(isFlushed);
      });
      return undefined;
    });
  }

  const { promise: stopped, resolve: leave } = Promise.withResolvers<void>();
  return {
    state: () => ({ ...now, sha256 }),
    // A read on a dead network drive may never come back; who stops does not wait for it.
    done: Promise.race([run(), stopped]),
    stop() {
      isStopped = true;
      wake?.();
      leave();
    },
  };
}
