import type { IncomingMessage } from 'node:http';
import type { Clock } from '#ports/clock.ts';

/** How the reading of one body is disturbed: faults of the transport. */
export interface Disturbance {
  /** By the service's clock, as lifetimes are: what does not fit into one on a slow line depends on no machine. */
  readonly bytesPerSecond: number | null;
  readonly setTimer: Clock['setTimer'];
  readonly dropAfterBytes: number | null;
  readonly stallAfterBytes: number | null;
}

const textLimit = 1024 * 1024;

/** Reads one request's body, once. */
export class BodyReader {
  readonly #request: IncomingMessage;
  readonly #disturbance: Disturbance;

  constructor(request: IncomingMessage, disturbance: Disturbance) {
    this.#request = request;
    this.#disturbance = disturbance;
  }

  /**
   * Hands every chunk on, waits where the taker is not ready, and answers whether the body came whole: exactly as
   * long as its Content-Length says, or to the last chunk of a chunked one.
   */
  pump(take: (chunk: Buffer) => Promise<void> | undefined): Promise<boolean> {
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    const request = this.#request;
    // The sender left while something else kept us: no event is to come any more, whatever had arrived.
    if (request.destroyed) return Promise.resolve(false);
    let received = 0;
    /** What is to be waited for after the last chunk that came: a body that was all there already ends in spite of a pause. */
    let taken: Promise<unknown> = Promise.resolve();
    const pauses = new Set<() => void>();
    const onData = (chunk: Buffer) => {
      received += chunk.length;
      const { bytesPerSecond, dropAfterBytes, stallAfterBytes, setTimer } = this.#disturbance;
      if (dropAfterBytes !== null && received >= dropAfterBytes) return void request.socket.destroy();
      if (stallAfterBytes !== null && received >= stallAfterBytes) return void request.pause();
      const waits: Promise<void>[] = [];
      const taking = take(chunk);
      if (taking !== undefined) waits.push(taking);
      if (bytesPerSecond !== null)
        waits.push(pause(setTimer, (1000 * chunk.length) / bytesPerSecond, pauses));
      if (waits.length === 0) return;
      request.pause();
      taken = Promise.all(waits);
      taken.then(() => request.resume(), reject);
    };
    request.on('data', onData);
    request.once('end', () => taken.then(() => resolve(request.complete), reject));
    request.once('error', () => resolve(false));
    request.once('close', () => {
      if (!request.complete || !request.readableEnded) resolve(false);
    });
    // Whoever sent all of it may leave; nobody is kept waiting for then.
    const onGone = () => resolve(request.complete && request.readableEnded);
    request.socket.once('close', onGone);
    return promise.finally(() => {
      request.off('data', onData);
      request.socket.off('close', onGone);
      for (const undo of pauses) undo();
    });
  }

  /** The body as text; null: it broke off; 'too-large': more than any of these APIs takes as JSON. */
  async text(): Promise<string | null | 'too-large'> {
    const chunks: Buffer[] = [];
    let size = 0;
    const isWhole = await this.pump((chunk) => {
      size += chunk.length;
      if (size <= textLimit) chunks.push(chunk);
      return undefined;
    });
    if (!isWhole) return null;
    return size > textLimit ? 'too-large' : Buffer.concat(chunks).toString('utf8');
  }

  /** Reads and forgets. */
  drain(): Promise<boolean> {
    return this.pump(() => undefined);
  }
}

/** A JSON body: parsed, or why not. An empty one is `undefined`. */
export type JsonBody =
  | { readonly kind: 'value'; readonly value: unknown; readonly text: string }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'broken' };

export async function readJson(body: BodyReader): Promise<JsonBody> {
  const text = await body.text();
  if (text === null) return { kind: 'broken' };
  if (text === 'too-large') return { kind: 'invalid' };
  if (text.trim() === '') return { kind: 'value', value: undefined, text };
  try {
    return { kind: 'value', value: JSON.parse(text), text };
  } catch {
    return { kind: 'invalid' };
  }
}

function pause(setTimer: Clock['setTimer'], ms: number, pauses: Set<() => void>): Promise<void> {
  return new Promise((resolve) => {
    const undo = setTimer(ms, () => {
      pauses.delete(undo);
      resolve();
    });
    pauses.add(undo);
  });
}
