import { describe, expect, it } from 'vitest';
import type { StoredState } from '#ports/stored-job.ts';
import { failure } from '#shared/failure.ts';
import type { JobEvent } from '../../electron/queue/events.ts';
import { entriesOf, type RunRecord } from '../../electron/queue/timeline.ts';
import { transition } from '../../electron/queue/transition.ts';
import { asset, jobIn, reservation } from './job-fixture.ts';

const trouble = failure('server-error', 'HTTP 500');
const uploading: StoredState = { name: 'uploading', reservation };
const completing: StoredState = { name: 'completing', reservation };

function say(state: StoredState, event: JobEvent, record: RunRecord | null = null, attempts = 0) {
  const before = jobIn(state, { attempts });
  return entriesOf(before, transition(before, event, { maxAttempts: 8 }), event, 77, record);
}
const kinds = (state: StoredState, event: JobEvent) => say(state, event).map(({ kind }) => kind);

describe('the timeline', () => {
  it.each<[string, StoredState, JobEvent, readonly string[]]>([
    ['a start', { name: 'queued', step: 'upload', reservation }, { type: 'started', freshKey: 'k' }, []],
    [
      'a first target',
      { name: 'reserving', reservation: null },
      { type: 'reserved', reservation, isAhead: false },
      ['reserved'],
    ],
    [
      'a later target',
      { name: 'reserving', reservation },
      { type: 'reserved', reservation, isAhead: false },
      ['renewed'],
    ],
    ['bytes', uploading, { type: 'uploaded', sha256: 'f' }, ['sent']],
    ['doubt', uploading, { type: 'doubted', hasProgressed: false }, ['doubted']],
    ['a look', { name: 'inspecting', reservation }, { type: 'inspected', found: 'arrived' }, ['inspected']],
    [
      'a look for bytes that never come',
      { name: 'inspecting', reservation },
      { type: 'inspected', found: 'missing', reservation: undefined, until: 9, failure: trouble },
      ['waiting'],
    ],
    ['a first pending', completing, { type: 'pended', pollAt: 9, reservation: null }, ['processing']],
    [
      'a later pending',
      { name: 'processing', reservation, pollAt: 1, pollCount: 1 },
      { type: 'pended', pollAt: 9, reservation: null },
      [],
    ],
    ['a confirmation', completing, { type: 'confirmed', asset }, ['confirmed']],
    [
      'readiness',
      { name: 'processing', reservation, pollAt: 1, pollCount: 1 },
      { type: 'confirmed', asset },
      ['ready'],
    ],
    [
      'expiry',
      uploading,
      { type: 'expired', wasTried: true, until: 0, now: 0, failure: trouble },
      ['expired'],
    ],
    [
      'a failure',
      uploading,
      { type: 'failed', failure: trouble, until: 9, hasProgressed: false, resume: 'same' },
      ['waiting'],
    ],
    ['a refusal', uploading, { type: 'refused', failure: trouble, resume: 'same' }, ['blocked']],
    ['an end', uploading, { type: 'ended', failure: trouble, resume: 'anew' }, ['failed']],
    ['a torn file', uploading, { type: 'torn', file: jobIn(uploading).file, until: 9 }, ['changed']],
    ['a cancellation', uploading, { type: 'canceled', resume: 'same' }, ['canceled']],
    ['a promotion', uploading, { type: 'promoted', rank: -1 }, []],
  ])('%s', (_name, state, event, expected) => {
    expect(kinds(state, event)).toEqual(expected);
  });

  it('the last attempt is told as failed, the sixth expiry as blocked with its numbers', () => {
    const failed = {
      type: 'failed',
      failure: trouble,
      until: 9,
      hasProgressed: false,
      resume: 'same',
    } as const;
    expect(say(uploading, failed, null, 7)).toMatchObject([{ kind: 'failed', attempt: 8, failure: trouble }]);
    const before = jobIn(uploading, { renewalsInRow: 5 });
    const expired = {
      type: 'expired',
      wasTried: true,
      until: 0,
      now: 0,
      failure: failure('cannot-fit'),
    } as const;
    const after = transition(before, expired, { maxAttempts: 8 });
    expect(entriesOf(before, after, expired, 77, null)).toMatchObject([
      { kind: 'blocked', failure: { code: 'cannot-fit' } },
    ]);
  });

  it('carries what the run saw: the last exchange, bytes, duration, and its notes first', () => {
    const record: RunRecord = {
      exchanges: [
        { method: 'POST', host: 'api.example', status: 500, durationMs: 1, requestId: 'a' },
        { method: 'PUT', host: 'store.example', status: 200, durationMs: 2, requestId: 'b' },
      ],
      notes: ['One thing.'],
      durationMs: 12.6,
      bytesSent: 10,
    };
    expect(say(uploading, { type: 'uploaded', sha256: 'f' }, record)).toEqual([
      { at: 77, kind: 'noted', attempt: 0, note: 'One thing.' },
      {
        at: 77,
        kind: 'sent',
        attempt: 0,
        durationMs: 13,
        host: 'store.example',
        status: 200,
        requestId: 'b',
        bytes: 10,
      },
    ]);
  });
});
