/**
 * Lets requests go at the pace of their destination, in the order in which they came. What must wait longer than about a
 * second is no matter of pace: the destination is held then, and whoever waits here comes to rest with it.
 */

import type { Clock } from '#ports/clock.ts';
import type { DestinationNews } from './consequence.ts';
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
} from './pace.ts';
import type { Run } from './run.ts';

export interface Paces {
  /**
   * The run wants to ask something. Null: now. Rejects with the signal's reason; a destination that is held interrupts the
   * run instead of being asked.
   */
  turn(run: Run): Promise<void> | null;
  /** Call it before the holds hear the same. Answers what they need to know of it. */
  hear(destinationId: string, news: DestinationNews): DestinationNews;
  /** What was heard may hold the destination now. */
  held(destinationId: string): void;
  /** Requests wait for each other: lanes need not, as fewer of them ask no less. */
  isPaced(destinationId: string): boolean;
  /** Whether one more run would wait no longer than a second for its turn. */
  hasRoom(destinationId: string): boolean;
}

interface Turn {
  readonly run: Run;
  readonly go: () => void;
}

interface Line {
  pace: Pace;
  turns: Turn[];
  cancelTimer: (() => void) | null;
}

export interface PacesOptions {
  readonly clock: Clock;
  /** How much longer it is held by its own word, ms; 0: not at all. */
  readonly heldMs: (destinationId: string) => number;
}

export function createPaces({ clock, heldMs }: PacesOptions): Paces {
  const lines = new Map<string, Line>();

  function lineOf(id: string): Line {
    const known = lines.get(id);
    if (known !== undefined) return known;
    const line: Line = { pace: freePace, turns: [], cancelTimer: null };
    lines.set(id, line);
    return line;
  }

  function letGo(line: Line): void {
    line.cancelTimer?.();
    line.cancelTimer = null;
    for (let [turn] = line.turns; turn !== undefined; [turn] = line.turns) {
      const now = clock.monotonic();
      const ms = waitMs(line.pace, now);
      if (ms > 0) {
        line.cancelTimer = clock.setTimer(ms, () => letGo(line));
        return;
      }
      line.turns.shift();
      line.pace = afterRequest(line.pace, now);
      turn.run.askedAt = now;
      turn.go();
    }
  }

  function rest(run: Run): void {
    run.interrupt({ type: 'interrupted' }, run.job.id);
  }

  function wait(line: Line, run: Run): Promise<void> {
    return new Promise((resolve, reject) => {
      const { signal } = run;
      const leave = () => {
        line.turns = line.turns.filter((other) => other !== turn);
        reject(signal.reason);
        letGo(line);
      };
      const turn: Turn = {
        run,
        go: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      line.turns.push(turn);
      signal.addEventListener('abort', leave, { once: true });
      letGo(line);
    });
  }

  return {
    turn(run) {
      const id = run.job.destinationId;
      const line = lineOf(id);
      const now = clock.monotonic();
      if (heldMs(id) > 0) rest(run);
      if (run.signal.aborted) return Promise.reject(run.signal.reason);
      if (line.turns.length > 0 || waitMs(line.pace, now) > 0) return wait(line, run);
      line.pace = afterRequest(line.pace, now);
      run.askedAt = now;
      return null;
    },
    hear(id, news) {
      if (news.kind !== 'fine' && news.kind !== 'throttled') return news;
      const line = lineOf(id);
      const now = clock.monotonic();
      const asked = { at: news.askedAt ?? now, what: news.during ?? '' };
      if (news.kind === 'fine') {
        line.pace = afterAnswer(line.pace, asked, now);
        return news;
      }
      line.pace = afterRefusal(line.pace, asked, now);
      return { ...news, isPaceEnough: isPaceEnough(line.pace) };
    },
    held(id) {
      const ms = heldMs(id);
      const line = lines.get(id);
      if (line === undefined || ms === 0) return;
      line.pace = afterHold(line.pace, ms, clock.monotonic());
      for (const { run } of [...line.turns]) rest(run);
    },
    isPaced: (id) => rateOf(lineOf(id).pace, clock.monotonic()) !== null,
    hasRoom(id) {
      const { pace, turns } = lineOf(id);
      return (
        turns.length === 0 || turns.length < (rateOf(pace, clock.monotonic()) ?? Number.POSITIVE_INFINITY)
      );
    },
  };
}
