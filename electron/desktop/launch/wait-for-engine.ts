import type { Clock } from '#ports/clock.ts';
import { atMost } from '../at-most.ts';

/**
 * In this time an engine nearly always opens, and the first window opens with what it shows. A keychain that asks for its
 * password, or an engine elsewhere that does not answer, takes longer: then the window says that it waits.
 */
const momentMs = 2000;

/** Rejects as `opened` does in that time. */
export const waitForEngine = (clock: Pick<Clock, 'setTimer'>, opened: Promise<void>): Promise<void> =>
  atMost(clock, momentMs, opened);
