import { expect, test } from 'vitest';
import { createSession } from '#ipc';
import { UploadError } from '#ports/upload-error.ts';
import { requestNames } from '#shared/ipc.ts';
import type { Push, PushRound } from '#shared/wire.ts';
import { createFakeEngine } from '../support/fake-engine.ts';
import { createManualClock } from '../support/manual-clock.ts';

function openSession(send: (round: PushRound) => boolean = () => true) {
  const clock = createManualClock();
  const engine = createFakeEngine();
  const rounds: PushRound[] = [];
  const session = createSession(engine.service, clock, (round) => {
    const taken = send(round);
    if (taken) rounds.push(round);
    return taken;
  });
  const take = (name: Push['name']) => rounds.flat().filter((push) => push.name === name);
  return { clock, engine, rounds, session, take };
}

test.each([
  ['an unknown name', 'deleteEverything', []],
  ['a name of Object.prototype', 'constructor', []],
  ['too many arguments', 'snapshot', [1]],
  ['too few arguments', 'getJob', []],
  ['an argument of the wrong type', 'getJob', ['1']],
  ['a surplus field', 'countJobs', [{ everything: true }]],
  ['no array where one belongs', 'view', ['1,2']],
])('refuses %s with a readable message', async (_what, name, args) => {
  const { session, engine } = openSession();
  const answer = await session.dispatch(name, args);
  expect(answer).toMatchObject({ ok: false, failure: { code: 'invalid' } });
  expect(!answer.ok && answer.failure.message).toMatch(new RegExp(name));
  expect(engine.calls.map((call) => call.name)).not.toContain(name);
});

test('answers every request of the contract, or says why not', async () => {
  const { session } = openSession();
  for (const name of requestNames) {
    const answer = await session.dispatch(name, []);
    expect([name, answer.ok || answer.failure.code]).toEqual([name, answer.ok || 'invalid']);
  }
});

test('lets the failure of an UploadError travel, and nothing of any other error', async () => {
  const { clock, engine } = openSession();
  const bugs: unknown[] = [];
  const service = new Proxy(engine.service, {
    get: (target, name) =>
      name === 'startDemo'
        ? () => {
            throw new Error('sk-secret in a stack');
          }
        : name === 'testDestination'
          ? () => Promise.reject(new UploadError('key-refused', 'HTTP 401', { facts: { status: 401 } }))
          : Reflect.get(target, name),
  });
  const session = createSession(service, clock, () => true, {
    onBug: (name, error) => bugs.push([name, error]),
  });

  expect(await session.dispatch('testDestination', ['x'])).toEqual({
    ok: false,
    failure: { code: 'key-refused', message: 'HTTP 401', facts: { status: 401 } },
  });
  const answer = await session.dispatch('startDemo', []);
  expect(answer).toEqual({ ok: false, failure: { code: 'internal', message: '', facts: {} } });
  expect(bugs).toHaveLength(1);
});

test('tells a window at most ten times a second, everything at once, and the latest values win', async () => {
  const { clock, engine, session, rounds, take } = openSession();
  const job = engine.add('/a');
  await session.dispatch('view', [[job.id]]);
  await clock.advance(1000);
  const before = rounds.length;
  for (let ms = 0; ms < 1000; ms += 1) {
    engine.set(job.id, { bytesSent: ms });
    engine.hold('demo-flora', { kind: 'paused', until: null, failure: null });
    await clock.advance(1);
  }
  await clock.advance(100);
  const told = rounds.slice(before);
  expect(told.length).toBeLessThanOrEqual(11);
  expect(told.length).toBeGreaterThanOrEqual(10);
  const all = ['rowsChanged', 'countsChanged', 'throughputChanged', 'destinationsChanged'];
  for (const round of told) expect(round.map(({ name }) => name)).toEqual(all);
  expect(take('rowsChanged').at(-1)?.payload).toMatchObject([{ id: job.id, bytesSent: 999 }]);
  expect(take('countsChanged').at(-1)?.payload).toMatchObject({ revision: engine.jobs.get(1)?.revision });
});

test('pushes the rows in view and no others', async () => {
  const { clock, engine, session, take } = openSession();
  const [a, b] = [engine.add('/a'), engine.add('/b')];
  await session.dispatch('view', [[b.id]]);
  await clock.advance(100);
  engine.set(a.id, { attempts: 1 });
  engine.set(b.id, { attempts: 2 });
  await clock.advance(100);
  const seen = take('rowsChanged').flatMap((push) => (push.name === 'rowsChanged' ? push.payload : []));
  expect(new Set(seen.map((row) => row.id))).toEqual(new Set([b.id]));
  expect(seen.at(-1)).toMatchObject({ attempts: 2 });
});

test('tells rows in view anew while their bytes move, of which the engine gives no hint', async () => {
  const { clock, engine, session, take } = openSession();
  const job = engine.add('/a', { state: { name: 'uploading' } });
  await session.dispatch('view', [[job.id]]);
  await clock.advance(100);
  for (const bytesSent of [7, 8]) {
    engine.moveBytes(job.id, bytesSent);
    await clock.advance(400);
    expect(take('rowsChanged').at(-1)?.payload).toMatchObject([{ id: job.id, bytesSent }]);
  }
  engine.set(job.id, { state: { name: 'canceled' } });
  await clock.advance(1000);
  const told = take('rowsChanged').length;
  await clock.advance(3000);
  expect(take('rowsChanged').length).toBe(told);
  expect(clock.pendingTimers()).toBe(0);
});

test('tells a moving speed once more when all is quiet, until it is zero', async () => {
  const { clock, engine, take } = openSession();
  const job = engine.add('/a', { state: { name: 'uploading' }, bytesPerSecond: 500 });
  await clock.advance(100);
  expect(take('throughputChanged').at(-1)?.payload).toMatchObject({ bytesPerSecond: 500 });
  const told = take('throughputChanged').length;
  await clock.advance(3000);
  expect(take('throughputChanged').length).toBeGreaterThan(told);
  engine.set(job.id, { state: { name: 'canceled' }, bytesPerSecond: null });
  await clock.advance(200);
  expect(take('throughputChanged').at(-1)?.payload).toMatchObject({ bytesPerSecond: 0 });
  expect(clock.pendingTimers()).toBe(0);
});

test('tells the speed of a file whose first bytes come after everybody has been told of it', async () => {
  const { clock, engine, take } = openSession();
  const job = engine.add('/a', { state: { name: 'uploading' } });
  await clock.advance(200);
  expect(take('throughputChanged').at(-1)?.payload).toMatchObject({ bytesPerSecond: 0 });
  engine.moveBytes(job.id, 9, 700);
  await clock.advance(1500);
  expect(take('throughputChanged').at(-1)?.payload).toMatchObject({ bytesPerSecond: 700 });
});

test('tells the speed of all together with the rows in view that it is made of', async () => {
  const { clock, engine, rounds, session } = openSession();
  const job = engine.add('/a', { state: { name: 'uploading' }, bytesPerSecond: 100 });
  await session.dispatch('view', [[job.id]]);
  await clock.advance(100);
  for (const bytesPerSecond of [300, 500]) {
    engine.moveBytes(job.id, 9, bytesPerSecond);
    await clock.advance(400);
    const payloadOf = (name: Push['name']) => rounds.at(-1)?.find((push) => push.name === name)?.payload;
    expect(payloadOf('rowsChanged')).toMatchObject([{ bytesPerSecond }]);
    expect(payloadOf('throughputChanged')).toMatchObject({ bytesPerSecond });
  }
});

test('tells the rows of which the total is made with a total that something else made be told', async () => {
  const { clock, engine, rounds, session } = openSession();
  const job = engine.add('/a', { state: { name: 'uploading' }, bytesPerSecond: 100 });
  await session.dispatch('view', [[job.id]]);
  await clock.advance(100);
  for (const bytesPerSecond of [300, 500]) {
    engine.moveBytes(job.id, 9, bytesPerSecond);
    engine.add(`/other-${bytesPerSecond}`);
    await clock.advance(100);
    const payloadOf = (name: Push['name']) => rounds.at(-1)?.find((push) => push.name === name)?.payload;
    expect(payloadOf('throughputChanged')).toMatchObject({ bytesPerSecond });
    expect(payloadOf('rowsChanged')).toMatchObject([{ bytesPerSecond }]);
  }
});

test('keeps what a client does not read dirty, and tells it anew when it reads', async () => {
  let reads = false;
  const { clock, engine, session, rounds, take } = openSession(() => reads);
  const job = engine.add('/a');
  await session.dispatch('view', [[job.id]]);
  engine.notice({ at: 1, level: 'info', text: 'one' });
  for (let turn = 0; turn < 50; turn += 1) {
    engine.set(job.id, { attempts: turn });
    engine.hold('demo-flora', { kind: 'paused', until: null, failure: null });
    await clock.advance(100);
  }
  expect(rounds).toEqual([]);
  const asked = engine.calls.filter((call) => call.name === 'snapshot').length;
  expect(asked).toBeLessThanOrEqual(1);
  reads = true;
  session.drained();
  await clock.advance(200);
  expect(take('notice')).toHaveLength(1);
  expect(take('rowsChanged').at(-1)?.payload).toMatchObject([{ attempts: 49 }]);
  expect(take('destinationsChanged')).toHaveLength(1);
  expect(take('countsChanged').length).toBeGreaterThanOrEqual(1);
});

test('close leaves no listener, no timer, no push and no temporary folder', async () => {
  const { clock, engine, session, rounds } = openSession();
  const add = (path: string, isTemporary: boolean) =>
    session.dispatch('addWatchFolder', [{ path, destinationId: 'demo-flora', isTemporary }]);
  await add('/once', true);
  await add('/kept', false);
  engine.add('/a');
  await session.close();
  const told = rounds.length;
  engine.add('/b');
  await clock.advance(1000);
  expect(rounds).toHaveLength(told);
  expect(engine.listeners()).toBe(0);
  expect(clock.pendingTimers()).toBe(0);
  const { folders } = await engine.service.snapshot();
  expect(folders.map((view) => view.folder.path)).toEqual(['/kept']);
});

test('a temporary folder whose adding outlives the session is removed too', async () => {
  const { engine, session } = openSession();
  const adding = session.dispatch('addWatchFolder', [
    { path: '/once', destinationId: 'demo-flora', isTemporary: true },
  ]);
  await session.close();
  await adding;
  expect((await engine.service.snapshot()).folders).toEqual([]);
});
