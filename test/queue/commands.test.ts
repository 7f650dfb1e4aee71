/** What a person does to jobs, at every moment of their lives. */
import { describe, expect, it } from 'vitest';
import { isTerminal, type JobId } from '#shared/job.ts';
import { MiB, memoryWorld, type SimWorld } from '../support/sim-world.ts';

/** A service whose every step takes a while, so that each of its moments can be met. */
async function slowLife(kind: 'runflow' | 'flora' = 'runflow') {
  const world = memoryWorld({ destinations: [{ id: 'd1', kind }] });
  const service = world.service();
  service.pollsNeeded = 1;
  world.line.bytesPerSecond = MiB;
  await world.open();
  return world;
}

/** From the first write to beyond the end of a life, which is about 1.3 s long with a poll, 0.3 s without. */
const moments = [...Array(340).keys(), 500, 800, 1200, 1290, 1300, 1310, 1320, 1330, 1340, 1400];

async function quiet(world: SimWorld) {
  await world.time.advance(600_000);
  expect(world.queue.active()).toEqual([]);
  expect(world.notices).toEqual([]);
}

for (const kind of ['runflow', 'flora'] as const) {
  describe(`at every moment of a life at ${kind}`, () => {
    it('a job that is paused rests, and goes on when it is resumed', { timeout: 120_000 }, async () => {
      for (const moment of moments) {
        const world = await slowLife(kind);
        const [id = 0] = await world.give(['a']);
        await world.time.advance(moment);
        const report = await world.time.during(world.queue.pause({ ids: [id] }));
        const paused = await world.job(id);
        if (report.applied === 1) expect(paused.state.name).toBe('paused');
        await world.time.advance(60_000);
        const rested = await world.job(id);
        // Where it came too late the job went on to its end; nothing hangs in between.
        expect([moment, rested.state.name]).toEqual([moment, report.applied === 1 ? 'paused' : 'completed']);
        await world.time.during(world.queue.resume({ ids: [id] }));
        await quiet(world);
        expect((await world.job(id)).state.name).toBe('completed');
        expect(world.service().assets).toHaveLength(1);
        await world.close();
      }
    });

    it('a job that is canceled ends, late answers change nothing, and a retry makes no second asset', {
      timeout: 120_000,
    }, async () => {
      for (const moment of moments) {
        const world = await slowLife(kind);
        const [id = 0] = await world.give(['a']);
        await world.time.advance(moment);
        const report = await world.time.during(world.queue.cancel({ ids: [id] }));
        const ended = await world.job(id);
        expect(isTerminal(ended.state.name)).toBe(true);
        expect(ended.state.name).toBe(report.applied === 1 ? 'canceled' : 'completed');
        await quiet(world);
        expect(await world.job(id)).toEqual(ended);
        await world.time.during(world.queue.retry({ ids: [id] }));
        await quiet(world);
        expect((await world.job(id)).state.name).toBe('completed');
        expect([moment, world.service().assets.length]).toEqual([moment, 1]);
        await world.close();
      }
    });

    it('a file that changes makes exactly one new generation', { timeout: 120_000 }, async () => {
      for (const moment of moments) {
        const world = await slowLife(kind);
        const [id = 0] = await world.give(['a']);
        await world.time.advance(moment);
        const file = world.files.write('a', 150_000);
        await world.time.during(world.queue.changed(id, file));
        await quiet(world);
        const job = await world.job(id);
        expect(job.state.name).toBe('completed');
        const wasDone = job.generation === 1;
        expect([moment, job.generation]).toEqual([moment, wasDone ? 1 : 2]);
        if (!wasDone) expect(job.file).toEqual(file);
        await world.close();
      }
    });

    it('moving to the top and a new path are written at once, and stop nothing', {
      timeout: 120_000,
    }, async () => {
      for (const moment of moments) {
        const world = await slowLife(kind);
        const [id = 0] = await world.give(['a']);
        await world.time.advance(moment);
        const before = world.time.elapsed;
        const version = world.files.read('a');
        await world.time.during(world.queue.moveToTop({ ids: [id] }));
        await world.time.during(world.queue.moved(id, '/new/a', 'a'));
        expect(world.time.elapsed - before).toBeLessThan(50);
        const job = await world.job(id);
        expect(job.path).toBe('/new/a');
        if (!isTerminal(job.state.name)) expect(job.rank).toBe(-1);
        // The file is at both paths, as a renamed one is for whoever has it open.
        world.files.link('/new/a', version);
        await quiet(world);
        expect((await world.job(id)).state.name).toBe('completed');
        expect(world.service().bodies).toHaveLength(1);
        await world.close();
      }
    });
  });
}

describe('what is done to many', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`);

  it('pauses, resumes and cancels all that a filter names, and says what it left', async () => {
    const world = memoryWorld();
    world.line.bytesPerSecond = 100_000;
    await world.open();
    const ids = await world.give(names(1200));
    await world.time.advance(5000);
    const done = world.completed.length;
    expect(done).toBeGreaterThan(0);
    const paused = await world.time.during(world.queue.pause({ destinationId: 'd1' }));
    expect(paused.applied + paused.left.reduce((sum, { count }) => sum + count, 0)).toBe(1200);
    expect(paused.left.map(({ reason }) => reason)).toContain('completed');
    const counted = () =>
      world.keeper
        .jobs()
        .then((jobs) => Object.groupBy(jobs, ({ state }) => state.name))
        .then((by) => Object.fromEntries(Object.entries(by).map(([name, jobs]) => [name, jobs?.length])));
    await world.time.advance(60_000);
    const rested = await counted();
    expect(Object.keys(rested).sort()).toEqual(['completed', 'paused']);
    await world.time.during(world.queue.resume({ states: ['paused'] }));
    await world.time.advance(5000);
    await world.time.during(world.queue.cancel({ ids: ids.slice(100) }));
    await world.untilAll('completed', ids.slice(0, 100));
    await world.time.advance(1000);
    expect(Object.keys(await counted()).sort()).toEqual(['canceled', 'completed']);
    const removed = await world.time.during(world.queue.remove({ states: ['canceled'] }));
    expect(removed.applied).toBe(1200 - world.completed.length);
    await world.close();
    expect(world.notices).toEqual([]);
  });

  it('brings those to the top that were asked last', async () => {
    const world = memoryWorld({ destinations: [{ id: 'd1', kind: 'runflow', lanes: 1 }] });
    world.line.bytesPerSecond = 100_000;
    await world.open();
    const ids = await world.give(names(8));
    await world.time.advance(500);
    const top = async (of: readonly (JobId | undefined)[]) =>
      world.time.during(world.queue.moveToTop({ ids: of.filter((id) => id !== undefined) }));
    await top([ids[6]]);
    await top([ids[4], ids[5]]);
    await world.untilAll('completed');
    expect(world.sendOrder.slice(-6)).toEqual(['f4', 'f5', 'f6', 'f2', 'f3', 'f7']);
    await world.close();
  });
});
