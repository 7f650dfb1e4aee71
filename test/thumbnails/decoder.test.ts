/** What becomes of a worker that does not answer, or dies. */
import { EventEmitter } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { createDecoder } from '../../electron/thumbnails/decoder.ts';
import { limits } from '../../electron/thumbnails/limits.ts';
import type { Decoded, DecodeOrder } from '../../electron/thumbnails/messages.ts';
import { pictureKind } from '../../electron/thumbnails/picture-kind.ts';
import { createManualClock } from '../support/manual-clock.ts';

/** A worker that answers when it is told to. */
class FakeWorker extends EventEmitter {
  readonly orders: string[] = [];
  isTerminated = false;
  unref() {}
  postMessage(order: DecodeOrder) {
    this.orders.push(order.path);
  }
  async terminate() {
    this.isTerminated = true;
    return 1;
  }
}

const done: Decoded = { webp: new Uint8Array([1]), version: { sizeBytes: 1, mtimeMs: 1 } };
const never = new AbortController().signal;

function open() {
  const clock = createManualClock();
  const workers: FakeWorker[] = [];
  const decoder = createDecoder(clock, () => {
    const worker = new FakeWorker();
    workers.push(worker);
    // It has what is used of a worker.
    return worker as unknown as Worker;
  });
  const decode = (path: string, signal = never) => decoder.decode({ path, size: 64 }, signal);
  return { clock, workers, decoder, decode };
}

test('each worker has one picture at a time; the others wait their turn', async () => {
  const { workers, decode } = open();
  const answers = ['a', 'b', 'c'].map((path) => decode(path));
  expect(workers.map(({ orders }) => orders)).toEqual([['a'], ['b']]);
  workers[1]?.emit('message', done);
  expect(await answers[1]).toBe(done);
  expect(workers.map(({ orders }) => orders)).toEqual([['a'], ['b', 'c']]);
  expect(workers).toHaveLength(limits.workers);
});

test('one that takes too long is ended, and another takes its place', async () => {
  const { clock, workers, decode } = open();
  const slow = decode('slow');
  await clock.advance(limits.pictureMs);
  expect(await slow).toBeNull();
  expect(workers[0]?.isTerminated).toBe(true);
  const next = decode('next');
  expect(workers[1]?.orders).toEqual(['next']);
  // What the first says now concerns nobody.
  workers[0]?.emit('message', null);
  workers[0]?.emit('error', new Error('late'));
  workers[1]?.emit('message', done);
  expect(await next).toBe(done);
});

test('one that dies costs its picture only', async () => {
  const { workers, decode } = open();
  const dead = decode('dead');
  workers[0]?.emit('error', new Error('out of memory'));
  workers[0]?.emit('exit', 1);
  expect(await dead).toBeNull();
  const next = decode('next');
  workers[1]?.emit('message', done);
  expect(await next).toBe(done);
});

test('one that rests ends, and is started again when it is needed', async () => {
  const { clock, workers, decode } = open();
  const first = decode('first');
  workers[0]?.emit('message', done);
  await first;
  await clock.advance(limits.idleMs - 1);
  expect(workers[0]?.isTerminated).toBe(false);
  await clock.advance(1);
  expect(workers[0]?.isTerminated).toBe(true);
  void decode('second');
  expect(workers[1]?.orders).toEqual(['second']);
});

test('what is called off before its turn is not begun; closing answers everybody', async () => {
  const { workers, decoder, decode } = open();
  const running = [decode('a'), decode('b')];
  const off = new AbortController();
  const calledOff = decode('off', off.signal);
  const waiting = decode('waiting');
  off.abort();
  workers[0]?.emit('message', done);
  expect(await running[0]).toBe(done);
  expect(await calledOff).toBeNull();
  expect(workers[0]?.orders).toEqual(['a', 'waiting']);
  const late = decode('late');
  await decoder.close();
  expect(await Promise.all([running[1], waiting, late])).toEqual([null, null, null]);
  expect(await decode('after')).toBeNull();
  expect(workers.every(({ isTerminated }) => isTerminated)).toBe(true);
});

test.each<[string, readonly number[], string | null]>([
  ['JPEG', [0xff, 0xd8, 0xff, 0xe0], 'jpeg'],
  ['GIF', [...Buffer.from('GIF89a')], 'gif'],
  ['WebP', [...Buffer.from('RIFFxxxxWEBP')], 'webp'],
  ['a sound in the same wrapping', [...Buffer.from('RIFFxxxxWAVE')], null],
  ['AVIF', [...Buffer.from('xxxxftypavif')], 'heif'],
  ['MP4', [...Buffer.from('xxxxftypmp42')], null],
  ['TIFF', [0x4d, 0x4d, 0, 0x2a], 'tiff'],
  ['nothing', [], null],
  ['the beginning of a mark', [0xff, 0xd8], null],
])('%s is known by its first bytes', (_name, bytes, kind) => {
  expect(pictureKind(new Uint8Array(bytes))).toBe(kind);
});
