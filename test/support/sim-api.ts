/** The way to a simulated API: requests travel, are heard or not, and answers come back or not. */
import type { ApiRequest, ApiResponse, CreateApiClient } from '#ports/api-client.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { ApiFault, ApiOp, SimFaults } from './sim-faults.ts';
import { credentialMark, type SimAnswer, type SimService } from './sim-service.ts';
import type { SimProcess, SimTime } from './sim-time.ts';

const patienceMs = 30_000;

export interface SimWire {
  readonly time: SimTime;
  readonly process: SimProcess;
  readonly services: (destinationId: string) => SimService;
  readonly faults: SimFaults;
}

export function createSimApi(wire: SimWire): CreateApiClient {
  return ({ destination, credential, onExchange }) => {
    const service = wire.services(destination.id);
    if (credential !== credentialMark + destination.id) service.strangeCredentials += 1;
    return {
      async request(request) {
        const op = request.path.slice(1) as ApiOp;
        const startedAt = wire.time.elapsed;
        const told = (status: number | null) =>
          onExchange?.({
            method: request.method,
            host: 'api.sim',
            status,
            durationMs: wire.time.elapsed - startedAt,
            requestId: null,
          });
        const name = nameOf(request);
        service.requests.push({ op, name, at: startedAt });
        try {
          const answer = await abortable(
            request.signal,
            ask(wire, service, { op, name, request, kind: destination.kind }),
          );
          told(answer.status);
          return answer;
        } catch (error) {
          told(null);
          throw error;
        }
      },
    };
  };
}

interface Asking {
  readonly op: ApiOp;
  readonly name: string;
  readonly request: ApiRequest;
  readonly kind: Parameters<SimService['handle']>[0];
}

async function ask(wire: SimWire, service: SimService, asking: Asking): Promise<ApiResponse> {
  const { time, process } = wire;
  const fault = wire.faults.api(asking.op, asking.name);
  // What was sent arrives even where the sender dies meanwhile, and in the order in which it was sent.
  await time.wait(service.apiMs / 2);
  if (!service.isApiUp) {
    await time.wait(service.travelMs('api') / 2, process);
    throw new UploadError('unreachable', '', { facts: { host: 'api.sim' } });
  }
  if (fault === 'request-lost') throw new UploadError('connection-broken');
  if (fault === 'asset-failed') service.fail(slotsOf(asking.request));
  const refusal = refusalOf(fault);
  const answer =
    refusal ??
    service.handle(asking.kind, asking.op, asking.request.json as Parameters<SimService['handle']>[2]);
  await time.wait(service.travelMs('api') / 2, process);
  if (fault === 'answer-lost') throw new UploadError('connection-broken');
  if (fault === 'hangs') {
    await time.wait(patienceMs, process);
    throw new UploadError('timeout');
  }
  return {
    ...answer,
    headers: {},
    text: '',
    host: 'api.sim',
    requestId: null,
    retryAfterMs: typeof fault === 'object' && fault !== null ? fault.throttledMs : null,
    skewMs: null,
    receivedAt: time.wall,
  };
}

function refusalOf(fault: ApiFault | null): SimAnswer | null {
  if (fault === null) return null;
  if (typeof fault === 'object') return { status: 429, body: null };
  switch (fault) {
    case 'server-error':
      return { status: 500, body: null };
    case 'junk':
      return { status: 200, body: 'Please sign in to this network.' };
    case 'key-refused':
      return { status: 401, body: null };
    case 'asset-failed':
      return { status: 200, body: { failed: true } };
    default:
      return null;
  }
}

function slotsOf({ json }: ApiRequest): readonly string[] {
  return typeof json === 'object' && json !== null && 'slots' in json && Array.isArray(json.slots)
    ? json.slots
    : [];
}

function nameOf({ json }: ApiRequest): string {
  return typeof json === 'object' && json !== null && 'name' in json && typeof json.name === 'string'
    ? json.name
    : '';
}

/** Rejects with the signal's reason as soon as it aborts. */
export function abortable<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const onAbort = () => reject(signal.reason);
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  return promise;
}
