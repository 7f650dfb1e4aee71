import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRequestId, parseRetryAfter, parseSkew } from '../../electron/transfer/answer-headers.ts';

const now = Date.UTC(2026, 0, 1);
const hour = 3_600_000;

describe('parseRetryAfter', () => {
  test.each([
    [{}, null],
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': ' 3 ' }, 3000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': '-5' }, 0],
    [{ 'retry-after': '7200' }, hour],
    [{ 'retry-after': '9'.repeat(400) }, hour],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '' }, null],
    [{ 'retry-after': '1e3' }, null],
    [{ 'retry-after': 'Infinity' }, null],
    [{ 'retry-after': 'in 3' }, null],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT' }, 10_000],
    [{ 'retry-after': 'Thu Jan  1 00:00:10 2026' }, 10_000],
    [{ 'retry-after': 'Thursday, 01-Jan-26 00:00:10 GMT' }, 10_000],
    [{ 'retry-after': 'Thu, 01 Jan 2020 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'Thu, 01 Jan 2099 00:00:00 GMT' }, hour],
    [{ 'retry-after': 'Thu, 99 Jan 2026 00:00:00 GMT' }, null],
    // By the server's own clock, which is ten minutes ahead.
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:10:20 GMT', date: 'Thu, 01 Jan 2026 00:10:00 GMT' }, 20_000],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after-ms': 'junk', 'retry-after': '9' }, 9000],
  ])('%j', (headers, expected) => {
    expect(parseRetryAfter(headers as Record<string, string>, now)).toBe(expected);
  });

  test('is null or within an hour for any text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, ms) => {
        const parsed = parseRetryAfter({ 'retry-after': text, 'retry-after-ms': ms }, now);
        return parsed === null || (Number.isInteger(parsed) && parsed >= 0 && parsed <= hour);
      }),
    );
  });
});

test('the skew is the server minus us', () => {
  expect(parseSkew({ date: 'Thu, 01 Jan 2026 02:00:00 GMT' }, now)).toBe(2 * hour);
  expect(parseSkew({ date: 'yesterday' }, now)).toBeNull();
  expect(parseSkew({}, now)).toBeNull();
});

test('the request id is the first plain one', () => {
  expect(parseRequestId({ 'x-amz-request-id': 'c', 'x-request-id': 'b', 'request-id': 'a' })).toBe('a');
  expect(parseRequestId({ 'request-id': 'a b', 'x-request-id': 'b' })).toBe('b');
  expect(parseRequestId({ 'request-id': 'x'.repeat(200) })).toBeNull();
});
