/** Jobs that go to the upload edges of one flow run. */
import { describe, expect, it } from 'vitest';
import { MiB, memoryWorld } from '../support/sim-world.ts';

async function flowRun({ isApiUp = true } = {}) {
  const world = memoryWorld({ destinations: [{ id: 'd1', kind: 'pupload' }] });
  world.line.bytesPerSecond = MiB;
  world.service().isApiUp = isApiUp;
  await world.open();
  const edges = ['image', 'mask', 'style'];
  const ids = await world.give(edges.map((edge) => ({ path: edge, edge, groupId: 'g', sizeBytes: MiB })));
  const [image = 0, mask = 0, style = 0] = ids;
  const states = async () => (await world.keeper.jobs()).map(({ state }) => state.name);
  return { world, ids, image, mask, style, states, service: world.service() };
}

describe('a flow run', () => {
  it('is reserved once for all its files, and gives each its asset', async () => {
    const { world, service } = await flowRun();
    await world.untilAll('completed');
    expect(service.requestsOf('reserve')).toBe(1);
    expect(service.bodies).toHaveLength(3);
    expect(service.assets).toHaveLength(3);
    expect(new Set(service.assets.map(({ slot }) => slot.remoteId)).size).toBe(1);
    await world.close();
  });

  it('a lost answer is asked for again for all, with one attempt each, and without spinning', async () => {
    const { world, service } = await flowRun();
    world.faults.onApi('reserve', 'answer-lost', { times: 3 });
    await world.untilAll('completed');
    expect(service.requestsOf('reserve')).toBe(4);
    expect((await world.keeper.jobs()).map(({ attempts }) => attempts)).toEqual([3, 3, 3]);
    expect(world.process.timersFired).toBeLessThan(60);
    await world.close();
  });

  it('expiry of one edge brings all into the next run', async () => {
    const { world, service, image } = await flowRun();
    service.ttlMs = 4000;
    await world.untilState(image, 'completed');
    await world.untilAll('completed');
    const runs = new Set(service.assets.map(({ slot }) => slot.remoteId));
    expect(runs.size).toBe(1);
    expect(service.assets).toHaveLength(3);
    expect((await world.keeper.jobs()).every(({ attempts }) => attempts === 0)).toBe(true);
    await world.close();
  });

  it('files that never fit into the life of one run together are blocked in bounded time', async () => {
    const { world, states, service } = await flowRun({ isApiUp: false });
    service.isApiUp = true;
    service.ttlMs = 2000;
    world.line.bytesPerSecond = MiB / 4;
    world.laneCeilings.set('d1', 1);
    await world.untilAll('blocked', undefined, 600_000);
    expect(await states()).toEqual(['blocked', 'blocked', 'blocked']);
    const codes = (await world.keeper.jobs()).map(({ state }) =>
      state.name === 'blocked' ? state.failure.code : '',
    );
    expect([...new Set(codes)].sort()).toEqual(['cannot-fit', 'edge-unfilled']);
    // The line is faster now: a retry of the one brings the others with it.
    world.line.bytesPerSecond = 100 * MiB;
    const stuck = (await world.keeper.jobs()).find(
      ({ state }) => state.name === 'blocked' && state.failure.code === 'cannot-fit',
    );
    await world.time.during(world.queue.retry({ ids: [stuck?.id ?? 0] }));
    await world.untilAll('completed');
    await world.close();
  });

  it('one whose file is missing blocks the others, and frees them when it is given again', async () => {
    const { world, mask, states, service } = await flowRun({ isApiUp: false });
    world.files.remove('mask');
    service.isApiUp = true;
    await world.untilAll('blocked', undefined, 600_000);
    const file = world.files.write('mask', 5000);
    await world.time.during(world.queue.changed(mask, file));
    await world.untilAll('completed');
    expect(await states()).toEqual(['completed', 'completed', 'completed']);
    await world.close();
  });

  it('that fails as a whole tells each of its jobs so, and a retry of one starts it again for all', async () => {
    const { world, ids, states, service } = await flowRun();
    world.faults.onApi('poll', 'asset-failed', { times: 3 });
    service.pollsNeeded = 2;
    await world.untilAll('failed');
    const codes = (await world.keeper.jobs()).map(({ state }) =>
      state.name === 'failed' ? state.failure.code : '',
    );
    expect(codes).toEqual(['flow-run-failed', 'flow-run-failed', 'flow-run-failed']);
    await world.time.during(world.queue.retry({ ids: ids.slice(1, 2) }));
    await world.untilAll('completed');
    expect(await states()).toEqual(['completed', 'completed', 'completed']);
    expect(service.requestsOf('reserve')).toBe(2);
    await world.close();
  });

  it('a failure that keeps the run alive disturbs no other edge', async () => {
    const { world, service } = await flowRun();
    world.faults.onSend('cut', { name: 'mask', times: 2 });
    await world.untilAll('completed');
    expect(service.requestsOf('reserve')).toBe(1);
    expect(service.bodies).toHaveLength(3);
    await world.close();
  });

  it.each(['before it is reserved', 'while bytes go'])(
    'a canceled edge blocks the others: %s',
    async (moment) => {
      const { world, mask, states, service } = await flowRun({ isApiUp: moment === 'while bytes go' });
      if (moment === 'while bytes go') await world.time.until(() => service.sends === 3);
      await world.time.during(world.queue.cancel({ ids: [mask] }));
      service.isApiUp = true;
      await world.time.until(async () => (await states()).filter((name) => name === 'blocked').length === 2);
      const jobs = await world.keeper.jobs();
      expect(jobs.map(({ state }) => ('failure' in state ? state.failure?.code : state.name))).toEqual([
        'edge-unfilled',
        'canceled',
        'edge-unfilled',
      ]);
      expect(service.requestsOf('reserve')).toBeLessThanOrEqual(1);
      expect(service.assets).toHaveLength(0);
      await world.close();
    },
  );

  it('a cancellation that the process did not outlive reaches the others, too', async () => {
    const { world, mask, states, service } = await flowRun();
    await world.time.until(() => service.sends === 3);
    const { keeper } = world;
    keeper.afterWrite = () => {
      if (keeper.disk.jobs.get(mask)?.state.name === 'canceled') world.kill();
    };
    world.queue.cancel({ ids: [mask] }).catch(() => {});
    await world.time.until(() => !world.isOpen);
    keeper.afterWrite = () => {};
    await world.open();
    await world.time.until(
      async () => (await states()).filter((name) => name === 'blocked').length === 2,
      120_000,
    );
    await world.close();
  });

  it('canceling one while the run is reserved cancels only that one', async () => {
    const { world, image, states } = await flowRun();
    await world.time.until(async () => (await states()).every((name) => name === 'reserving'));
    await world.time.during(world.queue.cancel({ ids: [image] }));
    await world.time.advance(1000);
    expect(await states()).toEqual(['canceled', 'blocked', 'blocked']);
    await world.close();
  });

  it('a retry of one retries all that ended with it, whatever the filter', async () => {
    const { world, mask, states, service } = await flowRun();
    await world.time.until(() => service.sends === 3);
    await world.time.during(world.queue.cancel({ ids: [mask] }));
    await world.time.until(async () => (await states()).filter((name) => name === 'blocked').length === 2);
    await world.time.during(world.queue.retry({ states: ['canceled'] }));
    await world.untilAll('completed');
    expect(service.assets).toHaveLength(3);
    await world.close();
  });

  it('a member that is paused keeps the others waiting without a timer, and frees them when it goes on', async () => {
    const { world, mask, states } = await flowRun({ isApiUp: false });
    await world.time.during(world.queue.pause({ ids: [mask] }));
    world.service().isApiUp = true;
    await world.time.advance(100_000);
    expect(await states()).toEqual(['queued', 'paused', 'queued']);
    const writes = world.keeper.writes;
    const fired = world.process.timersFired;
    await world.time.advance(3_600_000);
    expect(world.keeper.writes).toBe(writes);
    expect(world.process.timersFired - fired).toBeLessThan(70);
    await world.time.during(world.queue.resume({ ids: [mask] }));
    await world.untilAll('completed', undefined, 10_000);
    await world.close();
  });

  it('an edge that must go again recalls those whose bytes went to the run that is lost', async () => {
    const { world, image, mask, style, states, service } = await flowRun();
    await world.time.until(() => service.bodies.length === 1);
    const first = (await world.keeper.jobs()).find(({ path }) => path === service.bodies[0]?.path)?.id ?? 0;
    const other = [image, mask, style].find((id) => id !== first) ?? 0;
    world.files.remove((await world.job(other)).path);
    // Its file changes, so that its part of the run is worth nothing.
    const file = world.files.write((await world.job(other)).path, 700_000);
    await world.time.during(world.queue.changed(other, file));
    await world.untilAll('completed');
    expect(await states()).toEqual(['completed', 'completed', 'completed']);
    const runs = new Set(service.assets.map(({ slot }) => slot.remoteId));
    expect(runs.size).toBe(1);
    expect(service.requestsOf('reserve')).toBe(2);
    await world.close();
  });

  it('goes on after a crash at any write, with one asset per edge', { timeout: 60_000 }, async () => {
    for (let cut = 1; cut < 40; cut += 1) {
      const world = memoryWorld({ destinations: [{ id: 'd1', kind: 'pupload' }] });
      world.line.bytesPerSecond = 10 * MiB;
      await world.open();
      let hasDied = false;
      world.keeper.afterWrite = (write) => {
        if (write !== cut) return;
        hasDied = true;
        world.kill();
      };
      const orders = world.orders(['image', 'mask'].map((edge) => ({ path: edge, edge, groupId: 'g' })));
      world.queue.add(orders).catch(() => {});
      await world.time.advance(60_000);
      if (hasDied) await world.open();
      await world.untilAll('completed');
      const jobs = await world.keeper.jobs();
      expect([cut, jobs.length, world.service().assets.length]).toEqual([cut, 2, 2]);
      await world.close();
      if (!hasDied) break;
    }
  });
});
