/** What becomes of a file when the store behind its service fails, refuses, breaks off or is not there: each fault alone. */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { providerKinds } from '#shared/destination.ts';
import { type FaultBench, openFaultBench } from '../support/fault-bench.ts';
import {
  blocked,
  casesOf,
  completed,
  type FaultRow,
  failed,
  held,
  meetFault,
} from '../support/meet-fault.ts';
import { closeAll } from '../support/temporary.ts';

const at = ['upload'] as const;
/** More than the buffers of both ends hold, so that an answer comes before all is given. */
const large = 12_000_000;

const rows: readonly FaultRow[] = [
  { fault: 'status', value: 500, at, once: completed(1), ever: failed('server-error') },
  {
    fault: 'status',
    value: 503,
    at,
    once: completed(0, { says: /held.*rate-limited SlowDown/ }),
    ever: held('rate-limited'),
    // Its upload host knows no SlowDown.
    but: { 'flora upload': { once: completed(1), ever: failed('server-error') } },
  },
  {
    fault: 'status',
    value: 429,
    at,
    once: completed(0),
    ever: held('rate-limited'),
    but: { 'flora upload': { once: completed(0, { says: /stays unused at the service/ }) } },
  },
  {
    fault: 'status',
    value: { status: 429, retryAfter: 30 },
    at,
    once: completed(0),
    ever: held('rate-limited'),
  },
  { fault: 'status', value: 400, at, once: completed(1), ever: failed('bad-request') },
  // A signature that is refused: one fresh target is tried.
  {
    fault: 'status',
    value: 401,
    at,
    once: completed(1),
    ever: blocked('signature-refused', { attempts: 1 }),
  },
  {
    fault: 'status',
    value: 403,
    at,
    once: completed(1),
    ever: blocked('signature-refused', { attempts: 1 }),
  },
  {
    fault: 'earlyForbidden',
    value: true,
    at,
    sizeBytes: large,
    once: completed(1),
    ever: blocked('signature-refused', { attempts: 1 }),
  },
  // The target leads nowhere: fresh ones are asked for.
  { fault: 'status', value: 404, at, once: completed(1), ever: failed('bad-answer') },
  {
    fault: 'redirect',
    value: 'https://elsewhere.invalid/?X-Amz-Signature=abc',
    at,
    once: completed(1),
    ever: failed('bad-answer', { says: /redirect/ }),
  },
  { fault: 'status', value: 409, at, once: completed(1), ever: failed('conflict') },
  { fault: 'status', value: 413, at, ever: blocked('too-large') },
  { fault: 'status', value: 412, at, once: completed(1) },
  // A success that is none.
  {
    fault: 'captivePortal',
    value: true,
    at,
    once: completed(1),
    ever: failed('bad-answer', { says: /web page/ }),
  },
  {
    fault: 'earlyOk',
    value: true,
    at,
    sizeBytes: large,
    once: completed(1),
    ever: failed('bad-answer', { says: /before it had read/ }),
  },
  // Whatever comes with a success is not read.
  { fault: 'malformedJson', value: true, at, ever: completed(0) },
  { fault: 'hugeJson', value: 2_000_000, at, ever: completed(0) },
  // The line breaks.
  {
    fault: 'dropAfterBytes',
    value: 200_000,
    at,
    sizeBytes: large,
    once: completed(1),
    ever: failed('connection-broken'),
  },
  {
    fault: 'dropUnprocessed',
    value: true,
    at,
    once: completed(1, { says: /doubted/ }),
    ever: failed('connection-broken'),
  },
  {
    fault: 'dropAnswer',
    value: true,
    at,
    once: completed(0, { says: /doubted/ }),
    ever: completed(0, { says: /doubted/ }),
    // It cannot be asked: sent again, and "is there already" is heard as soon as an answer comes through.
    but: {
      'cyberun upload': { once: completed(1, { says: /doubted/ }), ever: failed('connection-broken') },
    },
  },
  { fault: 'stallAfterBytes', value: 200_000, at, sizeBytes: large, once: completed(1, { says: /stalled/ }) },
  // Slow is no fault, however slow.
  { fault: 'slow', value: 20_000_000, at, sizeBytes: large, ever: completed(0) },
  // The store is not where the service says: another address is asked for after four tries.
  {
    fault: 'unreachableStore',
    value: true,
    at: ['reserve'],
    once: completed(4),
    ever: failed('target-unreachable'),
  },
];

describe.each(providerKinds)('%s', (kind) => {
  const closers = closeAll();
  let bench: FaultBench;
  beforeAll(async () => {
    bench = await openFaultBench(closers.add);
  });
  afterAll(closers.run);

  it.each(casesOf(kind, rows))('$name', (met) => meetFault(bench, met));
});
