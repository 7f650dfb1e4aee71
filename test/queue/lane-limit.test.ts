import { describe, expect, it } from 'vitest';
import {
  afterArrival,
  afterThrottle,
  firstLaneLimit,
  type LaneLimit,
} from '../../electron/queue/lane-limit.ts';

/** One window: as many files of this size as there are lanes, over so many ms. */
function window(limit: LaneLimit, sizeBytes: number, ms: number, ceiling = 16): LaneLimit {
  const end = limit.windowStartedAt + ms;
  let next = limit;
  for (let file = 0; file < limit.lanes; file += 1) next = afterArrival(next, sizeBytes, ceiling, end);
  return next;
}

describe('the lane limit', () => {
  it('begins with 4, or with the ceiling', () => {
    expect(firstLaneLimit(16, 0).lanes).toBe(4);
    expect(firstLaneLimit(2, 0).lanes).toBe(2);
  });

  it('doubles while goodput rises, up to the ceiling', () => {
    let limit = firstLaneLimit(13, 0);
    const seen = [limit.lanes];
    for (let round = 1; round <= 4; round += 1) {
      limit = window(limit, 1000 * 2 ** round, 500, 13);
      seen.push(limit.lanes);
    }
    expect(seen).toEqual([4, 8, 13, 13, 13]);
  });

  it.each([
    ['it brought no more once', (limit: LaneLimit) => window(limit, 1, 500)],
    ['a throttle', (limit: LaneLimit) => afterThrottle(limit, limit.windowStartedAt)],
  ])('grows by one after %s', (_, meet) => {
    let limit = meet(window(firstLaneLimit(16, 0), 1000, 500));
    const before = limit.lanes;
    for (let round = 1; round <= 2; round += 1) limit = window(limit, 1000 * 100 ** round, 500);
    expect(limit.lanes).toBe(before + 2);
  });

  it('stays where more lanes bring no more', () => {
    let limit = firstLaneLimit(16, 0);
    for (let round = 0; round < 20; round += 1) {
      // The line gives the same whatever the lanes.
      limit = window(limit, 8_000_000 / limit.lanes, 1000);
    }
    expect(limit.lanes).toBe(8);
  });

  it('judges no window shorter than half a second', () => {
    const limit = { ...firstLaneLimit(16, 0), isFirstRise: false };
    expect(window(limit, 1000, 499).lanes).toBe(4);
    expect(window(limit, 1000, 500).lanes).toBe(5);
  });

  it('judges sooner until it has met a limit', () => {
    expect(window(firstLaneLimit(16, 0), 1000, 149).lanes).toBe(4);
    expect(window(firstLaneLimit(16, 0), 1000, 150).lanes).toBe(8);
  });

  it('follows a ceiling that was lowered', () => {
    expect(afterArrival(firstLaneLimit(16, 0), 1, 2, 10).lanes).toBe(2);
  });

  it.each([
    [16, 8],
    [5, 2],
    [2, 1],
    [1, 1],
  ])('a throttle makes %i lanes %i', (before, after) => {
    expect(afterThrottle({ ...firstLaneLimit(16, 0), lanes: before }, 5)).toMatchObject({
      lanes: after,
      windowStartedAt: 5,
      lastGoodput: null,
    });
  });
});
