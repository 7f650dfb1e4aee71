import { expect, onTestFinished, test } from 'vitest';
import { connectEngine, type EngineConnection, keepEngine, startEngine } from '#ipc';
import { systemClock } from '#ports/clock.ts';
import type { EngineService } from '#ports/engine-service.ts';
import { createFakeEngine, type FakeEngine } from '../support/fake-engine.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { temporaryDirectory } from '../support/temporary.ts';

/** Processes on one data directory: whoever opens it first has the engine. */
async function createDirectory() {
  const dataDir = await temporaryDirectory();
  const engines: FakeEngine[] = [];
  let isLocked = false;
  const open = async (): Promise<EngineService | 'locked'> => {
    if (isLocked) return 'locked';
    isLocked = true;
    const engine = createFakeEngine({ dataDir });
    engines.push(engine);
    return {
      ...engine.service,
      async close() {
        await engine.service.close();
        isLocked = false;
      },
    };
  };
  const connect = () => connectEngine({ dataDir, clock: systemClock, open });
  return { engines, connect };
}

async function keep(connect: () => Promise<EngineConnection>) {
  const troubles: unknown[] = [];
  const engine = await keepEngine({
    connect,
    clock: systemClock,
    onTrouble: (error) => troubles.push(error),
  });
  onTestFinished(() => engine.close());
  const seen: (boolean | null)[] = [];
  engine.onConnection((connection) => void seen.push(connection === null ? null : connection.isOwner));
  return { engine, troubles, seen };
}

test('an engine of its own lasts until it is closed', async () => {
  const { connect, engines } = await createDirectory();
  const { engine, seen } = await keep(connect);
  expect(seen).toEqual([true]);
  expect((await engine.api.snapshot()).counts.all).toBe(0);
  await engine.close();
  await engine.close();
  expect(engines.map((one) => one.isClosed())).toEqual([true]);
});

test('when the engine elsewhere ends, it takes over; who listened goes on listening', async () => {
  const { connect, engines } = await createDirectory();
  const other = await connect();
  const { engine, seen } = await keep(connect);
  const counts: number[] = [];
  const stop = engine.api.on('countsChanged', ({ counts: { all } }) => void counts.push(all));
  engines[0]?.add('/a.png');
  await expect.poll(() => counts.at(-1)).toBe(1);
  await other.close();
  await expect.poll(() => seen).toEqual([false, null, true]);
  engines[1]?.add('/b.png');
  engines[1]?.add('/c.png');
  await expect.poll(() => counts.at(-1)).toBe(2);
  stop();
  engines[1]?.add('/d.png');
  await engine.api.snapshot();
  expect(counts.at(-1)).toBe(2);
});

test('what somebody here listens for is asked of the engine, and nothing else', async () => {
  const asked: string[] = [];
  const { connect } = await createDirectory();
  const { engine } = await keep(async () => {
    const connection = await connect();
    const on: EngineConnection['api']['on'] = (name, listener) => {
      asked.push(name);
      return connection.api.on(name, listener);
    };
    return { ...connection, api: { ...connection.api, on } };
  });
  engine.api.on('notice', () => {});
  engine.api.on('notice', () => {});
  expect(asked).toEqual(['notice']);
});

test('somebody may ask the engine here to end', async () => {
  const { connect } = await createDirectory();
  const { engine, seen } = await keep(connect);
  await engine.api.shutdown();
  await engine.asked;
  expect(seen).toEqual([true, null]);
  await expect(engine.api.snapshot()).rejects.toMatchObject({ failure: { code: 'connection-broken' } });
});

test('a first connection that fails is whose matter it is', async () => {
  const connect = () => Promise.reject(new Error('damaged'));
  await expect(keepEngine({ connect, clock: systemClock, onTrouble: () => {} })).rejects.toThrow('damaged');
});

test('before the first connection there is an engine that says so, and listeners who wait for it', async () => {
  const { connect, engines } = await createDirectory();
  const keychain = Promise.withResolvers<void>();
  const { engine, opened } = startEngine({
    connect: () => keychain.promise.then(connect),
    clock: systemClock,
    onTrouble: () => {},
  });
  onTestFinished(() => engine.close());
  const seen: (boolean | null)[] = [];
  engine.onConnection((connection) => void seen.push(connection === null ? null : connection.isOwner));
  const counts: number[] = [];
  engine.api.on('countsChanged', ({ counts: { all } }) => void counts.push(all));
  await expect(engine.api.snapshot()).rejects.toMatchObject({ failure: { code: 'connection-broken' } });
  keychain.resolve();
  await opened;
  expect(seen).toEqual([null, true]);
  engines[0]?.add('/a.png');
  await expect.poll(() => counts).toEqual([1]);
});

test('closed before its first connection, it leaves no engine behind', async () => {
  const { connect, engines } = await createDirectory();
  const keychain = Promise.withResolvers<void>();
  const { engine } = startEngine({
    connect: () => keychain.promise.then(connect),
    clock: systemClock,
    onTrouble: () => {},
  });
  const seen: unknown[] = [];
  engine.onConnection((connection) => void seen.push(connection));
  const closing = engine.close();
  keychain.resolve();
  await closing;
  expect(engines.map((one) => one.isClosed())).toEqual([true]);
  expect(seen).toEqual([null]);
});

/** A connection that ends when it is told, and is nobody's. */
function flimsy() {
  const ended = Promise.withResolvers<void>();
  const engine = createFakeEngine();
  const connection = {
    api: engine.service,
    isOwner: false,
    ended: ended.promise,
    hasEnded: () => false,
    openSession: () => Promise.reject(new Error('not here')),
    close: async () => {},
  } as unknown as EngineConnection;
  return { connection, end: () => ended.resolve() };
}

test('the next engine is tried again and again, each time later, and not after the end', async () => {
  const clock = createManualClock();
  const [first, second] = [flimsy(), flimsy()];
  const answers: (EngineConnection | Error)[] = [first.connection];
  const tries: number[] = [];
  const engine = await keepEngine({
    async connect() {
      tries.push(clock.monotonic());
      const answer = answers.shift() ?? new Error('busy');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    clock,
    onTrouble: () => {},
  });
  first.end();
  await clock.advance(20_000);
  expect(tries).toEqual([0, 0, 250, 750, 1750, 3750, 7750, 15_750]);
  expect(engine.connection()).toBeNull();
  answers.push(second.connection);
  await clock.advance(8000);
  expect(engine.connection()).toBe(second.connection);
  second.end();
  await clock.advance(100);
  const before = tries.length;
  await engine.close();
  await clock.advance(60_000);
  expect(tries).toHaveLength(before);
  expect(clock.pendingTimers()).toBe(0);
});

test('an engine that comes when all is over is let go', async () => {
  const first = flimsy();
  const late = Promise.withResolvers<EngineConnection>();
  let closed = 0;
  let calls = 0;
  const engine = await keepEngine({
    connect: () => (calls++ === 0 ? Promise.resolve(first.connection) : late.promise),
    clock: systemClock,
    onTrouble: () => {},
  });
  const seen: boolean[] = [];
  engine.onConnection((connection) => void seen.push(connection !== null));
  first.end();
  await expect.poll(() => calls).toBe(2);
  const closing = engine.close();
  late.resolve({ ...flimsy().connection, close: async () => void closed++ });
  await closing;
  expect(closed).toBe(1);
  // Nobody begins with it what would only be broken off.
  expect(seen).toEqual([true, false]);
});
