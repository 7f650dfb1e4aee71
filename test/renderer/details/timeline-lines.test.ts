import { describe, expect, test } from 'vitest';
import { failure } from '#shared/failure.ts';
import type { TimelineEntry, TimelineKind } from '#shared/job.ts';
import { fold } from '../../../renderer/uploads/details/fold.ts';
import { pastLines, took } from '../../../renderer/uploads/details/timeline-lines.ts';
import { dateAndTime, timeToTheSecond } from '../../../renderer/words/times.ts';

const start = new Date(2026, 2, 4, 12, 31, 4).getTime();
const job = { name: 'a.png', bytesTotal: 1_000_000, addedAt: start };
const entry = (kind: TimelineKind, more: Partial<TimelineEntry> = {}): TimelineEntry => ({
  at: start,
  kind,
  attempt: 0,
  ...more,
});
const said = (timeline: readonly TimelineEntry[]) =>
  pastLines(timeline, job).map(({ mark, title, details, aside }) => [mark, title, aside, ...details]);

const time = timeToTheSecond(start);
const broken = failure('connection-broken', 'api.example: ECONNRESET', { host: 'api.example' });

describe('a line for every entry', () => {
  test.each<[string, TimelineEntry, readonly (string | null)[]]>([
    ['a file given by hand', entry('queued'), ['done', 'Added', time]],
    ['a watched file', entry('settled'), ['done', 'Found and fully written', time]],
    [
      'a reservation',
      entry('reserved', { durationMs: 300, status: 201 }),
      ['done', 'Reserved', '0.3\u00a0s · HTTP 201'],
    ],
    [
      'a reservation anew that no expiry led to',
      entry('renewed', { durationMs: 40, status: 200 }),
      ['done', 'Reserved anew', '40 ms · HTTP 200'],
    ],
    [
      'bytes',
      entry('sent', { durationMs: 1700, status: 200, bytes: 1_000_000 }),
      ['done', 'Sent 1.0\u00a0MB', '1.7\u00a0s · HTTP 200'],
    ],
    [
      'a confirmation',
      entry('confirmed', { durationMs: 12, status: 201 }),
      ['done', 'Confirmed and ready', '12 ms · HTTP 201'],
    ],
    ['a confirmation without a request', entry('confirmed', { durationMs: 2 }), ['done', 'Ready', '2 ms']],
    [
      'an end in doubt',
      entry('doubted', { attempt: 1, durationMs: 9, bytes: 1_000_000 }),
      ['warn', 'Sent, but no answer came', '9 ms', 'Hoist asks the service before it sends anything again.'],
    ],
    [
      'a failed try',
      entry('waiting', { attempt: 2, durationMs: 9, failure: broken }),
      ['bad', 'Try 2 failed', '9 ms', 'The connection to api.example broke.'],
    ],
    [
      'a failed try with a status',
      entry('waiting', {
        attempt: 1,
        status: 503,
        durationMs: 9,
        failure: failure('server-error', '', { status: 503 }),
      }),
      ['bad', 'Try 1 failed', '9 ms · HTTP 503', 'The service has a problem of its own (HTTP 503).'],
    ],
    [
      'a pause that the service asked for',
      entry('waiting', { status: 429, failure: failure('rate-limited') }),
      ['warn', 'Stopped for a while', 'HTTP 429', 'The service asks Hoist to slow down.'],
    ],
    [
      'a network that is gone',
      entry('held', { failure: failure('unreachable', '', { host: 'api.example' }) }),
      ['warn', 'Stopped for a while', time, 'api.example cannot be reached.'],
    ],
    ['a wait for nothing bad', entry('waiting'), ['note', 'Waited', time]],
    [
      'what needs the person',
      entry('blocked', { status: 401, durationMs: 50, failure: failure('key-refused') }),
      ['warn', 'Needs you', '50 ms · HTTP 401', 'The key was refused.'],
    ],
    [
      'what needs the person though the service answered well',
      entry('blocked', { status: 200, durationMs: 50, failure: failure('too-large') }),
      ['warn', 'Needs you', time, 'The file is too large for this service.'],
    ],
    [
      'the end of all tries',
      entry('failed', { attempt: 8, failure: failure('timeout', '', { triesMade: 8, host: 'api.example' }) }),
      ['bad', 'Gave up after 8 tries', time, 'No answer from api.example in time.'],
    ],
    [
      'an end at once',
      entry('failed', { failure: failure('flow-run-failed', 'publish: no gpu') }),
      ['bad', 'Failed', time, 'The flow run ended with an error.'],
    ],
    [
      'a file that changed',
      entry('changed', { failure: failure('file-changed') }),
      ['warn', 'The file changed', time, 'The file changed while it was being sent.'],
    ],
    ['a click', entry('paused'), ['note', 'Paused', time]],
    ['a restart', entry('recovered'), ['note', 'Found again after Hoist had ended', time]],
    [
      'a note alone',
      entry('noted', { note: 'The same content is there.' }),
      ['note', 'The same content is there.', time],
    ],
  ])('%s', (_, given, expected) => {
    expect(said([given])).toEqual([expected]);
  });
});

describe('links that ran out', () => {
  const expired = entry('expired', { status: 403, bytes: 310_000, durationMs: 900 });

  test('one line with its renewal, amber, and no failed try', () => {
    expect(said([expired, entry('renewed', { status: 200, durationMs: 20 })])).toEqual([
      [
        'warn',
        'Link expired, renewed',
        '403 → 200',
        '31 % sent when it expired. Not counted as a failed try.',
      ],
    ]);
  });

  test('seen before anything was sent: the note says why', () => {
    const note = 'The upload link would run out before the end of the transfer.';
    const timeline = [
      entry('noted', { note }),
      entry('expired', { bytes: 0 }),
      entry('renewed', { status: 201, durationMs: 20 }),
    ];
    expect(said(timeline)).toEqual([
      ['warn', 'Link expired, renewed', '20 ms · HTTP 201', note, 'Not counted as a failed try.'],
    ]);
  });

  test('not renewed yet', () => {
    expect(said([expired])).toEqual([
      [
        'warn',
        'Link expired',
        '0.9\u00a0s · HTTP 403',
        '31 % sent when it expired. Not counted as a failed try.',
      ],
    ]);
  });

  test('not renewed, but stopped in between: both are told', () => {
    expect(said([expired, entry('paused'), entry('renewed')]).map(([, title]) => title)).toEqual([
      'Link expired',
      'Paused',
      'Reserved anew',
    ]);
  });

  test('each of many is its own line, and none is red', () => {
    const timeline = Array.from({ length: 50 }, () => [expired, entry('renewed', { status: 200 })]).flat();
    const lines = pastLines(timeline, job);
    expect(lines.map(({ mark }) => mark)).toEqual(Array.from({ length: 50 }, () => 'warn'));
    expect(new Set(lines.map(({ key }) => key)).size).toBe(50);
  });
});

describe('what belongs together', () => {
  test('notes stand below the step of their moment', () => {
    const timeline = [
      entry('noted', { note: 'An earlier reservation stays unused.' }),
      entry('reserved', { status: 201, durationMs: 120 }),
    ];
    expect(said(timeline)).toEqual([
      ['done', 'Reserved', '0.1\u00a0s · HTTP 201', 'An earlier reservation stays unused.'],
    ]);
  });

  test('notes of another moment stand alone', () => {
    const timeline = [entry('noted', { note: 'One.' }), entry('paused', { at: start + 5 })];
    expect(said(timeline).map(([, title]) => title)).toEqual(['One.', 'Paused']);
  });

  test('Ready says how long the service took', () => {
    const timeline = [
      entry('processing', { at: start, status: 200, durationMs: 5 }),
      entry('ready', { at: start + 4200, status: 200, durationMs: 4 }),
    ];
    expect(said(timeline)).toEqual([
      ['done', 'Confirmed', '5 ms · HTTP 200'],
      ['done', 'Ready', '4.2\u00a0s'],
    ]);
  });
});

describe('for those who ask', () => {
  test('the time, the host, the request and the words of the other side', () => {
    const [line] = pastLines(
      [entry('waiting', { host: 'api.example', requestId: 'req_1', failure: broken })],
      job,
    );
    expect(line?.technical).toBe(`${time} · api.example · request req_1 · api.example: ECONNRESET`);
  });

  test('the day where it is another one', () => {
    const at = start + 3 * 86_400_000;
    const [line] = pastLines([entry('reserved', { at, host: 'api.example' })], job);
    expect(line?.technical).toBe(`${dateAndTime(at)} · api.example`);
  });
});

test.each([
  [0, '0 ms'],
  [34, '34 ms'],
  [100, '0.1\u00a0s'],
  [9949, '9.9\u00a0s'],
  [9950, '10\u00a0s'],
  [59_400, '59\u00a0s'],
  [59_600, '1\u00a0min'],
  [64_000, '1\u00a0min\u00a04\u00a0s'],
  [599_000, '9\u00a0min\u00a059\u00a0s'],
  [599_600, '10\u00a0min'],
  [600_000, '10\u00a0min'],
])('%i ms took %s', (ms, expected) => {
  expect(took(ms)).toBe(expected);
});

describe('folding', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, index) => index);

  test.each([
    [12, false, 12, 0, 0],
    [13, false, 3, 4, 6],
    [214, false, 3, 205, 6],
    [214, true, 214, 0, 0],
  ])('%i lines, open %s', (count, isOpen, head, hidden, tail) => {
    const folded = fold(lines(count), isOpen);
    expect([folded.head.length, folded.hidden, folded.tail.length]).toEqual([head, hidden, tail]);
  });

  test('nothing is lost but the middle', () => {
    const { head, tail } = fold(lines(20), false);
    expect([...head, ...tail]).toEqual([0, 1, 2, 14, 15, 16, 17, 18, 19]);
  });
});
