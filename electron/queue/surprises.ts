/** Errors that nobody expected: told once, and followed by a rest, so that a broken part is not asked in a tight loop. */

import type { Clock } from '#ports/clock.ts';
import { UploadError } from '#ports/upload-error.ts';
import { explainFailure } from '#shared/failure.ts';
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
      const text = sayOf(error);
      if (text !== lastText || now - lastAt >= repeatAfterMs) {
        lastText = text;
        lastAt = now;
        onNotice(text);
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

/** What has a code of its own is said in its words. */
function sayOf(error: unknown): string {
  if (error instanceof UploadError && error.code !== 'internal') {
    const { reason, hint } = explainFailure(error.failure);
    return `${reason} ${hint}`;
  }
  const detail = error instanceof Error ? redact(`${error.name}: ${error.message}`) : 'unknown';
  return `Hoist met an error of its own (${detail}). It tries again by itself.`;
}
