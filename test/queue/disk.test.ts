/** The journal's disk: full, broken, slow. */
import { describe, expect, it } from 'vitest';
import { MiB, memoryWorld } from '../support/sim-world.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`);

describe('a full disk', () => {
  it('holds everything: nothing is asked or sent before its write is on disk, and all goes on with room', async () => {
    for (let moment = 0; moment < 200; moment += 1) {
      const world = memoryWorld();
      const service = world.service();
      await world.open();
      await world.give(names(6));
      await world.time.advance(moment);
      world.keeper.journal.isFull = true;
      // What had been announced on disk may still be done; after it nothing is.
      await world.time.advance(200);
      const requests = service.requests.length;
      const sends = service.sends;
      const before = await world.keeper.jobs();
      await world.time.advance(30_000);
      expect(service.requests.length).toBe(requests);
      expect(service.sends).toBe(sends);
      expect(await world.keeper.jobs()).toEqual(before);
      if (before.some(({ state }) => state.name !== 'completed')) {
        expect(world.queue.holdOf('d1')).toMatchObject({ kind: 'disk-full', failure: { code: 'disk-full' } });
      }
      world.keeper.journal.isFull = false;
      await world.untilAll('completed', undefined, 60_000);
      await world.time.advance(3000);
      expect(world.queue.holdOf('d1')).toBeNull();
      expect([moment, service.bodies.length, service.assets.length]).toEqual([moment, 6, 6]);
      expect(world.notices).toEqual([]);
      await world.close();
    }
  });

  it('refuses what is given, and keeps nobody from opening or closing', async () => {
    const world = memoryWorld();
    world.line.bytesPerSecond = MiB;
    await world.open();
    const [id = 0] = await world.give([{ path: 'a', sizeBytes: 5 * MiB }]);
    await world.untilState(id, 'uploading');
    world.kill();
    const { keeper } = world;
    const open = keeper.open.bind(keeper);
    keeper.open = async (process) => {
      const journal = await open(process);
      keeper.journal.isFull = true;
      return journal;
    };
    await world.open();
    expect(world.queue.recovered).toBe(0);
    expect(world.queue.holdOf('d1')?.kind).toBe('disk-full');
    await expect(world.give(['b'])).rejects.toMatchObject({ code: 'disk-full' });
    await world.time.advance(10_000);
    await world.close();
    await world.open();
    keeper.journal.isFull = false;
    await world.untilState(id, 'completed');
    expect(world.queue.recovered).toBe(1);
    await world.close();
    expect(world.notices).toEqual([]);
  });
});

describe('a write that fails', () => {
  it('once, whichever it is, loses nothing and sends nothing twice', async () => {
    for (let failing = 2; failing < 40; failing += 1) {
      const world = memoryWorld();
      const service = world.service();
      service.pollsNeeded = 1;
      await world.open();
      let hasFailed = false;
      world.keeper.beforeWrite = (write) => {
        if (write !== failing) return;
        hasFailed = true;
        throw new Error('The disk gave an error.');
      };
      await world.give(names(3));
      await world.untilAll('completed', undefined, 120_000);
      expect([failing, service.assets.length]).toEqual([failing, 3]);
      expect(service.bodies.length).toBe(3);
      expect(world.notices.length).toBe(hasFailed ? 1 : 0);
      await world.close();
      if (!hasFailed) break;
    }
  });

  it('always, is tried with rests, told once a minute, and nothing spins', async () => {
    const world = memoryWorld();
    await world.open();
    await world.give(names(3));
    world.keeper.beforeWrite = () => {
      throw new Error('The disk gave an error.');
    };
    const writes = world.keeper.writes;
    await world.time.advance(600_000);
    expect(world.keeper.writes - writes).toBeLessThan(600 * 5);
    expect(world.process.timersFired).toBeLessThan(1300);
    expect(world.notices.length).toBeLessThanOrEqual(11);
    expect(world.queue.active()).toEqual([]);
    world.keeper.beforeWrite = () => {};
    await world.untilAll('completed', undefined, 60_000);
    await world.close();
  });
});
