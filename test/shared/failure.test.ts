import { describe, expect, test } from 'vitest';
import {
  consequenceOf,
  explainFailure,
  type FailureFacts,
  failure,
  failureCodes,
  formatBytes,
  formatDuration,
} from '#shared/failure.ts';

const facts: Required<FailureFacts> = {
  limitBytes: 52_428_800,
  sizeBytes: 64_172_851,
  ttlMs: 900_000,
  bytesPerSecond: 40_000,
  skewMs: 7_200_000,
  untilAt: 1,
  type: 'image/x-canon-cr2',
  host: 'store.example:9000',
  status: 503,
  requestId: 'r-1',
  edge: 'mask',
  path: '/photos/a.jpg',
  linkTarget: '/photos/b.jpg',
  triesMade: 8,
};

/** Each fact alone, all together, none. */
const factSets: readonly FailureFacts[] = [
  {},
  facts,
  ...Object.entries(facts).map(([name, value]) => ({ [name]: value })),
];

describe.each(failureCodes)('%s', (code) => {
  test('explains itself in whole sentences, whatever facts there are', () => {
    for (const some of factSets) {
      const { reason, hint } = explainFailure(failure(code, 'detail', some));
      for (const text of [reason, hint]) {
        expect(text, JSON.stringify(some)).toMatch(/^(\p{Lu}|store\.example|[0-9]).*\.$/su);
        expect(text).not.toMatch(/undefined|null|NaN|\[object|\s{2}|\s[.,]/);
      }
    }
  });

  test('survives JSON and structured clone', () => {
    const made = failure(code, 'detail', facts);
    expect(JSON.parse(JSON.stringify(made))).toEqual(made);
    expect(structuredClone(made)).toEqual(made);
  });
});

test.each([{}, facts])('no two codes give the same reason (%#)', (some) => {
  const reasons = failureCodes.map((code) => explainFailure(failure(code, '', some)).reason);
  expect(reasons.filter((reason, index) => reasons.indexOf(reason) !== index)).toEqual([]);
});

test('what a person cannot change goes on by itself; what only they can change waits for them', () => {
  for (const code of failureCodes) {
    const { hint } = explainFailure(failure(code));
    const goesOn = ['retry', 'hold'].includes(consequenceOf(code));
    if (/by itself/.test(hint)) expect(goesOn, code).toBe(true);
    if (/of this destination/.test(hint)) expect(consequenceOf(code), code).toBe('block-destination');
  }
});

test('no hint names what only a window, or only the command line, has', () => {
  for (const code of failureCodes) {
    for (const some of [{}, { triesMade: 8 }]) {
      const { hint } = explainFailure(failure(code, '', some));
      expect(hint, code).not.toMatch(/\bhoist [a-z]|--[a-z]|unblock|from the list|button|click/);
    }
  }
});

test.each([
  [
    'too-large',
    { limitBytes: 52_428_800, sizeBytes: 64_172_851 },
    'Limit 52.4 MB, file 64.2 MB. Send it to another destination.',
  ],
  ['clock-off', { skewMs: 7_200_000 }, 'It is 2 h behind. Set it, then retry.'],
  ['clock-off', { skewMs: -180_000 }, 'It is 3 min ahead. Set it, then retry.'],
  [
    'cannot-fit',
    { sizeBytes: 1_073_741_824, bytesPerSecond: 40_960, ttlMs: 900_000 },
    '1.1 GB at 41.0 kB/s does not fit into 15 min. Use a faster line or a smaller file, then retry.',
  ],
] as const)('%s says its numbers', (code, some, hint) => {
  expect(explainFailure(failure(code, '', some)).hint).toBe(hint);
});

test('a sentence that begins with a host keeps its spelling', () => {
  const say = (some: FailureFacts) => explainFailure(failure('unreachable', '', some)).reason;
  expect(say({ host: 'api.runflow.io' })).toBe('api.runflow.io cannot be reached.');
  expect(say({})).toBe('The service cannot be reached.');
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [52_428_800, '52.4 MB'],
  [262_000_000, '262 MB'],
  [1024 ** 3, '1.1 GB'],
  [5 * 1000 ** 4, '5.0 TB'],
])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

test.each([
  [0, '0 s'],
  [-42_000, '42 s'],
  [119_400, '119 s'],
  [119_600, '2 min'],
  [7_199_000, '120 min'],
  [7_200_000, '2 h'],
])('%i ms are %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
