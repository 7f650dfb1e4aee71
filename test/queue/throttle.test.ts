import { describe, expect, it } from 'vitest';
import { failure } from '#shared/failure.ts';
import { holdMs } from '../../electron/queue/backoff.ts';
import { openHolds } from '../../electron/queue/holds.ts';
import { createManualClock } from '../support/transfer-clock.ts';

describe('a stated delay', () => {
  it.each([
    ['nothing stated', null, 1, null],
    ['a delay', 7000, 1, 7000],
    ['a delay, again', 7000, 5, 7000],
    ['at once', 0, 1, 0],
    ['at once, again and again', 0, 2, null],
    ['a date in the past', -5000, 1, 0],
    ['a day', 86_400_000, 1, 3_600_000],
  ])('of %s', (_name, statedMs, inRow, expected) => {
    expect(holdMs(statedMs, inRow)).toBe(expected);
  });
});

describe('refusals in a row', () => {
  const rateLimited = failure('rate-limited');
  const open = async () => {
    const clock = createManualClock();
    const journal = { holds: async () => [], setHold: async () => undefined };
    const holds = await openHolds({
      // Nothing else of it is used.
      journal: journal as never,
      clock,
      random: () => 0,
      onChange: () => undefined,
      onFailure: (error) => {
        throw error;
      },
    });
    /** Refused while bytes were sent: for how long the destination is held now. */
    const refuse = (leastDelayMs: number | null = null) => {
      holds.hear('d', {
        kind: 'throttled',
        retryAfterMs: null,
        leastDelayMs,
        failure: rateLimited,
        during: 'uploading',
      });
      const heldMs = (holds.holdOf('d')?.until ?? 0) - clock.now();
      clock.advance(heldMs);
      return heldMs;
    };
    return { holds, refuse };
  };

  it('are waited for longer and longer, whatever else goes well in between', async () => {
    const { holds, refuse } = await open();
    const waits = [];
    for (let round = 0; round < 7; round += 1) {
      waits.push(refuse());
      holds.hear('d', { kind: 'fine', during: 'reserving' });
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 32_000]);
  });

  it('begin anew when the same has gone well', async () => {
    const { holds, refuse } = await open();
    expect([refuse(), refuse()]).toEqual([1000, 2000]);
    holds.hear('d', { kind: 'fine', during: 'uploading' });
    expect(refuse()).toBe(1000);
  });

  it('never come sooner than the documents of a service ask for', async () => {
    const { refuse } = await open();
    expect([refuse(5000), refuse(5000), refuse(5000), refuse(5000), refuse(5000)]).toEqual([
      5000, 5000, 5000, 8000, 16_000,
    ]);
  });
});
