/** A queue at services that refuse now and then: how much of them it uses, what waits, and for what. */
import { describe, expect, it } from 'vitest';
import type { SimWorld } from '../support/sim-world.ts';
import { memoryWorld } from '../support/sim-world.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`);

/** API and store share a token bucket that holds a second's requests. */
function limit(world: SimWorld, perSecond: number, throttledMs: number | null) {
  const asked = { accepted: 0, refused: 0, startedAt: world.time.elapsed };
  let tokens = perSecond;
  let filledAt = world.time.elapsed;
  const takes = () => {
    const now = world.time.elapsed;
    tokens = Math.min(perSecond, tokens + ((now - filledAt) * perSecond) / 1000);
    filledAt = now;
    if (tokens < 1) {
      asked.refused += 1;
      return { throttledMs };
    }
    tokens -= 1;
    asked.accepted += 1;
    return null;
  };
  world.faults.rest = { api: takes, send: takes };
  return asked;
}

describe('a service that takes 20 requests a second', () => {
  it.each([
    ['and says nothing', null],
    ['and says when to come again', 1000],
  ])('%s is used well, and is seldom made to refuse', async (_, throttledMs) => {
    const world = memoryWorld({ destinations: [{ id: 'd1', kind: 'runflow', lanes: 8 }] });
    world.line.bytesPerSecond = 1e9;
    const asked = limit(world, 20, throttledMs);
    await world.open();
    await world.give(names(600));
    await world.untilAll('completed');
    const seconds = (world.time.elapsed - asked.startedAt) / 1000;
    expect((asked.accepted - 20) / seconds / 20).toBeGreaterThanOrEqual(0.9);
    expect(asked.refused / (asked.refused + asked.accepted)).toBeLessThanOrEqual(0.05);
    expect((await world.keeper.jobs()).every(({ attempts }) => attempts === 0)).toBe(true);
    await world.close();
  });
});

describe('a service that has refused', () => {
  it('and refuses one more while others go well, is not held: that one waits alone and says why', async () => {
    const world = memoryWorld();
    world.faults.onApi('reserve', { throttledMs: null });
    await world.open();
    await world.give(names(30));
    await world.time.until(() => world.queue.holdOf('d1') !== null);
    await world.time.until(() => world.completed.length > 4);
    world.faults.onApi('reserve', { throttledMs: null });
    const waiting = async () => (await world.keeper.jobs()).find(({ state }) => state.name === 'waiting');
    await world.time.until(async () => (await waiting()) !== undefined);
    expect(world.queue.holdOf('d1')).toBeNull();
    expect(await waiting()).toMatchObject({ attempts: 0, state: { failure: { code: 'rate-limited' } } });
    await world.untilAll('completed', undefined, 60_000);
    await world.close();
  });

  it('is asked nothing while it is held, not even by what was on its way', async () => {
    const world = memoryWorld({ destinations: [{ id: 'd1', kind: 'runflow', lanes: 8 }] });
    // Bytes take a second and a half: files are between two requests when the service refuses.
    world.line.bytesPerSecond = 500_000;
    await world.open();
    const ids = await world.give(names(40));
    await world.time.until(() => world.completed.length > 4);
    world.faults.onApi('reserve', { throttledMs: 20_000 });
    await world.time.until(() => world.queue.holdOf('d1') !== null);
    // What had left is answered.
    await world.time.advance(100);
    const service = world.service();
    const asked = service.requests.length;
    await world.time.advance(19_000);
    expect(service.requests.length).toBe(asked);
    const jobs = await world.keeper.jobs();
    expect(jobs.filter(({ state }) => state.name === 'queued' || state.name === 'completed')).toHaveLength(
      ids.length,
    );
    await world.untilAll('completed', undefined, 120_000);
    expect(service.bodies).toHaveLength(ids.length);
    await world.close();
  });
});
