import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failure } from '#shared/failure.ts';
import { ContractError } from '#shared/ipc.ts';
import { createLiveStore, historyLength } from '../../../renderer/live/live-store.ts';
import { countsOf, fakeEngine, job } from './fake-engine.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

function opened() {
  const engine = fakeEngine([job(1)]);
  const live = createLiveStore(engine);
  return { engine, live, settle: () => vi.advanceTimersByTimeAsync(0) };
}
const notice = (at: number, text = `notice ${at}`) => ({ at, level: 'info' as const, text });

test('nothing means anything before the first snapshot', async () => {
  const { engine, live, settle } = opened();
  engine.connect('reconnecting');
  expect(live.getState()).toMatchObject({ isReady: false, connection: 'connecting', epoch: 0, lostAt: null });
  engine.connect('connected');
  await settle();
  expect(live.getState()).toMatchObject({ isReady: true, connection: 'connected', epoch: 1 });
  expect(live.getState().counts.all).toBe(1);
});

test('pushes replace what the snapshot said', async () => {
  const { engine, live, settle } = opened();
  engine.connect('connected');
  await settle();
  engine.push('countsChanged', { counts: countsOf(7), revision: 9 });
  engine.push('notice', notice(5));
  expect(live.getState()).toMatchObject({ revision: 9, counts: { all: 7 }, notices: [notice(5)] });
});

test('what is pushed while the snapshot is on its way is not undone by it', async () => {
  const { engine, live, settle } = opened();
  engine.snapshot = { revision: 4, notices: [notice(1), notice(2)] };
  const release = engine.hold();
  engine.connect('connected');
  await settle();
  engine.push('countsChanged', { counts: countsOf(7), revision: 9 });
  engine.push('notice', notice(2));
  engine.push('notice', notice(3));
  release();
  await settle();
  expect(live.getState()).toMatchObject({ revision: 9, counts: { all: 7 } });
  expect(live.getState().notices).toEqual([notice(1), notice(2), notice(3)]);
});

test('a snapshot that is newer than such a push counts', async () => {
  const { engine, live, settle } = opened();
  engine.snapshot = { revision: 12 };
  const release = engine.hold();
  engine.connect('connected');
  await settle();
  engine.push('countsChanged', { counts: countsOf(7), revision: 9 });
  release();
  await settle();
  expect(live.getState()).toMatchObject({ revision: 12, counts: { all: 1 } });
});

test('what was pushed by an engine that is gone says nothing of the next one', async () => {
  const { engine, live, settle } = opened();
  engine.connect('connected');
  await settle();
  engine.push('countsChanged', { counts: countsOf(7), revision: 9 });
  engine.connect('reconnecting');
  engine.connect('connected');
  await settle();
  expect(live.getState()).toMatchObject({ revision: 1, counts: { all: 1 }, epoch: 2 });
});

test('since when the connection is gone is known until it is back', async () => {
  const { engine, live, settle } = opened();
  engine.connect('connected');
  await settle();
  engine.connect('reconnecting');
  vi.setSystemTime(1_009_000);
  engine.connect('reconnecting');
  expect(live.getState()).toMatchObject({ connection: 'reconnecting', lostAt: 1_000_000, isReady: true });
  engine.connect('connected');
  expect(live.getState().lostAt).toBeNull();
});

test('nothing moves any more once the connection is gone', async () => {
  const { engine, live, settle } = opened();
  engine.connect('connected');
  await settle();
  const moving = { bytesPerSecond: 10, bytesRemaining: 20, filesRemaining: 1, remainingMs: 2000 };
  engine.push('throughputChanged', moving);
  engine.connect('reconnecting');
  expect(live.getState().throughput).toEqual({ ...moving, bytesPerSecond: 0, remainingMs: null });
  await vi.advanceTimersByTimeAsync(1000);
  expect(live.getState().history.at(-1) ?? 0).toBe(0);
});

test('a snapshot that fails is told, unless the connection went', async () => {
  const { engine, live, settle } = opened();
  engine.fail('snapshot', new ContractError(failure('connection-broken')));
  engine.connect('connected');
  await settle();
  expect(live.getState().failure).toBeNull();
  engine.fail('snapshot', new ContractError(failure('queue-damaged')));
  engine.connect('connected');
  await settle();
  expect(live.getState()).toMatchObject({ failure: { code: 'queue-damaged' }, isReady: false });
  engine.connect('connected');
  await settle();
  expect(live.getState()).toMatchObject({ failure: null, isReady: true });
});

test('the speed is noted once a second, and forgotten after two minutes of nothing', async () => {
  const { engine, live } = opened();
  const at = (bytesPerSecond: number) =>
    engine.push('throughputChanged', {
      bytesPerSecond,
      bytesRemaining: 0,
      filesRemaining: 0,
      remainingMs: null,
    });
  await vi.advanceTimersByTimeAsync(5000);
  expect(live.getState().history).toEqual([]);
  at(10);
  await vi.advanceTimersByTimeAsync(2000);
  at(0);
  await vi.advanceTimersByTimeAsync(1000);
  expect(live.getState().history).toEqual([10, 10, 0]);
  await vi.advanceTimersByTimeAsync(200_000);
  expect(live.getState().history).toEqual(Array.from({ length: historyLength }, () => 0));
});

test('of very many notices the newest are kept', async () => {
  const { engine, live, settle } = opened();
  engine.connect('connected');
  await settle();
  for (let at = 1; at <= 250; at++) engine.push('notice', notice(at));
  const { notices } = live.getState();
  expect([notices.length, notices[0]?.at, notices.at(-1)?.at]).toEqual([200, 51, 250]);
});
