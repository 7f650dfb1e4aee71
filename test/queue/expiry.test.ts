/** Targets that run out: renewed, never an error. */
import { describe, expect, it } from 'vitest';
import { MiB, memoryWorld } from '../support/sim-world.ts';

const one = (ttlMs: number | null, bytesPerSecond = MiB) => {
  const world = memoryWorld({ destinations: [{ id: 'd1', kind: 'runflow', lanes: 1 }] });
  world.service().ttlMs = ttlMs;
  world.line.bytesPerSecond = bytesPerSecond;
  return world;
};

describe('expiry', () => {
  it('a TTL of 2 s with a slow link completes where the store looks at the start', async () => {
    const world = one(2000, 100_000);
    await world.open();
    await world.give(Array.from({ length: 5 }, (_, index) => ({ path: `f${index}`, sizeBytes: MiB })));
    await world.untilAll('completed');
    const jobs = await world.keeper.jobs();
    expect(jobs.every(({ attempts, renewals }) => attempts === 0 && renewals === 0)).toBe(true);
    expect(world.service().bodies).toHaveLength(5);
    await world.close();
  });

  it('a file that cannot fit is renewed at once, after 1, 5, 15 and 15 s, then blocked with its numbers', async () => {
    const world = one(2000, 100_000);
    world.service().checksAt = 'end';
    await world.open();
    const [id = 0] = await world.give([{ path: 'big', sizeBytes: MiB }]);
    const job = await world.untilState(id, 'blocked');
    expect(job).toMatchObject({ attempts: 0, renewals: 6 });
    expect(job.state).toMatchObject({
      failure: { code: 'cannot-fit', facts: { sizeBytes: MiB, ttlMs: 2000 } },
    });
    const speed = job.state.name === 'blocked' ? job.state.failure.facts.bytesPerSecond : 0;
    expect(speed).toBeGreaterThan(90_000);
    expect(speed).toBeLessThan(110_000);
    const asked = world
      .service()
      .requests.filter(({ op }) => op === 'renew')
      .map(({ at }) => at);
    const pauses = asked.slice(1).map((at, index) => Math.round((at - (asked[index] ?? 0)) / 1000));
    // Each try takes 10 to 11 s.
    expect(pauses).toEqual([12, 16, 26, 26]);
    expect(world.service().sends).toBe(6);
    const entries = await world.keeper.timeline(id);
    expect(entries.filter(({ kind }) => kind === 'renewed')).toHaveLength(5);
    expect(entries.at(-1)?.kind).toBe('blocked');
    await world.close();
  });

  it('after three renewals in a row it goes alone, with the whole bandwidth, and then fits', async () => {
    const world = memoryWorld({
      destinations: [
        { id: 'd1', kind: 'runflow' },
        { id: 'd2', kind: 'runflow' },
      ],
    });
    world.line.bytesPerSecond = 8 * MiB;
    world.service('d1').ttlMs = 8000;
    world.service('d1').checksAt = 'end';
    await world.open();
    const [big = 0] = await world.give([{ path: 'big', sizeBytes: 40 * MiB }]);
    await world.give(
      Array.from({ length: 120 }, (_, index) => ({
        path: `o${index}`,
        sizeBytes: 9 * MiB,
        destinationId: 'd2',
      })),
    );
    let bestAlone = 0;
    let blocked = false;
    world.time.watch = () => {
      const active = world.queue.active().filter(({ job }) => job.state.name === 'uploading');
      const own = active.find(({ job }) => job.id === big);
      if (own !== undefined && own.job.renewalsInRow >= 3) bestAlone = Math.max(bestAlone, active.length);
      if (world.keeper.disk.jobs.get(big)?.state.name === 'blocked') blocked = true;
    };
    const job = await world.untilState(big, 'completed', 'blocked');
    expect(blocked).toBe(false);
    expect(job).toMatchObject({ renewals: 3, attempts: 0, renewalsInRow: 0 });
    expect(bestAlone).toBe(1);
    await world.untilAll('completed');
    await world.close();
  });

  it('two files of two destinations that must go alone go one after the other', async () => {
    const world = memoryWorld({
      destinations: [
        { id: 'd1', kind: 'runflow' },
        { id: 'd2', kind: 'cyberun' },
      ],
    });
    world.line.bytesPerSecond = 8 * MiB;
    for (const id of ['d1', 'd2']) {
      world.service(id).ttlMs = 7000;
      world.service(id).checksAt = 'end';
    }
    await world.open();
    const size = 40 * MiB;
    await world.give([
      { path: 'a', sizeBytes: size, destinationId: 'd1' },
      { path: 'b', sizeBytes: size, destinationId: 'd2' },
      { path: 'c', sizeBytes: size, destinationId: 'd1' },
      { path: 'd', sizeBytes: size, destinationId: 'd2' },
    ]);
    await world.untilAll('completed', undefined, 600_000);
    await world.close();
  });

  it('a target that ran out while it waited is renewed before it is sent, and counts for nothing', async () => {
    const world = one(60_000);
    await world.open();
    const [id = 0] = await world.give([{ path: 'big', sizeBytes: 30 * MiB }]);
    for (let round = 0; round < 8; round += 1) {
      await world.untilState(id, 'uploading');
      await world.time.advance(500);
      await world.time.during(world.queue.pause({ ids: [id] }));
      await world.time.advance(120_000);
      await world.time.during(world.queue.resume({ ids: [id] }));
    }
    const job = await world.untilState(id, 'completed');
    expect(job).toMatchObject({ attempts: 0, renewals: 8 });
    expect(world.service().bodies).toHaveLength(1);
    await world.close();
  });

  it('a store that was seen to look at the end gets no transfer that would end too late', async () => {
    const world = one(60_000, MiB);
    const service = world.service();
    service.checksAt = 'end';
    await world.open();
    /** Its target has 14 s left when it goes on, and it needs 30. */
    const sendLate = async (path: string) => {
      const before = service.sends;
      const [id = 0] = await world.give([{ path, sizeBytes: 30 * MiB }]);
      await world.untilState(id, 'uploading');
      await world.time.advance(500);
      await world.time.during(world.queue.pause({ ids: [id] }));
      await world.time.advance(45_000);
      await world.time.during(world.queue.resume({ ids: [id] }));
      const { renewals, attempts } = await world.untilState(id, 'completed');
      return { sends: service.sends - before, renewals, attempts };
    };
    // The first one is sent in vain: nobody can know. The second is renewed before its bytes go.
    expect(await sendLate('a')).toEqual({ sends: 3, renewals: 1, attempts: 0 });
    expect(await sendLate('b')).toEqual({ sends: 2, renewals: 1, attempts: 0 });
    expect(service.assets).toHaveLength(2);
    await world.close();
  });

  it('a file that is renewed, or has waited, goes before younger ones', async () => {
    const world = one(null);
    await world.open();
    const names = Array.from({ length: 20 }, (_, index) => `f${index}`);
    world.faults.onSend('cut', { name: 'f3' });
    await world.give(names.map((path) => ({ path, sizeBytes: 3 * MiB })));
    await world.untilAll('completed');
    const order = world.service().bodies.map(({ path }) => path);
    // f3 broke in its middle and waited a second or less, while f4 went.
    expect(order.indexOf('f3')).toBeLessThanOrEqual(5);
    await world.close();
  });

  it('one that the store refuses without a word of its end is renewed, too', async () => {
    const world = one(3000);
    world.service().tellsExpiry = false;
    await world.open();
    await world.give(['a', 'b'].map((path) => ({ path, sizeBytes: 10 * MiB })));
    await world.untilAll('completed');
    const jobs = await world.keeper.jobs();
    expect(jobs.map(({ attempts }) => attempts)).toEqual([0, 0]);
    expect(jobs.map(({ renewals }) => renewals)).toEqual([0, 1]);
    await world.close();
  });

  it('what a clock that jumps ahead makes old is renewed, not blocked', async () => {
    const world = one(60_000);
    await world.open();
    await world.give(Array.from({ length: 10 }, (_, index) => ({ path: `f${index}`, sizeBytes: 2 * MiB })));
    for (let jump = 0; jump < 8; jump += 1) {
      await world.time.advance(2100);
      world.time.jump(3_600_000);
    }
    await world.untilAll('completed');
    expect(world.service().bodies).toHaveLength(10);
    await world.close();
  });
});

describe('signatures', () => {
  it('refused once, a fresh target is asked for; refused twice, the file is blocked', async () => {
    const world = one(null);
    await world.open();
    world.faults.onSend('signature', { name: 'once' });
    const [once = 0] = await world.give(['once']);
    expect(await world.untilState(once, 'completed', 'blocked')).toMatchObject({
      attempts: 1,
      state: { name: 'completed' },
    });
    world.faults.onSend('signature', { name: 'twice', times: 2 });
    const [twice = 0] = await world.give(['twice']);
    expect(await world.untilState(twice, 'completed', 'blocked')).toMatchObject({
      state: { name: 'blocked', failure: { code: 'signature-refused' } },
    });
    await world.time.during(world.queue.retry({ ids: [twice] }));
    await world.untilState(twice, 'completed');
    await world.close();
  });
});
