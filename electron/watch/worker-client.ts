import { Worker } from 'node:worker_threads';
import { UploadError } from '#ports/upload-error.ts';
import type { CallMessage, WorkerEvent, WorkerMessage } from './protocol.ts';

type Arguments<Call> = Call extends (...args: infer Args) => unknown ? Args : never;
type Answer<Call> = Call extends (...args: never) => infer Result ? Promise<Awaited<Result>> : never;

/** The calls of the worker as promises. A worker that dies rejects all of them; the next call starts a new one. */
export class WorkerClient<Calls> {
  readonly #file: URL;
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

  constructor(file: URL, listener: { onEvent(event: WorkerEvent): void; onExit(): void }) {
    this.#file = file;
    this.#onEvent = (event) => listener.onEvent(event);
    this.#onExit = () => listener.onExit();
  }

  call<N extends keyof Calls & string>(name: N, ...args: Arguments<Calls[N]>): Answer<Calls[N]> {
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<never>();
    if (this.#isClosed) reject(new UploadError('internal', 'The watcher was closed.'));
    else {
      this.#open.set(id, { resolve, reject });
      this.#start().postMessage({ id, name, args } satisfies CallMessage);
    }
    // The worker answers by the same table.
    return promise as unknown as Answer<Calls[N]>;
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
    const worker = new Worker(this.#file);
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
