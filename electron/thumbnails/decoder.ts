/** Runs the decoding off the main thread: a few workers, each with one picture at a time. */
import { Worker } from 'node:worker_threads';
import type { Clock } from '#ports/clock.ts';
import { limits } from './limits.ts';
import type { Decoded, DecodeOrder, WorkerOptions } from './messages.ts';

export interface Decoder {
  /** Never rejects. An order that is aborted before its turn is not begun. */
  decode(order: DecodeOrder, signal: AbortSignal): Promise<Decoded>;
  close(): Promise<void>;
}

interface Task {
  readonly order: DecodeOrder;
  readonly signal: AbortSignal;
  readonly done: (decoded: Decoded) => void;
}

/**
 * On Linux Electron's binary brings a glib of its own, and with the native library's the process dies at the first picture;
 * WebAssembly costs no more. https://sharp.pixelplumbing.com/install#electron-and-linux
 */
const workerData: WorkerOptions = { canLoadNative: process.versions.electron === undefined };

const startWorker = () =>
  new Worker(
    new URL(
      import.meta.url.endsWith('.ts') ? './thumbnail-worker.ts' : './thumbnail-worker.js',
      import.meta.url,
    ),
    { workerData },
  );

export function createDecoder(clock: Clock, start: () => Worker = startWorker): Decoder {
  const waiting: Task[] = [];
  const lanes = Array.from({ length: limits.workers }, () => createLane(clock, start));
  let isClosed = false;

  /** Gives every idle lane something to do. */
  function next(): void {
    for (;;) {
      const lane = lanes.find((one) => !one.isBusy());
      const task = lane === undefined ? undefined : waiting.shift();
      if (lane === undefined || task === undefined) return;
      if (task.signal.aborted || isClosed) task.done(null);
      else void work(lane, task);
    }
  }

  async function work(lane: Lane, task: Task): Promise<void> {
    task.done(await lane.run(task.order));
    next();
  }

  return {
    decode(order, signal) {
      return new Promise((done) => {
        waiting.push({ order, signal, done });
        next();
      });
    },
    async close() {
      isClosed = true;
      for (const task of waiting.splice(0)) task.done(null);
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

interface Lane {
  isBusy(): boolean;
  run(order: DecodeOrder): Promise<Decoded>;
  close(): Promise<void>;
}

/** One worker, started when it is needed and given up when it takes too long. */
function createLane(clock: Clock, start: () => Worker): Lane {
  let worker: Worker | null = null;
  let isBusy = false;
  let cancelIdle = () => {};
  let giveUp = () => {};

  /** What native code has begun it ends first: nobody waits for that. */
  function drop(): void {
    void worker?.terminate();
    worker = null;
  }

  function open(): Worker {
    const opened = start();
    // It must not keep a process alive that has nothing else to do, nor end it by an error that comes late.
    opened.unref();
    opened.on('error', () => {});
    opened.on('exit', () => {
      if (worker === opened) worker = null;
    });
    return opened;
  }

  return {
    isBusy: () => isBusy,
    run(order) {
      isBusy = true;
      cancelIdle();
      const current = worker ?? open();
      worker = current;
      return new Promise((resolve) => {
        const end = (decoded: Decoded) => {
          cancelLimit();
          current.off('message', end).off('error', fail).off('exit', fail);
          giveUp = () => {};
          isBusy = false;
          if (worker === current) cancelIdle = clock.setTimer(limits.idleMs, drop);
          resolve(decoded);
        };
        const fail = () => {
          drop();
          end(null);
        };
        const cancelLimit = clock.setTimer(limits.pictureMs, fail);
        giveUp = fail;
        current.on('message', end).on('error', fail).on('exit', fail);
        current.postMessage(order);
      });
    },
    async close() {
      cancelIdle();
      giveUp();
      await worker?.terminate();
      worker = null;
    },
  };
}
