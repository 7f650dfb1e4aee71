/** What a service, a store or a line can do to uploads. */
import { describe, expect, it } from 'vitest';
import type { ProviderKind } from '#shared/destination.ts';
import { MiB, memoryWorld } from '../support/sim-world.ts';

const kinds: readonly ProviderKind[] = ['runflow', 'flora', 'cyberun', 'pupload'];
const names = (count: number, prefix = 'f') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

async function oneAt(kind: ProviderKind) {
  const world = memoryWorld({ destinations: [{ id: 'd1', kind }] });
  await world.open();
  return { world, service: world.service() };
}

describe('attempts', () => {
  it('back off, are counted, and end at the limit', async () => {
    const { world, service } = await oneAt('runflow');
    world.faults.onApi('reserve', 'server-error', { times: 100 });
    const [id = 0] = await world.give(['a']);
    const job = await world.untilState(id, 'failed');
    expect(job).toMatchObject({ attempts: 8, state: { failure: { code: 'server-error' } } });
    expect(service.requestsOf('reserve')).toBe(8);
    const kindsSeen = (await world.keeper.timeline(id)).map(({ kind }) => kind);
    expect(kindsSeen.filter((kind) => kind === 'waiting')).toHaveLength(7);
    expect(kindsSeen.at(-1)).toBe('failed');
    await world.time.during(world.queue.retry({ ids: [id] }));
    expect(await world.untilState(id, 'failed')).toMatchObject({ attempts: 8 });
    expect(service.requestsOf('reserve')).toBe(16);
    await world.close();
  });

  it('the limit is a setting; 1 fails at once', async () => {
    const { world } = await oneAt('runflow');
    world.settings.maxAttempts = 1;
    world.faults.onApi('reserve', 'junk');
    const [id = 0] = await world.give(['a']);
    expect(await world.untilState(id, 'failed')).toMatchObject({ attempts: 1 });
    await world.close();
  });

  it('begin again when a try came farther than any before', async () => {
    const { world, service } = await oneAt('runflow');
    world.line.bytesPerSecond = 10 * MiB;
    const [id = 0] = await world.give([{ path: 'a', sizeBytes: 400 * MiB }]);
    let tries = 0;
    // Each try comes one second, or ten MiB, farther than the one before.
    let since = 0;
    world.time.watch = () => {
      if (world.line.sending === 0) since = world.time.elapsed;
      if (service.isStoreUp && world.time.elapsed - since > 1000 * (tries + 1) && tries < 12) {
        tries += 1;
        service.isStoreUp = false;
        world.time.schedule(300, () => {
          service.isStoreUp = true;
        });
      }
    };
    const job = await world.untilState(id, 'completed', 'failed');
    expect(job.state.name).toBe('completed');
    expect(job.attempts).toBeLessThanOrEqual(2);
    expect(tries).toBe(12);
    await world.close();
  });

  it('a body that is swallowed again and again is bounded by them', async () => {
    for (const kind of kinds) {
      const { world, service } = await oneAt(kind);
      world.faults.onSend('body-lost', { times: 100 });
      const [id = 0] = await world.give(['a']);
      expect(await world.untilState(id, 'failed')).toMatchObject({ attempts: 8 });
      expect([kind, service.sends]).toEqual([kind, 8]);
      await world.close();
    }
  });
});

describe('doubt', () => {
  for (const kind of kinds) {
    it(`bytes that arrived without an answer are not sent again: ${kind}`, async () => {
      for (const fault of ['answer-lost', 'stored-error'] as const) {
        const { world, service } = await oneAt(kind);
        world.faults.onSend(fault);
        const [id = 0] = await world.give(['a']);
        await world.untilState(id, 'completed');
        expect(service.bodies).toHaveLength(1);
        expect(service.assets).toHaveLength(1);
        await world.close();
        expect(world.notices).toEqual([]);
      }
    });

    it(`bytes that did not arrive are sent again: ${kind}`, async () => {
      for (const fault of ['body-lost', 'cut', 'cut-early', 'server-error', 'stall'] as const) {
        const { world, service } = await oneAt(kind);
        world.faults.onSend(fault);
        const [id = 0] = await world.give([{ path: 'a', sizeBytes: 20 * MiB }]);
        const job = await world.untilState(id, 'completed');
        expect([fault, service.bodies.length, service.assets.length]).toEqual([fault, 1, 1]);
        expect(job.attempts).toBe(1);
        await world.close();
      }
    });

    it(`no lost answer of the API makes a second body or asset: ${kind}`, async () => {
      for (const op of ['reserve', 'renew', 'inspect', 'complete', 'poll'] as const) {
        for (const fault of ['answer-lost', 'request-lost', 'hangs', 'server-error', 'junk'] as const) {
          const { world, service } = await oneAt(kind);
          service.pollsNeeded = 2;
          world.faults.onSend('answer-lost');
          world.faults.onApi(op, fault, { times: 2 });
          const [id = 0] = await world.give(['a']);
          await world.untilState(id, 'completed');
          expect([op, fault, service.bodies.length, service.assets.length]).toEqual([op, fault, 1, 1]);
          await world.close();
        }
      }
    });
  }

  it('an asset that the service declared failed is sent again, and costs an attempt', async () => {
    const { world, service } = await oneAt('flora');
    world.faults.onApi('poll', 'asset-failed');
    service.pollsNeeded = 2;
    const [id = 0] = await world.give(['a']);
    const job = await world.untilState(id, 'completed');
    expect(job.attempts).toBe(1);
    expect(service.bodies).toHaveLength(2);
    expect(service.assets).toHaveLength(1);
    await world.close();
  });
});

describe('slow down', () => {
  it('Retry-After holds the destination with one countdown, attempts untouched, and all go on after it', async () => {
    const { world, service } = await oneAt('runflow');
    world.faults.onApi('reserve', { throttledMs: 30_000 }, { times: 4 });
    await world.give(names(30));
    await world.time.until(() => world.queue.holdOf('d1') !== null);
    const hold = world.queue.holdOf('d1');
    expect(hold).toMatchObject({ kind: 'rate-limited', failure: { code: 'rate-limited' } });
    const asked = service.requests.length;
    await world.time.advance(25_000);
    expect(world.queue.holdOf('d1')?.until).toBe(hold?.until);
    expect(service.requests.length - asked).toBeLessThanOrEqual(4);
    const changes = world.holdChanges;
    await world.time.advance(8000);
    expect(world.queue.holdOf('d1')).toBeNull();
    expect(world.holdChanges).toBeGreaterThan(changes);
    await world.untilAll('completed', undefined, 60_000);
    expect((await world.keeper.jobs()).every(({ attempts }) => attempts === 0)).toBe(true);
    await world.close();
  });

  it('a service that always says so is asked less and less', async () => {
    const { world, service } = await oneAt('runflow');
    world.faults.onApi('reserve', { throttledMs: null }, { times: 1_000_000 });
    await world.give(names(50));
    await world.time.advance(3_600_000);
    expect(service.requests.length).toBeLessThan(250);
    expect(world.queue.holdOf('d1')?.kind).toBe('rate-limited');
    await world.close();
  });

  it('the hold outlives the process', async () => {
    const { world, service } = await oneAt('runflow');
    world.faults.onApi('reserve', { throttledMs: 60_000 });
    await world.give(['a']);
    await world.time.until(() => world.queue.holdOf('d1') !== null);
    await world.time.advance(100);
    await world.close();
    await world.open();
    const asked = service.requests.length;
    await world.time.advance(50_000);
    expect(service.requests.length).toBe(asked);
    await world.untilAll('completed', undefined, 30_000);
    await world.close();
  });
});

describe('an unreachable service', () => {
  it('is probed by one job at a time, costs nothing, and is back at full speed at once', async () => {
    const { world, service } = await oneAt('runflow');
    world.line.bytesPerSecond = MiB;
    await world.give(names(40).map((path) => ({ path, sizeBytes: 4 * MiB })));
    await world.time.until(() => service.bodies.length === 4);
    service.isApiUp = false;
    service.isStoreUp = false;
    await world.time.until(() => world.queue.holdOf('d1')?.kind === 'unreachable');
    await world.time.advance(10_000);
    let most = 0;
    world.time.watch = () => {
      most = Math.max(most, world.queue.active().length);
    };
    const asked = service.requests.length;
    await world.time.advance(600_000);
    expect(most).toBe(1);
    // One probe, at most with a question whether the API is there, per 60 to 75 s after the first ones.
    expect(service.requests.length - asked).toBeLessThan(40);
    world.time.watch = () => {};
    service.isApiUp = true;
    service.isStoreUp = true;
    await world.time.until(() => world.queue.holdOf('d1') === null, 80_000);
    const back = world.time.elapsed;
    await world.time.until(() => world.line.sending === 4);
    expect(world.time.elapsed - back).toBeLessThan(500);
    await world.untilAll('completed');
    expect((await world.keeper.jobs()).every(({ attempts }) => attempts <= 1)).toBe(true);
    await world.close();
    expect(world.notices).toEqual([]);
  });

  it('an upload that still goes on keeps nobody from looking whether it is back', async () => {
    const { world, service } = await oneAt('runflow');
    world.line.bytesPerSecond = 100_000;
    await world.give([{ path: 'long', sizeBytes: 100 * MiB }]);
    await world.time.until(() => world.line.sending === 1);
    service.isApiUp = false;
    await world.give(['short']);
    await world.time.until(() => world.queue.holdOf('d1')?.kind === 'unreachable');
    service.isApiUp = true;
    const [, short = 0] = (await world.keeper.jobs()).map(({ id }) => id);
    await world.time.until(async () => (await world.job(short)).state.name === 'completed', 120_000);
    expect(world.line.sending).toBe(1);
    await world.close();
  });

  it('a store that cannot be reached while the API answers is the fault of the target, and stops no other', async () => {
    const { world, service } = await oneAt('runflow');
    service.isStoreUp = false;
    const [id = 0] = await world.give(['a']);
    const job = await world.untilState(id, 'failed');
    expect(job).toMatchObject({ attempts: 8, state: { failure: { code: 'target-unreachable' } } });
    expect(world.queue.holdOf('d1')).toBeNull();
    await world.close();
  });

  it('also where the API was not heard for long', async () => {
    const { world, service } = await oneAt('runflow');
    world.line.bytesPerSecond = MiB;
    const [id = 0] = await world.give([{ path: 'a', sizeBytes: 100 * MiB }]);
    await world.time.until(() => world.line.sending === 1);
    await world.time.advance(40_000);
    await world.time.during(world.queue.pause({ ids: [id] }));
    service.isStoreUp = false;
    await world.time.advance(60_000);
    await world.time.during(world.queue.resume({ ids: [id] }));
    const job = await world.untilState(id, 'failed');
    expect(job).toMatchObject({ state: { failure: { code: 'target-unreachable' } } });
    await world.close();
  });
});

describe('a refused key', () => {
  it('blocks the destination, no other, and unblocking brings all back together', async () => {
    const world = memoryWorld({
      destinations: [
        { id: 'd1', kind: 'runflow' },
        { id: 'd2', kind: 'runflow' },
      ],
    });
    await world.open();
    world.service('d1').isKeyGood = false;
    await world.give([...names(40, 'a'), ...names(40, 'b').map((path) => ({ path, destinationId: 'd2' }))]);
    await world.time.until(async () =>
      (await world.keeper.jobs()).every(
        ({ destinationId, state }) => destinationId === 'd1' || state.name === 'completed',
      ),
    );
    await world.time.advance(600_000);
    expect(world.queue.holdOf('d1')).toMatchObject({ kind: 'blocked', failure: { code: 'key-refused' } });
    expect(world.service('d1').requests.length).toBeLessThanOrEqual(4);
    const blocked = (await world.keeper.jobs()).filter(({ state }) => state.name === 'blocked');
    expect(blocked.length).toBeGreaterThan(0);
    expect(blocked.every(({ attempts }) => attempts === 0)).toBe(true);
    world.service('d1').isKeyGood = true;
    await world.time.during(world.queue.unblock('d1'));
    await world.untilAll('completed', undefined, 60_000);
    await world.close();
  });

  it('an old key that is refused after another was given asks for no key again', async () => {
    for (const kind of kinds) {
      const { world, service } = await oneAt(kind);
      service.isKeyGood = false;
      await world.give(['a']);
      await world.time.until(() => service.requests.length > 0);
      // The service has refused the old key by now, and its answer is on the way back.
      await world.time.advance(service.apiMs * 0.75);
      service.isKeyGood = true;
      await world.time.during(world.queue.unblock('d1'));
      await world.untilAll('completed', undefined, 60_000);
      expect(service.assets).toHaveLength(1);
      expect(service.requests.length).toBeGreaterThan(1);
      await world.close();
    }
  });

  it('a retry of one of its jobs tries the destination again', async () => {
    const { world, service } = await oneAt('runflow');
    service.isKeyGood = false;
    const [id = 0] = await world.give(['a']);
    await world.untilState(id, 'blocked');
    service.isKeyGood = true;
    await world.time.during(world.queue.retry({ ids: [id] }));
    await world.untilState(id, 'completed');
    await world.close();
  });
});

describe('one bad thing', () => {
  it('one file that cannot be sent disturbs no other', async () => {
    const { world, service } = await oneAt('runflow');
    service.maxBytes = MiB;
    world.faults.onSend('cut', { name: 'cut', times: 100 });
    world.faults.onApi('complete', 'server-error', { name: 'deaf', times: 100 });
    const bad = await world.give([{ path: 'large', sizeBytes: 2 * MiB }, 'cut', 'deaf']);
    const good = await world.give(names(50));
    await world.untilAll('completed', good, 60_000);
    await world.time.until(async () =>
      (await world.keeper.jobs()).every(
        ({ id, state }) => !bad.includes(id) || ['blocked', 'failed'].includes(state.name),
      ),
    );
    expect((await world.keeper.jobs()).slice(0, 3).map(({ state }) => state.name)).toEqual([
      'blocked',
      'failed',
      'failed',
    ]);
    await world.close();
  });

  it('a destination that is removed lets its jobs say so', async () => {
    const { world } = await oneAt('runflow');
    world.line.bytesPerSecond = 100_000;
    await world.give(names(10).map((path) => ({ path, sizeBytes: MiB })));
    await world.time.until(() => world.line.sending === 4);
    world.destinations.delete('d1');
    await world.time.during(world.queue.destinationRemoved('d1'));
    await world.untilAll('blocked', undefined, 60_000);
    const jobs = await world.keeper.jobs();
    expect(
      jobs.every(({ state }) => state.name === 'blocked' && state.failure.code === 'destination-missing'),
    ).toBe(true);
    await world.close();
  });
});
