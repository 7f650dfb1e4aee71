/** What every step of a run works with. */

import type { ApiClient } from '#ports/api-client.ts';
import type { OutgoingFile, Provider, ProviderCall } from '#ports/provider.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Destination } from '#shared/destination.ts';
import { needsKey } from '#shared/destination.ts';
import type { Failure } from '#shared/failure.ts';
import type { JobId } from '#shared/job.ts';
import type { FactBook } from './facts.ts';
import type { QueueOptions } from './options.ts';
import type { Run } from './run.ts';

export interface StepContext {
  readonly options: QueueOptions;
  readonly facts: FactBook;
  /** The API answered within the last 30 s: what fails now is the store, not the line. */
  readonly wasApiHeard: (destinationId: string) => boolean;
  readonly apiHeard: (destinationId: string) => void;
  /** Before each request; null: it may go now. See `Paces`. */
  readonly turn: (run: Run) => Promise<void> | null;
  /** By its own word: all of its jobs wait together. */
  readonly isThrottled: (destinationId: string) => boolean;
  /** How often the user acted to free it of a block. */
  readonly liftsOf: (destinationId: string) => number;
  /** How a try ended that gave all bytes and heard nothing, until an inspection says what became of them. */
  readonly doubts: Map<JobId, Failure>;
}

export interface ReadyDestination {
  readonly destination: Destination;
  readonly provider: Provider;
  readonly call: ProviderCall;
}

/** The destination of a run with its credential, and a client that records what it did. */
export async function readyDestination(context: StepContext, run: Run): Promise<ReadyDestination> {
  const { options } = context;
  const resolved = await options.resolveDestination(run.job.destinationId);
  if (resolved === null) throw new UploadError('destination-missing');
  const { destination, credential } = resolved;
  if (needsKey[destination.kind] && credential === null) throw new UploadError('key-missing');
  const api = options.createApiClient({
    destination,
    credential,
    onExchange: (exchange) => {
      run.noteExchange(exchange);
      if (exchange.status !== null) context.apiHeard(destination.id);
    },
  });
  const inTurn: ApiClient = {
    async request(request) {
      await context.turn(run);
      return api.request(request);
    },
  };
  const provider = options.providers[destination.kind];
  run.isTargetReusable = provider.isTargetReusable;
  return {
    destination,
    provider,
    call: {
      destination,
      api: inTurn,
      signal: run.signal,
      now: () => options.clock.now(),
      note: (sentence) => run.note(sentence),
    },
  };
}

export function outgoing(job: StoredJob): OutgoingFile {
  return {
    name: job.name,
    path: job.path,
    sizeBytes: job.file.sizeBytes,
    mimeType: job.mimeType,
    edge: job.edge,
  };
}
