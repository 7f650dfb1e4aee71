/** What keeps a destination from starting anything: rate limits, an unreachable service, a block, a spent budget. */

import type { Clock, Random } from '#ports/clock.ts';
import type { Journal, StoredHold } from '#ports/journal.ts';
import type { Failure } from '#shared/failure.ts';
import type { DestinationHold } from '#shared/ipc.ts';
import type { StateName } from '#shared/job.ts';
import { holdMs, probeDelayMs, throttleDelayMs } from './backoff.ts';
import type { DestinationNews } from './consequence.ts';
import { createHoldShelf, parseFailure } from './hold-shelf.ts';
import { afterFailure, afterSuccess, fullBudget, isExhausted, type RetryBudget } from './retry-budget.ts';

/** `probe`: one run may go, to see whether the service is back. */
export type Gate = 'open' | 'probe' | 'closed';

interface HoldState {
  readonly throttledUntil: number;
  readonly throttlesInRow: number;
  readonly throttle: Failure | null;
  /** What was refused then: a reservation that is granted does not say that the store takes bytes again. */
  readonly throttledDuring: StateName | null;
  readonly failuresInRow: number;
  readonly probeAt: number;
  readonly unreachable: Failure | null;
  readonly blocked: Failure | null;
  readonly budget: RetryBudget;
}

/** A server's wish is believed up to an hour. */
const longestHoldMs = 3_600_000;

const free: HoldState = {
  throttledUntil: 0,
  throttlesInRow: 0,
  throttle: null,
  throttledDuring: null,
  failuresInRow: 0,
  probeAt: 0,
  unreachable: null,
  blocked: null,
  budget: fullBudget,
};

export interface Holds {
  gate(destinationId: string): Gate;
  hear(destinationId: string, news: DestinationNews): void;
  /** The user acted: block, rate limit and doubt are gone. */
  lift(destinationId: string): void;
  /** How often that was: what was asked before the last time says nothing about the key or the address of today. */
  liftsOf(destinationId: string): number;
  /** The network is another one: probe everything now. */
  probeNow(): void;
  /** The wall clock was set back: what waits for a time waits as long as it would have. */
  clockSetBack(byMs: number): void;
  /** Tells where a hold was shown whose time has passed. */
  tellWhatIsOver(): void;
  holdOf(destinationId: string): Omit<DestinationHold, 'destinationId'> | null;
  /** For how much longer the service does not want to be asked, ms; 0: it may be. */
  throttledMs(destinationId: string): number;
  /** When the first closed gate opens by itself; null: none will. */
  nextOpeningAt(): number | null;
}

export async function openHolds(options: {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
  readonly onChange: () => void;
  readonly onFailure: (error: unknown) => void;
}): Promise<Holds> {
  const { journal, clock, random } = options;
  const states = new Map<string, HoldState>();
  const shelf = createHoldShelf(journal, await journal.holds(), options.onFailure);
  for (const stored of shelf.known()) states.set(stored.destinationId, fromStored(stored));

  const lifts = new Map<string, number>();
  const liftsOf = (id: string) => lifts.get(id) ?? 0;
  const stateOf = (id: string) => states.get(id) ?? free;
  /** Of which a hold was shown. */
  const shown = new Set<string>();

  function holdOf(id: string): Omit<DestinationHold, 'destinationId'> | null {
    const state = stateOf(id);
    if (state.blocked !== null) return { kind: 'blocked', until: null, failure: state.blocked };
    if (state.throttledUntil > clock.now())
      return { kind: 'rate-limited', until: state.throttledUntil, failure: state.throttle };
    if (state.unreachable !== null)
      return { kind: 'unreachable', until: state.probeAt, failure: state.unreachable };
    return null;
  }

  function change(id: string, next: HoldState): void {
    states.set(id, next);
    shelf.put(id, toStored(id, next, clock.now()));
    const isHeld = holdOf(id) !== null;
    if (isHeld || shown.has(id)) options.onChange();
    if (isHeld) shown.add(id);
    else shown.delete(id);
  }

  return {
    gate(id) {
      const state = stateOf(id);
      const now = clock.now();
      if (state.blocked !== null || state.throttledUntil > now) return 'closed';
      if (!isDoubtful(state)) return 'open';
      return state.probeAt > now ? 'closed' : 'probe';
    },
    hear(id, news) {
      if (news.kind !== 'none') change(id, next(stateOf(id), news, clock.now(), random));
    },
    lift(id) {
      lifts.set(id, liftsOf(id) + 1);
      change(id, free);
    },
    liftsOf,
    probeNow() {
      for (const [id, state] of states) states.set(id, { ...state, probeAt: 0 });
      options.onChange();
    },
    clockSetBack(byMs) {
      for (const [id, state] of states) {
        const { throttledUntil, probeAt } = state;
        states.set(id, { ...state, throttledUntil: throttledUntil - byMs, probeAt: probeAt - byMs });
      }
    },
    tellWhatIsOver() {
      const over = [...shown].filter((id) => holdOf(id) === null);
      for (const id of over) shown.delete(id);
      if (over.length > 0) options.onChange();
    },
    holdOf,
    throttledMs: (id) => Math.max(0, stateOf(id).throttledUntil - clock.now()),
    nextOpeningAt() {
      const now = clock.now();
      const times = [...states.values()]
        .filter((state) => state.blocked === null)
        .flatMap((state) => [state.throttledUntil, ...(isDoubtful(state) ? [state.probeAt] : [])])
        .filter((at) => at > now);
      return times.length === 0 ? null : Math.min(...times);
    },
  };
}

/** Only one at a time may ask, to see whether it is worth it. */
function isDoubtful(state: HoldState): boolean {
  return state.unreachable !== null || isExhausted(state.budget);
}

function next(state: HoldState, news: DestinationNews, now: number, random: Random): HoldState {
  switch (news.kind) {
    case 'none':
      return state;
    case 'fine': {
      const isElsewhere =
        news.during !== undefined && state.throttledDuring !== null && news.during !== state.throttledDuring;
      return {
        ...state,
        failuresInRow: 0,
        unreachable: null,
        throttlesInRow: isElsewhere ? state.throttlesInRow : 0,
        throttle: state.throttledUntil > now ? state.throttle : null,
        budget: afterSuccess(state.budget),
      };
    }
    case 'failing': {
      const budget = afterFailure(state.budget);
      const failuresInRow = state.failuresInRow + 1;
      return {
        ...state,
        budget,
        failuresInRow,
        probeAt: isExhausted(budget) ? now + probeDelayMs(failuresInRow, random) : state.probeAt,
      };
    }
    case 'unreachable': {
      // Many runs meet the same dead line at once: only the first of them lengthens the wait.
      if (state.unreachable !== null && state.probeAt > now) return state;
      const failuresInRow = state.failuresInRow + 1;
      return {
        ...state,
        failuresInRow,
        unreachable: news.failure,
        probeAt: now + probeDelayMs(failuresInRow, random),
      };
    }
    case 'throttled': {
      const isStated = (news.retryAfterMs ?? news.leastDelayMs ?? null) !== null;
      if (news.isPaceEnough === true && !isStated && state.throttledUntil <= now) return state;
      const throttlesInRow = state.throttledUntil > now ? state.throttlesInRow : state.throttlesInRow + 1;
      const least = Math.max(news.leastDelayMs ?? 0, throttleDelayMs(throttlesInRow, random));
      const delayMs = Math.min(holdMs(news.retryAfterMs, throttlesInRow) ?? least, longestHoldMs);
      return {
        ...state,
        throttlesInRow,
        throttle: news.failure,
        throttledDuring: news.during ?? null,
        throttledUntil: Math.max(state.throttledUntil, now + delayMs),
      };
    }
    case 'blocked':
      return { ...state, blocked: news.failure };
  }
}

function toStored(destinationId: string, state: HoldState, now: number): StoredHold | null {
  if (state.blocked !== null) {
    return { destinationId, kind: 'blocked', until: null, failure: JSON.stringify(state.blocked) };
  }
  if (state.throttledUntil > now && state.throttle !== null) {
    return {
      destinationId,
      kind: 'rate-limited',
      until: state.throttledUntil,
      failure: JSON.stringify(state.throttle),
    };
  }
  return null;
}

function fromStored(stored: StoredHold): HoldState {
  const failure = parseFailure(stored.failure);
  if (stored.kind === 'blocked') return { ...free, blocked: failure };
  return { ...free, throttle: failure, throttledUntil: stored.until ?? 0, throttlesInRow: 1 };
}
