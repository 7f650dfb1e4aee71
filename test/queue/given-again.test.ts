/** Files that are given again after their jobs ended: they go again, and those of a flow run as one run. */
import { describe, expect, it } from 'vitest';
import { MiB, memoryWorld } from '../support/sim-world.ts';

async function flowWorld() {
  const world = memoryWorld({ destinations: [{ id: 'd1', kind: 'pupload' }] });
  world.line.bytesPerSecond = MiB;
  await world.open();
  const give = (groupId: string, paths: readonly string[]) =>
    world.give(
      paths.map((path, index) => ({
        path,
        edge: ['image', 'mask', 'style'][index] ?? '',
        groupId,
        sizeBytes: MiB,
      })),
    );
  const states = async () => (await world.keeper.jobs()).map(({ state }) => state.name);
  return { world, give, states, service: world.service() };
}

const whole = ['a', 'b', 'c'];

describe('a flow run that is given again', () => {
  it('goes again as a whole where it failed', async () => {
    const { world, give, service } = await flowWorld();
    world.faults.onApi('poll', 'asset-failed', { times: 3 });
    service.pollsNeeded = 2;
    const ids = await give('g1', whole);
    await world.untilAll('failed');
    expect(await give('g2', whole)).toEqual(ids);
    await world.untilAll('completed');
    expect(service.requestsOf('reserve')).toBe(2);
    await world.close();
  });

  it.each([1, 3])('goes again as a whole where %i of its files were canceled', async (count) => {
    const { world, give, states, service } = await flowWorld();
    const ids = await give('g1', whole);
    await world.time.until(() => service.sends === 3);
    await world.time.during(world.queue.cancel({ ids: ids.slice(0, count) }));
    await world.time.until(async () =>
      (await states()).every((name) => ['canceled', 'blocked'].includes(name)),
    );
    expect(await give('g2', whole)).toEqual(ids);
    await world.untilAll('completed');
    expect(service.assets).toHaveLength(3);
    await world.close();
  });

  it.each(['completed', 'failed'] as const)(
    'with another file is a new run of its own, whatever became of the first: %s',
    async (ended) => {
      const { world, give, service } = await flowWorld();
      if (ended === 'failed') world.faults.onApi('poll', 'asset-failed', { times: 3 });
      service.pollsNeeded = 2;
      const first = await give('g1', whole);
      await world.untilAll(ended);
      const second = await give('g2', ['a', 'b', 'x']);
      expect(second.filter((id) => first.includes(id))).toEqual([]);
      await world.untilAll('completed', second);
      // The first run stays as it was: nobody gave it again.
      await world.untilAll(ended, first);
      await world.close();
    },
  );

  it('is there already where it is done', async () => {
    const { world, give, service } = await flowWorld();
    const ids = await give('g1', whole);
    await world.untilAll('completed');
    expect(await give('g2', whole)).toEqual(ids);
    await world.time.advance(10_000);
    expect(service.requestsOf('reserve')).toBe(1);
    await world.close();
  });
});

describe('a single file that is given again', () => {
  it('goes again where its job failed', async () => {
    const world = memoryWorld();
    await world.open();
    world.faults.onApi('reserve', 'server-error', { times: 8 });
    const [id = 0] = await world.give(['a']);
    await world.untilState(id, 'failed');
    expect(await world.give(['a'])).toEqual([id]);
    await world.untilState(id, 'completed');
    await world.close();
  });

  it('goes again where its job was canceled', async () => {
    const world = memoryWorld();
    world.line.bytesPerSecond = 1000;
    await world.open();
    const [id = 0] = await world.give(['a']);
    await world.untilState(id, 'uploading');
    await world.time.during(world.queue.cancel({ ids: [id] }));
    world.line.bytesPerSecond = MiB;
    const [again = 0] = await world.give(['a']);
    await world.untilState(again, 'completed');
    expect(world.service().assets).toHaveLength(1);
    await world.close();
  });
});
