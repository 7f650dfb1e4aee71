import type { Got } from 'got';
import type { Clock } from '#ports/clock.ts';
import type { Lines } from './lines.ts';
import type { Timeouts } from './timeouts.ts';

/** What every call of one client shares. */
export interface Client {
  /** Without any default header: it also carries bytes to strangers. */
  readonly got: Got;
  readonly lines: Lines;
  readonly clock: Clock;
  readonly timeouts: Timeouts;
}
