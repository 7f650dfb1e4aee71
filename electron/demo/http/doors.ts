import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '#ports/clock.ts';
import type { Ports } from '../address.ts';
import type { FaultBook } from '../fault-book.ts';
import type { Counters } from '../stats.ts';
import { incompleteBody } from '../store/s3-errors.ts';
import { type Gate, pass } from './gate.ts';
import { type Listener, listen } from './listen.ts';
import type { Surface } from './surface.ts';

export interface DoorsOptions {
  /** A number: this port or none. Null: `wished`, or any other. */
  readonly api: number | null;
  readonly store: number | null;
  readonly wished: Ports | null;
  readonly faults: FaultBook;
  readonly counters: Counters;
  now(): number;
  readonly setTimer: Clock['setTimer'];
}

/** The two doors of the service: APIs here, bytes there. They open before the surfaces are made, which need the ports. */
export interface Doors {
  readonly ports: Ports;
  mount(surfaces: { readonly api: readonly Surface[]; readonly store: readonly Surface[] }): void;
  /** Breaks what is open, and waits until no request is being worked on. */
  close(): Promise<void>;
}

export async function openDoors(options: DoorsOptions): Promise<Doors> {
  const { faults, counters, now, setTimer } = options;
  const closing = new AbortController();
  const pending = new Set<Promise<void>>();
  const surfaces: { api: readonly Surface[]; store: readonly Surface[] } = { api: [], store: [] };
  const serve = (door: 'api' | 'store') => (request: IncomingMessage, response: ServerResponse) => {
    if (door === 'store') countLeak(counters, request);
    const gate: Gate = {
      surfaces: surfaces[door],
      faults,
      closing: closing.signal,
      now,
      setTimer,
      saw: (seen) => counters.saw(seen),
      onBug: (error) => process.emitWarning(error instanceof Error ? error : String(error)),
    };
    const passing = pass(gate, request, response);
    pending.add(passing);
    passing.finally(() => pending.delete(passing));
  };
  const open = (door: 'api' | 'store') =>
    listen({
      port: options[door] ?? options.wished?.[door] ?? 0,
      mayMove: options[door] === null,
      serve: serve(door),
      onBroken: answerShortBody,
    });
  const api = await open('api');
  const store = await open('store').catch(async (error: unknown) => {
    await api.close();
    throw error;
  });
  const listeners: readonly Listener[] = [api, store];
  return {
    ports: { api: api.port, store: store.port },
    mount: (made) => Object.assign(surfaces, made),
    async close() {
      closing.abort();
      await Promise.all(listeners.map((listener) => listener.close()));
      await Promise.allSettled(pending);
    },
  };
}

/** The sender ended its side of the connection before the body was complete. */
function answerShortBody(error: Error): string | null {
  return 'code' in error && error.code === 'HPE_INVALID_EOF_STATE' ? incompleteBody() : null;
}

/** The store must never be shown a credential of an API. */
function countLeak(counters: Counters, { headers }: IncomingMessage): void {
  const isLeak =
    headers.authorization !== undefined || headers.cookie !== undefined || headers['x-team-id'] !== undefined;
  if (isLeak) counters.leakedCredentials += 1;
}
