/** Keeps the machine from falling asleep while bytes flow. The screen may go dark. */
import type { PowerSaveBlocker } from 'electron';
import type { Clock } from '#ports/clock.ts';
import { isMoving, type Status } from '../status/status.ts';

/** Between two files nothing moves for a moment. */
const lingerMs = 15_000;

export interface StayAwake {
  follow(status: Status): void;
  close(): void;
}

export interface StayAwakeParts {
  readonly powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  readonly clock: Clock;
}

export function stayAwake(parts: StayAwakeParts): StayAwake {
  const { powerSaveBlocker, clock } = parts;
  let id: number | null = null;
  let cancelEnd: (() => void) | null = null;

  function end(): void {
    cancelEnd?.();
    cancelEnd = null;
    if (id !== null) powerSaveBlocker.stop(id);
    id = null;
  }

  return {
    follow(status) {
      if (isMoving(status)) {
        cancelEnd?.();
        cancelEnd = null;
        id ??= powerSaveBlocker.start('prevent-app-suspension');
      } else if (id !== null) {
        cancelEnd ??= clock.setTimer(lingerMs, end);
      }
    },
    close: end,
  };
}
