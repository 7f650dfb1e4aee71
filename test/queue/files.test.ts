/** Files that are missing, change, keep changing, or lie on a volume that is away. */
import { describe, expect, it } from 'vitest';
import { MiB, memoryWorld } from '../support/sim-world.ts';

describe('a file', () => {
  it('that is missing blocks its job, and goes on when it is back', async () => {
    const world = memoryWorld();
    await world.open();
    world.settings.isPaused = true;
    const [id = 0] = await world.give(['a']);
    world.files.remove('a');
    world.settings.isPaused = false;
    await world.time.during(world.queue.settingsChanged());
    expect(await world.untilState(id, 'blocked')).toMatchObject({
      attempts: 0,
      state: { failure: { code: 'file-missing', facts: { path: 'a' } } },
    });
    expect(world.service().requests).toHaveLength(0);
    world.files.link('a', (await world.job(id)).file);
    await world.time.during(world.queue.retry({ ids: [id] }));
    await world.untilState(id, 'completed');
    await world.close();
  });

  it('that vanishes while it is sent blocks its job', async () => {
    const world = memoryWorld();
    world.line.bytesPerSecond = MiB;
    await world.open();
    const [id = 0] = await world.give([{ path: 'a', sizeBytes: 5 * MiB }]);
    await world.untilState(id, 'uploading');
    await world.time.advance(1000);
    world.files.remove('a');
    await world.untilState(id, 'blocked');
    expect(world.service().assets).toHaveLength(0);
    await world.close();
  });

  it('on a volume that is away waits for it, without attempts', async () => {
    const world = memoryWorld();
    await world.open();
    world.offlineFolders.add('w');
    world.settings.isPaused = true;
    const [id = 0] = await world.give([{ path: 'a', origin: 'watched', watchFolderId: 'w' }]);
    const version = world.files.read('a');
    world.files.remove('a');
    world.settings.isPaused = false;
    await world.time.during(world.queue.settingsChanged());
    await world.time.advance(600_000);
    const waiting = await world.job(id);
    expect(['waiting', 'queued', 'reserving']).toContain(waiting.state.name);
    expect(waiting.attempts).toBe(0);
    // A look each half a minute, and no more.
    expect((await world.keeper.timeline(id)).length).toBeLessThan(25);
    world.files.link('a', version);
    world.offlineFolders.delete('w');
    await world.time.until(async () => (await world.job(id)).state.name === 'completed', 31_000);
    await world.close();
  });

  it('that is torn while it is sent is never confirmed as it was, and is sent as it is now', async () => {
    const world = memoryWorld();
    world.line.bytesPerSecond = MiB;
    await world.open();
    const [id = 0] = await world.give([{ path: 'a', sizeBytes: 5 * MiB }]);
    await world.untilState(id, 'uploading');
    await world.time.advance(2000);
    const now = world.files.write('a', 6 * MiB);
    const job = await world.untilState(id, 'completed');
    expect(job).toMatchObject({ generation: 2, attempts: 1, file: now });
    expect(world.service().bodies.map(({ slot }) => slot.file.sizeBytes)).toEqual([6 * MiB]);
    expect(world.service().assets).toHaveLength(1);
    await world.close();
  });

  it('that keeps changing is blocked, and says so', async () => {
    const world = memoryWorld();
    world.line.bytesPerSecond = MiB;
    await world.open();
    const [id = 0] = await world.give([{ path: 'a', sizeBytes: 5 * MiB }]);
    let size = 5 * MiB;
    const grow = () => {
      size += 1000;
      world.files.write('a', size);
      world.time.schedule(700, grow);
    };
    world.time.schedule(700, grow);
    expect(await world.untilState(id, 'blocked')).toMatchObject({
      attempts: 8,
      state: { failure: { code: 'keeps-changing' } },
    });
    expect(world.service().assets).toHaveLength(0);
    await world.close();
  });

  it('that is given again goes on: paused, blocked or failed; and a new version replaces what is on its way', async () => {
    const world = memoryWorld();
    world.line.bytesPerSecond = MiB;
    await world.open();
    const [id = 0] = await world.give([{ path: 'a', sizeBytes: 5 * MiB }]);
    await world.untilState(id, 'uploading');
    await world.time.during(world.queue.pause({ ids: [id] }));
    expect(await world.give([{ path: 'a', sizeBytes: 5 * MiB }])).toEqual([id]);
    await world.untilState(id, 'uploading');
    expect(await world.give([{ path: 'a', sizeBytes: 6 * MiB }])).toEqual([id]);
    expect(await world.untilState(id, 'completed')).toMatchObject({ generation: 2 });
    expect(world.service().assets.map(({ slot }) => slot.file.sizeBytes)).toEqual([6 * MiB]);
    expect(await world.give([{ path: 'a', sizeBytes: 6 * MiB }])).toEqual([id]);
    await world.time.advance(10_000);
    expect(world.service().bodies).toHaveLength(1);
    await world.close();
  });

  it('with the content of another one takes its asset, where that is wanted', async () => {
    const world = memoryWorld();
    world.settings.reuseSameContent = true;
    await world.open();
    // The simulated hash is one of sizes; the first gets its own from a hash after a doubtful end.
    world.faults.onSend('answer-lost');
    const [first = 0] = await world.give([{ path: 'a', sizeBytes: 500 }]);
    await world.untilState(first, 'completed');
    await world.time.until(async () => (await world.job(first)).sha256 !== null);
    const [twin = 0] = await world.give([{ path: 'b', sizeBytes: 500 }]);
    const job = await world.untilState(twin, 'completed');
    expect(job.sha256).toBe((await world.job(first)).sha256);
    expect(world.service().sends).toBe(1);
    await world.close();
  });
});
