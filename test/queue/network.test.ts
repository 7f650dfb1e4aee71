/** The machine says that the network is back, or is another one. */
import { describe, expect, it } from 'vitest';
import { memoryWorld } from '../support/sim-world.ts';

/** A service that nobody reaches, met often enough that its next probe is far away. */
async function farProbe() {
  const world = memoryWorld();
  const service = world.service();
  await world.open();
  service.isApiUp = false;
  await world.give(['a', 'b', 'c']);
  await world.time.advance(10 * 60_000);
  const probeAt = world.queue.holdOf('d1')?.until ?? 0;
  expect(probeAt - world.time.wall).toBeGreaterThan(5000);
  service.isApiUp = true;
  return { world, service };
}

describe('a network that is back', () => {
  it('is tried at once, and costs no attempt', async () => {
    const { world, service } = await farProbe();
    world.queue.networkChanged();
    await world.time.advance(5000);
    const jobs = await world.keeper.jobs();
    expect(jobs.map(({ state, attempts }) => [state.name, attempts])).toEqual([
      ['completed', 0],
      ['completed', 0],
      ['completed', 0],
    ]);
    expect(service.assets.length).toBe(3);
    await world.close();
  });

  it('wakes no queue that sleeps', async () => {
    const { world, service } = await farProbe();
    await world.time.during(world.queue.suspend());
    const before = service.requests.length;
    world.queue.networkChanged();
    await world.time.advance(60_000);
    expect(service.requests.length).toBe(before);
    world.queue.awake();
    await world.untilAll('completed', undefined, 60_000);
    await world.close();
  });
});
