import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UploadTarget } from '#ports/reservation.ts';
import { expiryOf } from '../../electron/providers/expiry.ts';
import { parseTimestamp } from '../../electron/providers/timestamps.ts';

const put = (query: string): UploadTarget => ({
  method: 'PUT',
  url: `https://s3.example/k${query}`,
  headers: {},
});
const signed = put('?X-Amz-Date=20260421T202927Z&X-Amz-Expires=3600&X-Amz-Signature=ab');
const signedEnd = Date.UTC(2026, 3, 21, 21, 29, 27);
const form = (...fields: [string, string][]): UploadTarget => ({
  method: 'POST',
  url: 'https://upload.example/files',
  fields,
  fileField: 'file',
});

describe('parseTimestamp', () => {
  it.each([
    ['2026-04-21T14:29:27.123456789-07:00', Date.UTC(2026, 3, 21, 21, 29, 27, 123)],
    ['2026-04-21T14:29:27.9-07:00', Date.UTC(2026, 3, 21, 21, 29, 27, 900)],
    ['2026-07-01T12:00:00Z', Date.UTC(2026, 6, 1, 12)],
    ['2026-07-01T12:00:00', Date.UTC(2026, 6, 1, 12)],
    ['2026-07-01 12:00:00+0530', Date.UTC(2026, 6, 1, 6, 30)],
    [1_782_900_000, 1_782_900_000_000],
    [1_782_900_000_000, 1_782_900_000_000],
    ['1782900000', 1_782_900_000_000],
    ['0001-01-01T00:00:00Z', null],
    ['2026-13-01T00:00:00Z', null],
    ['tomorrow', null],
    ['', null],
    [0, null],
    [null, null],
    [{}, null],
  ])('reads %s', (value, expected) => {
    expect(parseTimestamp(value)).toBe(expected);
  });

  it('reads back every instant that can be written, whatever the offset', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1980, 0), max: Date.UTC(2200, 0) }),
        fc.integer({ min: -14 * 60, max: 14 * 60 }),
        fc.integer({ min: 0, max: 999_999 }),
        (at, offset, nanos) => {
          const local = new Date(at + offset * 60_000).toISOString().slice(0, -1);
          const two = (value: number) => String(value).padStart(2, '0');
          const minutes = Math.abs(offset);
          const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
          expect(parseTimestamp(`${local}${String(nanos).padStart(6, '0')}${zone}`)).toBe(at);
        },
      ),
    );
  });
});

describe('expiryOf', () => {
  it.each<[string, unknown, UploadTarget, number | null, number | undefined]>([
    ['takes the field first', '2026-04-21T20:30:00Z', signed, null, Date.UTC(2026, 3, 21, 20, 30)],
    ['takes the URL where there is no field', undefined, signed, null, signedEnd],
    ['takes the URL where the field is junk', 'soon', signed, null, signedEnd],
    ['takes the URL where the field is the zero time', '0001-01-01T00:00:00Z', signed, null, signedEnd],
    [
      'reads lower-case parameters',
      null,
      put('?x-amz-date=20260421T202927Z&x-amz-expires=3600'),
      0,
      signedEnd,
    ],
    ['needs both parameters', null, put('?X-Amz-Date=20260421T202927Z'), null, undefined],
    ['needs a date that is one', null, put('?X-Amz-Date=today&X-Amz-Expires=3600'), null, undefined],
    ['needs a number of seconds', null, put('?X-Amz-Date=20260421T202927Z&X-Amz-Expires=1h'), 0, undefined],
    ['takes the form field', null, form(['token', 't'], ['expire', '1782900000']), 0, 1_782_900_000_000],
    ['knows nothing where nothing is said', undefined, form(['key', 'k']), null, undefined],
    ['knows nothing of a plain URL', undefined, put(''), 5000, undefined],
    ['corrects by a server that is ahead', undefined, signed, 120_000, signedEnd - 120_000],
    ['corrects by a server that is behind', undefined, signed, -7_200_000, signedEnd + 7_200_000],
    ['leaves what may be the whole seconds of Date', undefined, signed, -1400, signedEnd],
  ])('%s', (_name, stated, target, skewMs, expected) => {
    expect(expiryOf({ stated, target, skewMs })).toBe(expected);
  });
});
