import { createHash } from 'node:crypto';
import { createWriteStream, rmSync, type WriteStream, writeFileSync } from 'node:fs';

/** Bytes that came whole and belong to nobody yet. */
export interface Received {
  /** Temporary file; null: not kept. */
  readonly path: string | null;
  readonly sizeBytes: number;
  readonly sha256: string | null;
}

/** Takes the bytes of one body. Ends with exactly one of finish and discard. */
export interface Sink {
  /** A promise where the disk is behind. */
  write(chunk: Buffer): Promise<void> | undefined;
  finish(): Promise<Received>;
  discard(): Promise<void>;
}

export interface SinkOptions {
  readonly path: string | null;
  readonly sizeBytes: number;
  readonly isHashed: boolean;
}

/** Up to here a body is gathered and written in one go: cheaper than a stream, and most files of a batch are small. */
const smallBytes = 256 * 1024;

export function openSink(options: SinkOptions): Sink {
  const hash = options.isHashed ? createHash('sha256') : null;
  const target = targetFor(options);
  let sizeBytes = 0;
  return {
    write(chunk) {
      sizeBytes += chunk.length;
      hash?.update(chunk);
      return target.write(chunk);
    },
    async finish() {
      try {
        await target.finish();
      } catch (error) {
        // A full disk, say: what is there of it is of no use.
        if (options.path !== null) rmSync(options.path, { force: true });
        throw error;
      }
      return { path: options.path, sizeBytes, sha256: hash?.digest('hex') ?? null };
    },
    async discard() {
      await target.discard();
      if (options.path !== null) rmSync(options.path, { force: true });
    },
  };
}

interface Target {
  write(chunk: Buffer): Promise<void> | undefined;
  finish(): Promise<void> | undefined;
  discard(): Promise<void> | undefined;
}

function targetFor({ path, sizeBytes }: SinkOptions): Target {
  if (path === null) return { write: () => undefined, finish: () => undefined, discard: () => undefined };
  return sizeBytes <= smallBytes ? gather(path) : stream(path);
}

function gather(path: string): Target {
  const chunks: Buffer[] = [];
  return {
    write(chunk) {
      chunks.push(chunk);
      return undefined;
    },
    finish() {
      writeFileSync(path, chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
      return undefined;
    },
    discard: () => undefined,
  };
}

function stream(path: string): Target {
  const file = createWriteStream(path, { highWaterMark: 4 * 1024 * 1024 });
  const failed = new Promise<never>((_resolve, reject) => file.once('error', reject));
  // Whoever waits hears of it; nobody waiting is no crash.
  failed.catch(() => undefined);
  return {
    write(chunk) {
      if (file.write(chunk)) return undefined;
      return Promise.race([once(file, 'drain'), failed]);
    },
    finish() {
      file.end();
      return Promise.race([once(file, 'close'), failed]);
    },
    discard() {
      if (file.closed) return undefined;
      const closed = once(file, 'close');
      file.destroy();
      return closed;
    },
  };
}

function once(file: WriteStream, event: 'drain' | 'close'): Promise<void> {
  return new Promise((resolve) => file.once(event, () => resolve()));
}
