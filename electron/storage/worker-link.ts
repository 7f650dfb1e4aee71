/**
 * The near end of a thread: sends calls in batches, hands out answers, and outlives the thread. A thread that dies
 * rejects what it was asked, and the next call starts another.
 */
import type { Worker } from 'node:worker_threads';
import type { Clock } from '#ports/clock.ts';
import { UploadError } from '#ports/upload-error.ts';
import { type StorageFailure, toUploadError } from './sqlite-error.ts';
import type { CallMap, FromWorker, ToWorker, WireAnswer, WireCall } from './wire.ts';

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (error: UploadError) => void;
}

/**
 * The first calls of a turn are sent at once, so that the thread works while the rest is prepared; then twice as many
 * with each batch, up to this.
 */
const largestBatch = 32;

/** A thread that dies so often in a minute is not started again before the minute is over. */
const maxDeathsPerMinute = 5;

export interface WorkerLinkOptions {
  readonly clock: Clock;
  /** `isRestart`: an earlier thread of this link has died. */
  readonly start: (isRestart: boolean) => Worker;
  readonly onFailure: (failure: StorageFailure) => void;
  /** Damage that was met, here or elsewhere: a thread that stops has stopped for that. */
  readonly damage?: () => UploadError | null;
  /** Refuses all calls once there is damage: what is written then goes aside with the file, and would be lost. */
  readonly stopsAtDamage?: boolean;
}

/** All that its callers need of a link. */
export type Callable<Calls extends CallMap<Calls>> = Pick<WorkerLink<Calls, unknown>, 'call'>;

export class WorkerLink<Calls extends CallMap<Calls>, Ready> {
  readonly #options: WorkerLinkOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #ready: PromiseWithResolvers<Ready> | null = null;
  #outbox: WireCall[] = [];
  #isFlushPlanned = false;
  #batchSize = 2;
  #lastId = 0;
  #deaths: number[] = [];
  #hasStarted = false;
  #closing: Promise<void> | null = null;

  constructor(options: WorkerLinkOptions) {
    this.#options = options;
  }

  /** Starts the thread where none runs; resolves with what it says when it can work. */
  open(): Promise<Ready> {
    this.#ensureWorker();
    if (this.#ready === null) return Promise.reject(stopped('The thread was refused.'));
    return this.#ready.promise;
  }

  call<Name extends keyof Calls & string>(
    name: Name,
    ...args: Parameters<Calls[Name]>
  ): Promise<ReturnType<Calls[Name]>> {
    if (this.#closing !== null) return Promise.reject(stopped('The journal is closed.'));
    const damage = this.#options.stopsAtDamage === true ? this.#damage() : null;
    if (damage !== null) return Promise.reject(damage);
    try {
      this.#ensureWorker();
    } catch (error) {
      return Promise.reject(error);
    }
    this.#lastId += 1;
    const { promise, resolve, reject } = Promise.withResolvers<ReturnType<Calls[Name]>>();
    if (this.#pending.size === 0) this.#worker?.ref();
    this.#pending.set(this.#lastId, { resolve, reject });
    this.#outbox.push([this.#lastId, name, args]);
    if (this.#outbox.length >= this.#batchSize) {
      this.#batchSize = Math.min(2 * this.#batchSize, largestBatch);
      this.#send(true);
    }
    if (!this.#isFlushPlanned) {
      this.#isFlushPlanned = true;
      // After all that is ready to run in this turn, so that what they ask goes along: a message wakes the other thread,
      // which costs more than what most of them say.
      setImmediate(() => this.#flush());
    }
    return promise;
  }

  checkpoint(): void {
    this.#flush();
    this.#post({ kind: 'checkpoint' });
  }

  /** Resolves when the thread has done all it was asked and has ended. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    this.#flush();
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.ref();
    this.#post({ kind: 'close' });
    await ended;
  }

  #flush(): void {
    this.#isFlushPlanned = false;
    this.#batchSize = 2;
    this.#send(false);
  }

  #send(isMore: boolean): void {
    const calls = this.#outbox;
    this.#outbox = [];
    try {
      this.#post({ kind: 'calls', calls, isMore });
    } catch (error) {
      // Something in them cannot be cloned. The thread still has to hear that the turn is over.
      const message = error instanceof Error ? error.message : String(error);
      this.#settle(calls.map(([id]) => [id, null, { ...harmless, message }]));
      if (!isMore) this.#post({ kind: 'calls', calls: [], isMore });
    }
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #ensureWorker(): void {
    if (this.#worker !== null) return;
    const now = this.#options.clock.monotonic();
    this.#deaths = this.#deaths.filter((time) => now - time < 60_000);
    if (this.#deaths.length >= maxDeathsPerMinute) {
      throw this.#damage() ?? stopped('The database thread stops again and again.');
    }
    const worker = this.#options.start(this.#hasStarted);
    this.#hasStarted = true;
    const ready = Promise.withResolvers<Ready>();
    // Whoever opens listens; a restart in the middle of calls is told by their answers.
    ready.promise.catch(() => {});
    this.#worker = worker;
    this.#ready = ready;
    let reason = 'The database thread stopped.';
    worker.on('message', (message: FromWorker<Ready>) => {
      switch (message.kind) {
        case 'ready':
          if (this.#pending.size === 0) worker.unref();
          return ready.resolve(message.report);
        case 'unready':
          this.#options.onFailure(message.failure);
          ready.reject(toUploadError(message.failure));
          return this.#rejectAll(toUploadError(message.failure));
        case 'answers':
          return this.#settle(message.answers);
      }
    });
    worker.on('error', (error) => {
      reason = `The database thread stopped: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.on('exit', () => this.#buried(worker, reason));
  }

  #buried(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const error = this.#damage() ?? stopped(reason);
    this.#ready?.reject(error);
    this.#ready = null;
    this.#outbox = [];
    if (this.#closing === null) this.#deaths.push(this.#options.clock.monotonic());
    this.#rejectAll(error);
  }

  #damage(): UploadError | null {
    return this.#options.damage?.() ?? null;
  }

  #rejectAll(error: UploadError): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(error);
  }

  #settle(answers: readonly WireAnswer[]): void {
    for (const [id, value, failure] of answers) {
      const pending = this.#pending.get(id);
      this.#pending.delete(id);
      if (failure === undefined) {
        pending?.resolve(value as never);
      } else {
        this.#options.onFailure(failure);
        pending?.reject(toUploadError(failure));
      }
    }
    if (this.#pending.size === 0 && this.#closing === null) this.#worker?.unref();
  }
}

const harmless = { code: 'internal', isDamage: false, isFatal: false } as const;

const stopped = (message: string) => new UploadError('internal', message);
