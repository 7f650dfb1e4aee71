/** The follower on the real contract, with an engine in memory behind it. */
import { expect, onTestFinished, test } from 'vitest';
import { localApi } from '#ipc';
import { failure } from '#shared/failure.ts';
import type { EngineNotice } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { followEngine } from '../../../electron/desktop/status/follow-engine.ts';
import { createFakeEngine, type FakeOptions } from '../../support/fake-engine.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { settle } from '../support.ts';

function following(options: FakeOptions = {}) {
  const clock = createManualClock();
  const engine = createFakeEngine(options);
  const api = localApi(engine.service, clock);
  const failures: unknown[] = [];
  const follower = followEngine({ api, clock, onFailure: (error) => failures.push(error) });
  onTestFinished(() => {
    follower.close();
    return api.close();
  });
  const rows: UploadJob[] = [];
  const notices: EngineNotice[] = [];
  follower.onRows((some) => void rows.push(...some));
  follower.onNotice((notice) => void notices.push(notice));
  return { clock, engine, follower, rows, notices, failures };
}

test('knows the numbers as they are, and tells each change', async () => {
  const { clock, engine, follower } = following();
  expect(follower.now()).toBeNull();
  await settle();
  expect(follower.now()?.counts.all).toBe(0);
  const told: number[] = [];
  follower.onStatus(({ counts }) => void told.push(counts.all));
  engine.add('/a.png');
  engine.add('/b.png');
  await clock.advance(200);
  expect(told.at(-1)).toBe(2);
  await engine.service.setPaused(true);
  await clock.advance(200);
  expect(follower.now()?.settings.isPaused).toBe(true);
});

test('tells rows that changed since it began, none twice, and none from before', async () => {
  const clock = createManualClock();
  const engine = createFakeEngine();
  engine.add('/before.png');
  const api = localApi(engine.service, clock);
  const follower = followEngine({ api, clock, onFailure: () => {} });
  onTestFinished(() => follower.close());
  const rows: string[] = [];
  follower.onRows((some) => void rows.push(...some.map(({ name, state }) => `${name} ${state.name}`)));
  await clock.advance(1000);
  expect(rows).toEqual([]);
  const { id } = engine.add('/new.png');
  await clock.advance(1000);
  engine.complete(id);
  await clock.advance(1000);
  expect(rows).toEqual(['new.png queued', 'new.png completed']);
});

test('asks for rows twice a second at most, however many change', async () => {
  const { clock, engine, rows } = following();
  await clock.advance(1000);
  for (let step = 0; step < 40; step += 1) {
    engine.add(`/${step}.png`);
    await clock.advance(100);
  }
  await clock.advance(1000);
  expect(rows).toHaveLength(40);
  const asked = engine.calls.filter(({ name }) => name === 'changesSince').length;
  expect(asked).toBeLessThanOrEqual(14);
});

test('each notice is told once, also those of the start', async () => {
  const early = { at: 1, level: 'warning', text: 'config.json was damaged.' } as const;
  const { clock, engine, follower, notices } = following({ notices: [early] });
  await clock.advance(200);
  const later = { at: 2, level: 'info', text: 'Two go on.' } as const;
  engine.notice(later);
  await clock.advance(200);
  follower.reconnected();
  await clock.advance(200);
  expect(notices).toEqual([early, later]);
});

test('after another connection everything is asked anew, and what changed meanwhile is told', async () => {
  const clock = createManualClock();
  const engine = createFakeEngine();
  // The connection is gone: nothing is pushed.
  const api = { ...localApi(engine.service, clock), on: () => () => {} };
  const follower = followEngine({ api, clock, onFailure: () => {} });
  onTestFinished(() => follower.close());
  const rows: string[] = [];
  follower.onRows((some) => void rows.push(...some.map(({ name }) => name)));
  await clock.advance(1000);
  engine.add('/unseen.png');
  await clock.advance(5000);
  expect(rows).toEqual([]);
  follower.reconnected();
  await clock.advance(1000);
  expect([rows, follower.now()?.counts.all]).toEqual([['unseen.png'], 1]);
});

test('tells nothing more once it is closed, and leaves no timer', async () => {
  const { clock, engine, follower, rows } = following();
  await clock.advance(1000);
  follower.close();
  engine.add('/unseen.png');
  await clock.advance(5000);
  expect([rows, clock.pendingTimers()]).toEqual([[], 0]);
});

test('an engine that does not answer is asked again', async () => {
  const clock = createManualClock();
  const engine = createFakeEngine();
  const api = localApi(engine.service, clock);
  let isDown = true;
  const failures: unknown[] = [];
  const follower = followEngine({
    api: { ...api, snapshot: () => (isDown ? Promise.reject(failure('connection-broken')) : api.snapshot()) },
    clock,
    onFailure: (error) => failures.push(error),
  });
  onTestFinished(() => follower.close());
  await clock.advance(100);
  expect([follower.now(), failures.length]).toEqual([null, 1]);
  isDown = false;
  await clock.advance(2500);
  expect(follower.now()).not.toBeNull();
});
