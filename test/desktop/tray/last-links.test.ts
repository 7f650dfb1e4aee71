import { expect, test } from 'vitest';
import { localApi } from '#ipc';
import { followLastLinks } from '../../../electron/desktop/tray/last-links.ts';
import { createFakeEngine } from '../../support/fake-engine.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { asset, countsOf } from '../support.ts';

test('the five newest links that live, read again when other files are done, not more than every 2 s', async () => {
  const clock = createManualClock();
  const engine = createFakeEngine();
  let changes = 0;
  const links = followLastLinks({
    api: localApi(engine.service, clock),
    clock,
    onChange: () => {
      changes += 1;
    },
    onFailure: (error) => {
      throw error;
    },
  });
  for (let count = 1; count <= 7; count += 1) engine.complete(engine.add(`/${count}.png`).id);
  const dead = { ...asset, linkExpiresAt: clock.now() - 1 };
  engine.set(6, { state: { name: 'completed', asset: dead } });
  links.follow(countsOf({ completed: 7 }));
  await clock.advance(10);
  expect(links.now().map(({ name }) => name)).toEqual(['7.png', '5.png', '4.png', '3.png', '2.png']);
  links.follow(countsOf({ completed: 7 }));
  await clock.advance(5000);
  expect(changes).toBe(1);
  for (let count = 8; count <= 20; count += 1) {
    engine.complete(engine.add(`/${count}.png`).id);
    links.follow(countsOf({ completed: count }));
    await clock.advance(100);
  }
  await clock.advance(3000);
  expect(links.now()[0]?.name).toBe('20.png');
  expect(changes).toBeLessThanOrEqual(3);
  links.close();
  links.follow(countsOf({ completed: 99 }));
  await clock.advance(5000);
  expect(clock.pendingTimers()).toBe(0);
});
