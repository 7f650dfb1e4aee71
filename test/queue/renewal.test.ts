import { describe, expect, it } from 'vitest';
import {
  cannotFit,
  endsBeforeTheTransfer,
  expiryMarginMs,
  mustRenewBeforeSending,
  renewalDelayMs,
  ttlOf,
} from '../../electron/queue/renewal.ts';
import { reservation } from './job-fixture.ts';

describe('renewal', () => {
  it.each([
    [0, 0],
    [-5000, 0],
    [2000, 400],
    [60_000, 12_000],
    [300_000, 60_000],
    [900_000, 60_000],
  ])('a TTL of %i ms has a margin of %i ms', (ttlMs, margin) => {
    expect(expiryMarginMs(ttlMs)).toBe(margin);
  });

  it.each([
    // The fixture is issued at 1,000 and ends at 61,000: its margin is 12,000.
    { now: 1000, isJustReceived: false, must: false },
    { now: 49_000, isJustReceived: false, must: false },
    { now: 49_001, isJustReceived: false, must: true },
    { now: 70_000, isJustReceived: false, must: true },
    { now: 70_000, isJustReceived: true, must: false },
  ])('at $now, just received: $isJustReceived → renew: $must', ({ now, isJustReceived, must }) => {
    expect(mustRenewBeforeSending(reservation, now, isJustReceived)).toBe(must);
  });

  it('tries a target whose end nobody knows', () => {
    const { expiresAt: _, ...endless } = reservation;
    expect(mustRenewBeforeSending(endless, Number.MAX_SAFE_INTEGER, false)).toBe(false);
    expect(ttlOf(endless)).toBeNull();
  });

  // 10 s of the fixture's minute are needed at this speed.
  const tenSeconds = { sizeBytes: 10_000, bytesPerSecond: 1000, checksAtEnd: true };
  it.each([
    { now: 51_000, more: {}, ends: false },
    { now: 51_001, more: {}, ends: true },
    { now: 51_001, more: { checksAtEnd: false }, ends: false },
    { now: 51_001, more: { bytesPerSecond: null }, ends: false },
    { now: 51_001, more: { bytesPerSecond: 0 }, ends: false },
    // What needs more than a fresh one has after it waited gains nothing by a fresh one.
    { now: 16_001, more: { sizeBytes: 45_000 }, ends: true },
    { now: 16_001, more: { sizeBytes: 45_001 }, ends: false },
  ])('at $now, a transfer with $more ends after its target: $ends', ({ now, more, ends }) => {
    const transfer = { ...tenSeconds, ...more };
    expect(endsBeforeTheTransfer(reservation, now, false, transfer)).toBe(ends);
    expect(endsBeforeTheTransfer(reservation, now, true, transfer)).toBe(false);
    const { expiresAt: _, ...endless } = reservation;
    expect(endsBeforeTheTransfer(endless, now, false, transfer)).toBe(false);
  });

  it('a service that says when its store looks is believed', () => {
    const known = { ...tenSeconds, checksAtEnd: false };
    expect(endsBeforeTheTransfer({ ...reservation, checksAt: 'end' }, 55_000, false, known)).toBe(true);
    expect(endsBeforeTheTransfer({ ...reservation, checksAt: 'start' }, 55_000, false, tenSeconds)).toBe(
      false,
    );
  });

  it('waits 0, 1, 5, 15 s between renewals, and no longer', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map(renewalDelayMs)).toEqual([0, 0, 1000, 5000, 15_000, 15_000, 15_000]);
  });

  it('says in numbers what cannot fit', () => {
    expect(cannotFit(500, 12.4, 2000)).toMatchObject({
      code: 'cannot-fit',
      facts: { sizeBytes: 500, bytesPerSecond: 12, ttlMs: 2000 },
    });
    expect(cannotFit(500, null, null).facts).toEqual({ sizeBytes: 500 });
  });
});
