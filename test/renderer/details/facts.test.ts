import { describe, expect, test } from 'vitest';
import { consequenceOf, type FailureCode, failure, failureCodes } from '#shared/failure.ts';
import type { JobState } from '#shared/job.ts';
import { chartPaths } from '../../../renderer/uploads/details/chart-paths.ts';
import {
  canBeOpened,
  copiedKind,
  hasRunOut,
  inGroups,
  tryNumber,
} from '../../../renderer/uploads/details/link-facts.ts';
import { actionsOf, isOfTheService } from '../../../renderer/uploads/details/trouble-actions.ts';

const blocked = (code: FailureCode): JobState => ({
  name: 'blocked',
  step: 'reserve',
  failure: failure(code),
});

describe('what can be done', () => {
  test.each<[string, JobState, readonly string[]]>([
    ['failed', { name: 'failed', failure: failure('timeout') }, ['retry']],
    ['canceled', { name: 'canceled' }, ['retry']],
    ['paused', { name: 'paused', step: 'upload' }, ['resume']],
    ['no key', blocked('key-missing'), ['update-key', 'unblock']],
    ['a refused key', blocked('key-refused'), ['update-key', 'unblock']],
    ['no credit', blocked('no-credit'), ['unblock', 'edit-destination']],
    ['a certificate', blocked('certificate'), ['unblock', 'edit-destination']],
    ['a missing file', blocked('file-missing'), ['find-file', 'retry', 'cancel']],
    ['an empty file', blocked('empty-file'), ['retry', 'cancel']],
    ['a missing destination', blocked('destination-missing'), ['add-destination', 'cancel']],
    ['a large file', blocked('too-large'), ['retry']],
    ['a strange address', blocked('target-refused'), ['retry', 'edit-destination']],
    ['one that runs', { name: 'uploading' }, []],
    ['one that waits', { name: 'waiting', step: 'upload', until: 0, failure: failure('timeout') }, []],
  ])('%s', (_, state, expected) => {
    expect(actionsOf(state, false)).toEqual(expected);
  });

  test('a file that another destination takes is led there, and not tried again here', () => {
    expect(actionsOf(blocked('too-large'), true)).toEqual(['send-to']);
    expect(actionsOf(blocked('too-large'), false)).toEqual(['retry']);
    expect(actionsOf(blocked('empty-file'), true)).toEqual(['send-to', 'cancel']);
    expect(actionsOf({ name: 'failed', failure: failure('type-refused') }, true)).toEqual(['send-to']);
    expect(actionsOf(blocked('no-credit'), true)).toEqual(['unblock', 'edit-destination']);
  });

  test('whatever blocks has a way out, and a whole destination is never retried one by one', () => {
    for (const code of failureCodes) {
      const actions = actionsOf(blocked(code), false);
      expect(actions.length, code).toBeGreaterThan(0);
      if (consequenceOf(code) === 'block-destination') expect(actions, code).toContain('unblock');
    }
  });
});

test.each([
  [failure('server-error', 'busy', { status: 503 }), true],
  [failure('flow-run-failed', 'no gpu'), true],
  [failure('connection-broken', 'ECONNRESET'), false],
  [failure('read-failed', 'EIO'), false],
])('whose words: %j', (of, expected) => {
  expect(isOfTheService(of)).toBe(expected);
});

describe('links', () => {
  test.each([
    ['https://a/b', false, true],
    ['HTTP://a/b', false, true],
    ['runflow://assets/1', true, true],
    ['runflow://assets/1', false, false],
    ['inputs/1/a.png', false, false],
    ['javascript:alert(1)', false, false],
    ['file:///etc/passwd', false, false],
  ])('%s, signed anew %s: opens %s', (link, hasFreshUrl, expected) => {
    expect(canBeOpened({ link, hasFreshUrl })).toBe(expected);
  });

  test('a copy gives the signed URL where there is one', () => {
    expect(copiedKind({ linkKind: 'reference', hasFreshUrl: true })).toBe('url');
    expect(copiedKind({ linkKind: 'key', hasFreshUrl: false })).toBe('key');
  });

  test.each([
    [null, false],
    [1000, true],
    [1001, false],
  ])('a link that ends at %s has run out at 1000: %s', (linkExpiresAt, expected) => {
    expect(hasRunOut({ linkExpiresAt }, 1000)).toBe(expected);
  });
});

test.each([
  ['', []],
  ['7e1f', ['7e1f']],
  ['7e1f0c9a44', ['7e1f', '0c9a', '44']],
])('%s in groups', (text, expected) => {
  expect(inGroups(text)).toEqual(expected);
});

test.each([
  ['the first, before anything failed', 0, 8, false, 1],
  ['the next after two failed', 2, 8, false, 3],
  ['the last', 7, 8, false, 8],
  ['all were made', 8, 8, true, 8],
  ['it failed at once', 0, 8, true, 1],
  ['the limit was lowered since', 5, 3, false, 5],
])('%s', (_, attempts, most, hasFailed, expected) => {
  expect(tryNumber(attempts, most, hasFailed)).toBe(expected);
});

describe('the chart', () => {
  const size = { width: 100, height: 20, mostSamples: 5 };

  test('needs three samples', () => {
    expect(chartPaths([1, 2], size)).toBeNull();
  });

  test('goes over the whole width, from nothing to the highest', () => {
    expect(chartPaths([0, 5, 10], size)).toEqual({
      line: 'M0 20L50 11L100 2',
      area: 'M0 20L50 11L100 2L100 20L0 20Z',
      lowest: 0,
      highest: 10,
    });
  });

  test('standstill is a line at the bottom', () => {
    expect(chartPaths([0, 0, 0], size)?.line).toBe('M0 20L50 20L100 20');
  });
});
