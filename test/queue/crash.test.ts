/** The process dies, sleeps or ends, at every instant. */
import { describe, expect, it } from 'vitest';
import type { ProviderKind } from '#shared/destination.ts';
import { MiB, memoryWorld } from '../support/sim-world.ts';

const kinds: readonly ProviderKind[] = ['runflow', 'flora', 'cyberun', 'pupload'];

async function lifeAt(kind: ProviderKind) {
  const world = memoryWorld({ destinations: [{ id: 'd1', kind }] });
  world.service().pollsNeeded = 1;
  await world.open();
  const orders = world.orders(['a', 'b', 'c'].map((path) => ({ path, sizeBytes: 200_000 })));
  return { world, service: world.service(), orders };
}

for (const kind of kinds) {
  describe(`a crash at ${kind}`, () => {
    it.each(['before', 'after'])(
      '%s any write loses nothing and sends nothing twice',
      { timeout: 60_000 },
      async (side) => {
        for (let cut = 1; ; cut += 1) {
          const { world, service, orders } = await lifeAt(kind);
          let hasDied = false;
          const die = (write: number) => {
            if (write !== cut || hasDied) return false;
            hasDied = true;
            world.kill();
            return true;
          };
          if (side === 'before')
            world.keeper.beforeWrite = (write) => (die(write) ? new Promise<void>(() => {}) : undefined);
          else world.keeper.afterWrite = die;
          world.queue.add(orders).catch(() => {});
          await world.time.advance(30_000);
          if (!hasDied) {
            await world.close();
            break;
          }
          const wasAccepted = (await world.keeper.jobs()).length === 3;
          await world.open();
          if (!wasAccepted) await world.time.during(world.queue.add(orders));
          await world.untilAll('completed', undefined, 600_000);
          const jobs = await world.keeper.jobs();
          expect([cut, jobs.length]).toEqual([cut, 3]);
          expect(jobs.every(({ attempts }) => attempts === 0)).toBe(true);
          expect([cut, service.assets.length]).toEqual([cut, 3]);
          expect([cut, service.bodies.length]).toEqual([cut, 3]);
          await world.close();
          expect(world.notices).toEqual([]);
        }
      },
    );

    it('between writes, ms by ms, loses nothing and makes no second asset', { timeout: 60_000 }, async () => {
      for (let moment = 1; moment < 260; moment += 1) {
        const { world, service, orders } = await lifeAt(kind);
        await world.time.during(world.queue.add(orders));
        await world.time.advance(moment);
        const wereUploaded = (await world.keeper.jobs())
          .filter(({ state }) => ['completing', 'processing', 'completed'].includes(state.name))
          .map(({ path }) => path);
        world.kill();
        const bodies = new Map(orders.map(({ order }) => [order.path, service.bodiesOf(order.path).length]));
        await world.time.advance(5000);
        await world.open();
        await world.untilAll('completed', undefined, 600_000);
        expect([moment, service.assets.length]).toEqual([moment, 3]);
        for (const path of wereUploaded) expect(service.bodiesOf(path).length).toBe(bodies.get(path));
        await world.close();
      }
    });
  });
}

describe('sleep', () => {
  it('interrupts everything, starts nothing, and goes on where it was', async () => {
    for (let moment = 0; moment < 250; moment += 1) {
      const world = memoryWorld();
      const service = world.service();
      service.pollsNeeded = 1;
      await world.open();
      await world.give(['a', 'b', 'c', 'd', 'e', 'f']);
      await world.time.advance(moment);
      await world.time.during(world.queue.suspend());
      expect(world.queue.active()).toEqual([]);
      await world.time.advance(50);
      const requests = service.requests.length;
      const writes = world.keeper.writes;
      await world.time.advance(8 * 3_600_000);
      expect(service.requests.length).toBe(requests);
      expect(world.keeper.writes - writes).toBeLessThanOrEqual(6);
      world.queue.awake();
      await world.untilAll('completed', undefined, 60_000);
      expect([moment, service.bodies.length, service.assets.length]).toEqual([moment, 6, 6]);
      expect((await world.keeper.jobs()).every(({ attempts }) => attempts === 0)).toBe(true);
      await world.close();
    }
  });
});

describe('the end', () => {
  it('leaves nothing behind, at any moment, and the next life goes on', async () => {
    for (let moment = 0; moment < 250; moment += 1) {
      const world = memoryWorld();
      const service = world.service();
      service.pollsNeeded = 1;
      await world.open();
      await world.give(['a', 'b', 'c', 'd', 'e', 'f']);
      await world.time.advance(moment);
      const { queue, process } = world;
      await world.close();
      expect(queue.active()).toEqual([]);
      await world.time.advance(1000);
      const timers = process.timersFired;
      const writes = world.keeper.writes;
      await world.time.advance(3_600_000);
      expect(process.timersFired).toBe(timers);
      expect(world.time.pendingOf(process)).toBe(0);
      expect(world.keeper.writes).toBe(writes);
      const left = (await world.keeper.jobs()).map(({ state }) => state.name);
      for (const name of left) expect(['queued', 'waiting', 'processing', 'completed']).toContain(name);
      await world.open();
      expect(world.queue.recovered).toBe(0);
      await world.untilAll('completed', undefined, 60_000);
      expect([moment, service.bodies.length, service.assets.length]).toEqual([moment, 6, 6]);
      await world.close();
      expect(world.notices).toEqual([]);
    }
  });
});

describe('rest', () => {
  it('an hour with nothing to do fires a timer a minute, writes nothing and asks nobody', async () => {
    const world = memoryWorld({
      destinations: [
        { id: 'd1', kind: 'runflow' },
        { id: 'd2', kind: 'flora' },
      ],
    });
    await world.open();
    await world.give(Array.from({ length: 30 }, (_, index) => ({ path: `f${index}`, sizeBytes: MiB })));
    await world.untilAll('completed');
    const [blocked = 0] = await world.give([{ path: 'gone', destinationId: 'd2' }]);
    world.files.remove('gone');
    await world.untilState(blocked, 'blocked', 'completed');
    await world.time.advance(10_000);
    const fired = world.process.timersFired;
    const { writes, reads } = world.keeper.journal;
    const asked = world.service('d1').requests.length + world.service('d2').requests.length;
    await world.time.advance(3_600_000);
    expect(world.process.timersFired - fired).toBeLessThanOrEqual(61);
    expect(world.keeper.journal.writes).toBe(writes);
    expect(world.keeper.journal.reads - reads).toBeLessThan(61 * 12);
    expect(world.service('d1').requests.length + world.service('d2').requests.length).toBe(asked);
    expect(world.queue.active()).toEqual([]);
    await world.close();
  });
});
