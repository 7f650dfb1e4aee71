/** The two HTTP clients: one that knows credentials, one that carries bytes and knows none. */
import got, { type Got } from 'got';
import type { CreateApiClient } from '#ports/api-client.ts';
import type { Clock } from '#ports/clock.ts';
import type { Transfer } from '#ports/transfer.ts';
import { createApiClients } from './api-client.ts';
import { createLines } from './lines.ts';
import { defaultTimeouts, type Timeouts } from './timeouts.ts';
import { createTransfer } from './transfer.ts';
import { createTrust } from './trust.ts';

export interface HttpOptions {
  readonly clock: Clock;
  /** For HTTP_PROXY, HTTPS_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Sent to APIs, never to stores. */
  readonly userAgent: string;
  readonly timeouts?: Partial<Timeouts>;
}

export interface Http {
  readonly transfer: Transfer;
  readonly createApiClient: CreateApiClient;
  /** Stops what runs; resolves when every file and socket is closed. */
  close(): Promise<void>;
}

/** Each client has connections of its own, so that slow transfers never keep an API call waiting. */
export function createHttp(options: HttpOptions): Http {
  const { clock, environment } = options;
  const trust = createTrust(environment);
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const apiLines = createLines({ environment, trust });
  const byteLines = createLines({ environment, trust });
  const bare = bareClient();
  const transfer = createTransfer({ got: bare, lines: byteLines, clock, timeouts });
  return {
    transfer: {
      ...transfer,
      dropIdleConnections() {
        byteLines.dropIdle();
        apiLines.dropIdle();
      },
    },
    createApiClient: createApiClients({ got: bare, lines: apiLines, clock, timeouts }, options.userAgent),
    async close() {
      await transfer.close();
      apiLines.close();
    },
  };
}

/** One try, no redirect, no header of its own, no error for a status, and no timer: time comes from the Clock port. */
function bareClient(): Got {
  return got.extend({
    retry: { limit: 0 },
    followRedirect: false,
    decompress: false,
    throwHttpErrors: false,
    headers: { 'user-agent': undefined },
  });
}
