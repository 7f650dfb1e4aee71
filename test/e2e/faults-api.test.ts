/** What becomes of a file when the API of its service fails, refuses, or is not there: each fault alone. */
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

const api = ['reserve', 'complete', 'poll'] as const;

const rows: readonly FaultRow[] = [
  // Its own trouble: tried again, eight times.
  { fault: 'status', value: 500, at: api, once: completed(1), ever: failed('server-error') },
  { fault: 'status', value: 503, at: api, once: completed(1), ever: failed('server-error') },
  // Too much at once: the destination waits, no try is charged.
  { fault: 'status', value: 429, at: api, once: completed(0), ever: held('rate-limited') },
  {
    fault: 'status',
    value: { status: 429, retryAfter: 30 },
    at: api,
    once: completed(0),
    ever: held('rate-limited'),
  },
  { fault: 'status', value: { status: 429, retryAfter: 0 }, at: ['reserve'], ever: held('rate-limited') },
  // The account: everything of the destination stops at once, and nothing is tried.
  { fault: 'status', value: 401, at: api, ever: blocked('key-refused') },
  { fault: 'status', value: 402, at: api, ever: blocked('no-credit') },
  { fault: 'status', value: 403, at: api, ever: blocked('forbidden') },
  // The request.
  {
    fault: 'status',
    value: 400,
    at: api,
    once: completed(1),
    ever: failed('bad-request'),
    but: { 'pupload reserve': { once: blocked('flow-invalid'), ever: blocked('flow-invalid') } },
  },
  {
    fault: 'status',
    value: 404,
    at: ['reserve'],
    once: completed(1),
    ever: failed('bad-answer'),
    but: {
      // A missing and an inaccessible workspace look alike.
      'flora reserve': { once: blocked('forbidden'), ever: blocked('forbidden') },
      'pupload reserve': { once: blocked('flow-invalid'), ever: blocked('flow-invalid') },
    },
  },
  {
    fault: 'status',
    value: 404,
    at: ['complete', 'poll'],
    // It may be wrong for a moment: looked at again, nothing is sent again.
    once: completed(1),
    but: {
      // It insists that there is no such upload: it gets the file anew, each time with a note.
      'runflow complete': { ever: failed('not-arrived', { bodies: 9, says: /not-arrived/ }) },
      // It has the file when it is asked for it: nothing is sent again on such a word.
      'flora complete': { ever: failed('not-arrived', { says: /not-arrived.*\n.*has the file after all/ }) },
      // Told that it is complete already, and that it is not there: not sent again on such a word.
      'flora poll': { ever: failed('conflict') },
      'pupload poll': { ever: failed('bad-answer') },
    },
  },
  {
    fault: 'status',
    value: 409,
    at: api,
    once: completed(1),
    ever: failed('conflict'),
    // "Complete already" is believed for a moment, then told again; for ever it costs an hour of looks.
    but: { 'flora complete': { once: completed(0), ever: null } },
  },
  { fault: 'status', value: 413, at: ['reserve'], ever: blocked('too-large') },
  {
    fault: 'status',
    value: 422,
    at: ['reserve'],
    ever: blocked('rejected'),
    // The key was used with another body: another key.
    but: { 'flora reserve': { once: completed(0, { says: /a new key is used/ }) } },
  },
  // Somebody else answers, or nobody that can be understood.
  { fault: 'captivePortal', value: true, at: api, once: completed(1), ever: failed('bad-answer') },
  {
    fault: 'redirect',
    value: 'https://login.invalid/?X-Amz-Signature=abc',
    at: api,
    once: completed(1),
    ever: failed('bad-answer'),
  },
  {
    fault: 'malformedJson',
    value: true,
    at: api,
    once: completed(1),
    ever: failed('bad-answer'),
    but: {
      // Said once, done once: what cannot be read is looked at, and is there.
      'runflow complete': { ever: completed(1) },
      'flora complete': { ever: completed(1) },
      'flora reserve': { ever: failed('conflict') },
    },
  },
  {
    fault: 'hugeJson',
    value: 2_000_000,
    at: api,
    once: completed(1),
    ever: failed('bad-answer'),
    but: { 'runflow complete': { ever: completed(1) }, 'flora complete': { ever: completed(1) } },
  },
  // The line breaks: before anything was done, or after everything was.
  { fault: 'dropUnprocessed', value: true, at: api, once: completed(1), ever: failed('connection-broken') },
  {
    fault: 'dropAnswer',
    value: true,
    at: api,
    once: completed(1),
    ever: failed('connection-broken'),
    but: { 'runflow complete': { ever: completed(1) }, 'flora complete': { ever: completed(1) } },
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
