import { expect, test } from 'vitest';
import { stayAwake } from '../../../electron/desktop/power/stay-awake.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { statusOf } from '../support.ts';

function awake() {
  const clock = createManualClock();
  const done: string[] = [];
  let id = 0;
  const keeper = stayAwake({
    clock,
    powerSaveBlocker: {
      start(type) {
        id += 1;
        done.push(`start ${type} ${id}`);
        return id;
      },
      stop(which) {
        done.push(`stop ${which}`);
        return true;
      },
    },
  });
  return { clock, done, keeper };
}

test('the machine stays awake while files are sent, also between two, and may sleep a moment after', async () => {
  const { clock, done, keeper } = awake();
  keeper.follow(statusOf({ queued: 3 }));
  expect(done).toEqual([]);
  keeper.follow(statusOf({ uploading: 1 }));
  keeper.follow(statusOf({ uploading: 1 }));
  keeper.follow(statusOf({ queued: 1 }));
  await clock.advance(10_000);
  keeper.follow(statusOf({ reserving: 1 }));
  await clock.advance(60_000);
  expect(done).toEqual(['start prevent-app-suspension 1']);
  keeper.follow(statusOf({ completed: 3 }));
  keeper.follow(statusOf({ completed: 3 }));
  await clock.advance(16_000);
  expect(done).toEqual(['start prevent-app-suspension 1', 'stop 1']);
  keeper.follow(statusOf({ uploading: 1 }));
  keeper.close();
  expect(done.slice(2)).toEqual(['start prevent-app-suspension 2', 'stop 2']);
  expect(clock.pendingTimers()).toBe(0);
});

test('a queue that is paused keeps nobody awake', async () => {
  const { clock, done, keeper } = awake();
  keeper.follow(statusOf({ uploading: 1 }));
  keeper.follow(statusOf({ uploading: 1 }, { settings: { isPaused: true } }));
  await clock.advance(16_000);
  expect(done.at(-1)).toBe('stop 1');
});
