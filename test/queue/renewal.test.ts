import { describe, expect, it } from 'vitest';
import {
  cannotFit,
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
