/** Errors that nobody expected: told once, and followed by a rest, so that a broken part is not asked in a tight loop. */

import type { Clock } from '#ports/clock.ts';
import { redact } from '#shared/redact.ts';

export const restMs = 1000;
const repeatAfterMs = 60_000;

export interface Surprises {
  meet(error: unknown): void;
  /** Nothing starts at the moment. */
  readonly isResting: boolean;
  /** Rows may have stayed in states that run, without a run; asking takes note of it. */
  takeDamage(): boolean;
}

export function createSurprises(
  clock: Pick<Clock, 'monotonic'>,
  onNotice: (text: string) => void,
  onRest: () => void,
): Surprises {
  let restUntil = Number.NEGATIVE_INFINITY;
  let isDamaged = false;
  let lastText = '';
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    meet(error) {
      const now = clock.monotonic();
      restUntil = now + restMs;
      isDamaged = true;
      const text = error instanceof Error ? redact(`${error.name}: ${error.message}`) : 'unknown';
      if (text !== lastText || now - lastAt >= repeatAfterMs) {
        lastText = text;
        lastAt = now;
        onNotice(`Hoist met an error of its own (${text}). It tries again by itself.`);
      }
      onRest();
    },
    get isResting() {
      return clock.monotonic() < restUntil;
    },
    takeDamage() {
      const was = isDamaged;
      isDamaged = false;
      return was;
    },
  };
}
