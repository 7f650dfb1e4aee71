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

describe('what is asked of a queue on a full disk', () => {
  async function fullWorld() {
    const world = memoryWorld();
    world.line.bytesPerSecond = MiB;
    await world.open();
    const [running = 0, paused = 0] = await world.give([
      { path: 'a', sizeBytes: 5 * MiB },
      { path: 'b', sizeBytes: 5 * MiB },
    ]);
    await world.untilState(running, 'uploading');
    await world.time.during(world.queue.pause({ ids: [paused] }));
    return { world, running, paused };
  }
  type World = Awaited<ReturnType<typeof fullWorld>>;

  it.each<readonly [string, (all: World) => Promise<unknown>]>([
    ['pausing what runs', ({ world, running }) => world.queue.pause({ ids: [running] })],
    ['resuming', ({ world, paused }) => world.queue.resume({ ids: [paused] })],
    ['canceling', ({ world }) => world.queue.cancel({})],
    ['moving to the top', ({ world }) => world.queue.moveToTop({})],
    ['giving a file', ({ world }) => world.queue.add(world.orders(['c']))],
    [
      'giving a file again',
      ({ world }) => world.queue.add(world.orders([{ path: 'b', sizeBytes: 5 * MiB }])),
    ],
    ['telling of a new path', ({ world, paused }) => world.queue.moved(paused, '/x', 'x')],
  ])(
    '%s is refused at once, whether the queue knows of it or not, and all goes on with room',
    async (_, ask) => {
      for (const isKnown of [true, false]) {
        const all = await fullWorld();
        const { world, running, paused } = all;
        world.keeper.journal.isFull = true;
        if (isKnown) await world.time.until(() => world.queue.holdOf('d1')?.kind === 'disk-full');
        const before = world.time.elapsed;
        await expect(world.time.during(ask(all))).rejects.toMatchObject({ code: 'disk-full' });
        expect(world.time.elapsed - before).toBeLessThan(1000);
        world.keeper.journal.isFull = false;
        await world.time.advance(5000);
        await world.time.during(world.queue.resume({}));
        await world.time.during(world.queue.retry({}));
        await world.untilAll('completed', [running, paused]);
        expect(world.service().assets.length).toBeLessThanOrEqual(3);
        await world.close();
      }
    },
  );

  it('a pause of a destination does not wait for the disk', async () => {
    const { world, running } = await fullWorld();
    world.keeper.journal.isFull = true;
    world.pausedDestinations.add('d1');
    await world.time.during(world.queue.settingsChanged());
    world.keeper.journal.isFull = false;
    await world.time.advance(5000);
    expect((await world.job(running)).state.name).toBe('queued');
    await world.close();
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
