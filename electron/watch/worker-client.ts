import { Worker } from 'node:worker_threads';
import { UploadError } from '#ports/upload-error.ts';
import type { CallMessage, CallName, WorkerCalls, WorkerEvent, WorkerMessage } from './protocol.ts';

type Answer<N extends CallName> = Promise<Awaited<ReturnType<WorkerCalls[N]>>>;

/** The calls of the worker as promises. A worker that dies rejects all of them; the next call starts a new one. */
export class WorkerClient {
  readonly #onEvent: (event: WorkerEvent) => void;
  /** The worker died; what it knew is lost. */
  readonly #onExit: () => void;
  readonly #open = new Map<
    number,
    { readonly resolve: (result: never) => void; readonly reject: (error: Error) => void }
  >();
  #worker: Worker | null = null;
  #lastId = 0;
  #isClosed = false;

  constructor(listener: { onEvent(event: WorkerEvent): void; onExit(): void }) {
    this.#onEvent = (event) => listener.onEvent(event);
    this.#onExit = () => listener.onExit();
  }

  call<N extends CallName>(name: N, ...args: Parameters<WorkerCalls[N]>): Answer<N> {
    if (this.#isClosed) return Promise.reject(new UploadError('internal', 'The watcher was closed.'));
    const worker = this.#start();
    const id = ++this.#lastId;
    return new Promise<never>((resolve, reject) => {
      this.#open.set(id, { resolve, reject });
      worker.postMessage({ id, name, args } satisfies CallMessage);
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#worker = null;
    this.#rejectAll('The watcher was closed.');
    await worker?.terminate();
  }

  #start(): Worker {
    if (this.#worker !== null) return this.#worker;
    const file = import.meta.url.endsWith('.ts') ? './watch-worker.ts' : './watch-worker.js';
    const worker = new Worker(new URL(file, import.meta.url), { name: 'hoist-watch' });
    this.#worker = worker;
    worker.on('message', (message: WorkerMessage) => this.#hear(message));
    // An error is followed by `exit`.
    worker.on('error', (error) => this.#rejectAll(error.message));
    worker.on('exit', () => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#rejectAll('The worker of the watcher ended.');
      this.#onExit();
    });
    return worker;
  }

  #hear(message: WorkerMessage): void {
    if ('event' in message) {
      this.#onEvent(message);
      return;
    }
    const call = this.#open.get(message.id);
    this.#open.delete(message.id);
    if ('error' in message) call?.reject(new UploadError('internal', message.error.message));
    else call?.resolve(message.result as never);
  }

  #rejectAll(reason: string): void {
    for (const call of this.#open.values()) call.reject(new UploadError('internal', reason));
    this.#open.clear();
  }
}
