import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterAnswer,
  afterHold,
  afterRefusal,
  afterRequest,
  freePace,
  isPaceEnough,
  type Pace,
  rateOf,
  waitMs,
} from '../../electron/queue/pace.ts';

/** What can happen to a pace: `after` ms later, to a request that left `ago` ms before. */
const happening = fc.record({
  after: fc.integer({ min: 0, max: 4000 }),
  kind: fc.constantFrom('request', 'answer', 'refusal', 'hold'),
  what: fc.constantFrom('reserving', 'uploading'),
  ago: fc.integer({ min: 0, max: 3000 }),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

interface At {
  readonly pace: Pace;
  readonly now: number;
}

function live({ pace, now: before }: At, { after, kind, what, ago }: Happening): At {
  const now = before + after;
  const asked = { at: now - ago, what };
  switch (kind) {
    case 'request':
      return { now, pace: waitMs(pace, now) === 0 ? afterRequest(pace, now) : pace };
    case 'answer':
      return { now, pace: afterAnswer(pace, asked, now) };
    case 'refusal':
      return { now, pace: afterRefusal(pace, asked, now) };
    default:
      return { now, pace: afterHold(pace, ago, now) };
  }
}

const start: At = { pace: freePace, now: 1_000_000 };
const anyLife = fc
  .array(happening, { maxLength: 60 })
  .map((happenings) => happenings.reduce((at, one) => live(at, one), start));

describe('a pace', () => {
  it('is none before the first refusal, whatever goes on', () => {
    fc.assert(
      fc.property(fc.array(happening.filter(({ kind }) => kind !== 'refusal')), (happenings) => {
        const { pace, now } = happenings.reduce((at, one) => live(at, one), start);
        expect([rateOf(pace, now), waitMs(pace, now)]).toEqual([null, 0]);
      }),
    );
  });

  it('never keeps anybody waiting for more than a second a request', () => {
    fc.assert(
      fc.property(anyLife, ({ pace, now }) => {
        const ms = waitMs(pace, now);
        expect(ms).toBeLessThanOrEqual(1000);
        expect(waitMs(pace, now + ms)).toBe(0);
      }),
    );
  });

  it('is forgotten when nothing was refused for half a minute', () => {
    fc.assert(
      fc.property(anyLife, ({ pace, now }) => {
        // The longest hold of these lives, and half a minute.
        expect(rateOf(pace, now + 3000 + 30_000)).toBeNull();
      }),
    );
  });

  it('becomes slower by what is refused, and by nothing else', () => {
    fc.assert(
      fc.property(anyLife, happening, (at, one) => {
        const now = at.now + one.after;
        const before = rateOf(at.pace, now) ?? Number.POSITIVE_INFINITY;
        const after = rateOf(live(at, one).pace, now) ?? Number.POSITIVE_INFINITY;
        if (one.kind === 'refusal') expect(after).toBeLessThanOrEqual(before);
        else if (one.kind !== 'hold') expect(after).toBe(before);
      }),
    );
  });

  it('takes the refusals of one flight for one', () => {
    fc.assert(
      fc.property(anyLife, fc.array(fc.integer({ min: 0, max: 3000 })), ({ pace, now }, flight) => {
        const cut = afterRefusal(pace, { at: now, what: 'uploading' }, now);
        const after = flight.reduce(
          (so, ago) => afterRefusal(so, { at: now - ago, what: 'uploading' }, now + 5),
          cut,
        );
        expect(after).toEqual(cut);
      }),
    );
  });
});

describe('whether a slower pace is enough', () => {
  const refuse = (pace: Pace, now: number, what = 'uploading') => afterRefusal(pace, { at: now, what }, now);
  const answer = (pace: Pace, now: number, what = 'uploading') => afterAnswer(pace, { at: now, what }, now);

  it('it is not at the first refusal, nor at the second in a row', () => {
    const first = refuse(freePace, 1000);
    expect(isPaceEnough(first)).toBe(false);
    expect(isPaceEnough(refuse(first, 1100))).toBe(false);
  });

  it('it is when the same had gone well since the last', () => {
    expect(isPaceEnough(refuse(answer(refuse(freePace, 1000), 1100), 1200))).toBe(true);
  });

  it('it is not when only something else had', () => {
    expect(isPaceEnough(refuse(answer(refuse(freePace, 1000), 1100, 'reserving'), 1200))).toBe(false);
  });

  it('it is not when what went well had left before the refusal', () => {
    const late = afterAnswer(refuse(freePace, 1000), { at: 900, what: 'uploading' }, 1100);
    expect(isPaceEnough(refuse(late, 1200))).toBe(false);
  });
});

interface Limited {
  readonly perSecond: number;
  readonly travelMs: number;
  readonly lanes: number;
  readonly retryAfterMs: number | null;
}

/** Minutes of requests to a service with a token bucket: the share of its limit that was used, and of requests refused. */
function ask({ perSecond, travelMs, lanes, retryAfterMs }: Limited, minutes: number) {
  let tokens = perSecond;
  let pace = freePace;
  let heldUntil = 0;
  let accepted = 0;
  let refused = 0;
  let flying: readonly { readonly at: number; readonly until: number; readonly isGood: boolean }[] = [];
  const stepMs = 5;
  for (let now = 0; now < minutes * 60_000; now += stepMs) {
    tokens = Math.min(perSecond, tokens + (perSecond * stepMs) / 1000);
    for (const { at, isGood } of flying.filter(({ until }) => until <= now)) {
      const asked = { at, what: 'uploading' };
      pace = isGood ? afterAnswer(pace, asked, now) : afterRefusal(pace, asked, now);
      if (isGood) continue;
      if (retryAfterMs !== null || !isPaceEnough(pace))
        heldUntil = Math.max(heldUntil, now + (retryAfterMs ?? 1500));
      pace = afterHold(pace, heldUntil - now, now);
    }
    flying = flying.filter(({ until }) => until > now);
    while (flying.length < lanes && now >= heldUntil && waitMs(pace, now) === 0) {
      pace = afterRequest(pace, now);
      const isGood = tokens >= 1;
      tokens -= isGood ? 1 : 0;
      accepted += isGood ? 1 : 0;
      refused += isGood ? 0 : 1;
      flying = [...flying, { at: now, until: now + travelMs, isGood }];
    }
  }
  return {
    // What its bucket held at the beginning does not count.
    used: (accepted - perSecond) / (perSecond * minutes * 60),
    refused: refused / (accepted + refused),
  };
}

describe('a service with a limit', () => {
  it('is used for at least nine tenths of it, and refuses one request in twenty at most', () => {
    fc.assert(
      fc.property(
        fc.record({
          perSecond: fc.integer({ min: 10, max: 100 }),
          travelMs: fc.integer({ min: 5, max: 150 }),
          lanes: fc.integer({ min: 20, max: 48 }),
          retryAfterMs: fc.constantFrom(null, 1000),
        }),
        (limited) => {
          const { used, refused } = ask(limited, 3);
          expect(used).toBeGreaterThanOrEqual(0.9);
          expect(refused).toBeLessThanOrEqual(0.05);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('of two requests a second is used, too', () => {
    const { used, refused } = ask({ perSecond: 2, travelMs: 50, lanes: 12, retryAfterMs: null }, 10);
    expect(used).toBeGreaterThanOrEqual(0.8);
    expect(refused).toBeLessThanOrEqual(0.15);
  });
});
