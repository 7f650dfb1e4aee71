/** Who gets a lane, and when. */
import { describe, expect, it } from 'vitest';
import { MiB, memoryWorld, type SimWorld } from '../support/sim-world.ts';

const names = (count: number, prefix = 'f') =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);
const files = (count: number, sizeBytes: number, prefix = 'f') =>
  names(count, prefix).map((path) => ({ path, sizeBytes }));

/** The largest number of reservations that were held without a lane, and of transfers at once. */
function watchLanes(world: SimWorld) {
  const seen = { ahead: 0, sending: 0, idleMs: 0 };
  let last = world.time.elapsed;
  let wasIdle = false;
  world.time.watch = () => {
    const jobs = [...world.keeper.disk.jobs.values()];
    const ahead = jobs.filter(({ state }) => state.name === 'queued' && state.step === 'upload').length;
    seen.ahead = Math.max(seen.ahead, ahead);
    seen.sending = Math.max(seen.sending, world.line.sending);
    if (wasIdle) seen.idleMs += world.time.elapsed - last;
    last = world.time.elapsed;
    wasIdle = world.line.sending === 0;
  };
  return seen;
}

describe('latency', () => {
  it('never idles a data lane: the next is reserved, and the last completed, while bytes go', async () => {
    const world = memoryWorld({ destinations: [{ id: 'd1', kind: 'runflow', lanes: 1 }] });
    world.service().apiMs = 2000;
    world.line.bytesPerSecond = MiB;
    await world.open();
    await world.give(files(6, 10 * MiB));
    await world.time.until(() => world.line.sending > 0);
    const seen = watchLanes(world);
    await world.time.until(() => world.service().bodies.length === 6);
    // 5 changes of the file, each with a write or two before the next one starts.
    expect(seen.idleMs).toBeLessThan(100);
    expect(seen).toMatchObject({ ahead: 1, sending: 1 });
    await world.untilAll('completed');
    await world.close();
  });

  it('a reservation is asked for in time where targets live short, and not before', async () => {
    const world = memoryWorld({ destinations: [{ id: 'd1', kind: 'runflow', lanes: 1 }] });
    const service = world.service();
    service.ttlMs = 40_000;
    service.apiMs = 2000;
    world.line.bytesPerSecond = MiB;
    await world.open();
    await world.give(files(2, 30 * MiB));
    await world.time.until(() => world.line.sending > 0);
    const began = world.time.elapsed;
    await world.time.until(() => service.requestsOf('reserve') === 2);
    const asked = service.requests.at(-1)?.at ?? 0;
    // A quarter of 40 s before its end, which is about 30 s after its beginning.
    expect(asked - began).toBeGreaterThan(19_000);
    expect(asked - began).toBeLessThan(22_000);
    const seen = watchLanes(world);
    await world.untilAll('completed');
    expect(seen.idleMs).toBeLessThan(100 + 2 * service.apiMs);
    expect(service.requestsOf('reserve') + service.requestsOf('renew')).toBe(2);
    await world.close();
  });
});

describe('reservations', () => {
  it('at most one is held ahead per data lane', async () => {
    const world = memoryWorld();
    const seen = watchLanes(world);
    world.line.bytesPerSecond = MiB;
    await world.open();
    await world.give(files(40, MiB / 2));
    await world.untilAll('completed');
    expect(seen.ahead).toBeGreaterThan(0);
    expect(seen.ahead).toBeLessThanOrEqual(4);
    expect(seen.sending).toBe(4);
    expect(world.service().requestsOf('reserve')).toBe(40);
    await world.close();
  });

  it('those that were held when the program ended go before new ones are asked for', async () => {
    const world = memoryWorld({ destinations: [{ id: 'd1', kind: 'runflow', lanes: 2 }] });
    world.line.bytesPerSecond = MiB;
    await world.open();
    await world.give(files(30, 2 * MiB));
    const heldAhead = async () =>
      (await world.keeper.jobs()).filter(({ state }) => state.name === 'queued' && state.step === 'upload');
    await world.time.until(async () => (await heldAhead()).length === 2);
    await world.time.advance(1500);
    const held = (await heldAhead()).map(({ path }) => path);
    await world.close();
    const before = world.sendOrder.length;
    await world.open();
    await world.untilAll('completed');
    const next = world.sendOrder.slice(before, before + 6);
    for (const path of held) expect(next).toContain(path);
    expect(world.service().requestsOf('reserve')).toBe(30);
    await world.close();
  });
});

describe('order', () => {
  it('manual before watched, and the oldest first', async () => {
    const world = memoryWorld({ destinations: [{ id: 'd1', kind: 'runflow', lanes: 1 }] });
    world.line.bytesPerSecond = 100_000;
    world.settings.isPaused = true;
    await world.open();
    await world.give(names(3, 'w').map((path) => ({ path, origin: 'watched' as const })));
    await world.give(names(3, 'm'));
    world.settings.isPaused = false;
    await world.time.during(world.queue.settingsChanged());
    await world.untilAll('completed');
    expect(world.sendOrder).toEqual(['m0', 'm1', 'm2', 'w0', 'w1', 'w2']);
    await world.close();
  });

  it('one lane takes small files only, while there are any', async () => {
    const world = memoryWorld();
    world.line.bytesPerSecond = MiB;
    world.settings.isPaused = true;
    await world.open();
    await world.give([...files(8, 40 * MiB, 'big'), ...files(20, 100_000, 'small')]);
    world.settings.isPaused = false;
    await world.time.during(world.queue.settingsChanged());
    let mostBig = 0;
    world.time.watch = () => {
      const big = world.queue
        .active()
        .filter(({ job }) => job.state.name === 'uploading' && job.file.sizeBytes > MiB);
      mostBig = Math.max(mostBig, big.length);
    };
    await world.time.until(() => world.service().bodies.length === 20);
    expect(world.service().bodies.every(({ path }) => path.startsWith('small'))).toBe(true);
    expect(mostBig).toBe(3);
    await world.untilAll('completed');
    expect(mostBig).toBe(4);
    await world.close();
  });

  it('small files that were read ahead for their lane go when it is not theirs any more', async () => {
    const world = memoryWorld({ destinations: [{ id: 'd1', kind: 'runflow', lanes: 2 }] });
    world.line.bytesPerSecond = MiB;
    await world.open();
    await world.give([...files(70, 4 * MiB, 'big'), ...files(6, 1000, 'small')]);
    await world.time.until(() => world.service().bodies.some(({ path }) => path === 'small0'));
    await world.time.during(world.queue.cancel({ search: 'big' }));
    await world.untilAll(
      'completed',
      (await world.keeper.jobs()).slice(70).map(({ id }) => id),
      60_000,
    );
    await world.close();
  });

  it('one destination does not wait for another', async () => {
    const world = memoryWorld({
      destinations: [
        { id: 'd1', kind: 'runflow' },
        { id: 'd2', kind: 'cyberun' },
      ],
    });
    world.line.bytesPerSecond = MiB;
    await world.open();
    await world.give(files(200, MiB, 'many'));
    const [only = 0] = await world.give([{ path: 'one', destinationId: 'd2' }]);
    await world.untilState(only, 'completed');
    expect(world.service('d1').bodies.length).toBeLessThan(5);
    await world.close();
  });
});

describe('the number of lanes', () => {
  it('grows to the ceiling while that brings more, and halves once when the service says slow down', async () => {
    const world = memoryWorld({ destinations: [{ id: 'd1', kind: 'runflow', lanes: 16 }] });
    // A far store: each transfer waits for answers most of its time, so more lanes do bring more.
    world.service().storeMs = 2000;
    world.line.bytesPerSecond = 1000 * MiB;
    await world.open();
    await world.give(files(1000, 200_000));
    await world.time.until(() => world.line.mostSending === 16);
    world.faults.onSend({ throttledMs: 3000 }, { times: 5 });
    await world.time.until(() => world.queue.holdOf('d1') !== null);
    expect(world.queue.holdOf('d1')?.kind).toBe('rate-limited');
    await world.time.until(() => world.line.sending === 0);
    world.line.mostSending = 0;
    await world.time.until(() => world.line.sending > 0);
    await world.time.advance(1500);
    expect(world.line.mostSending).toBe(8);
    const jobs = await world.keeper.jobs();
    expect(jobs.every(({ attempts }) => attempts === 0)).toBe(true);
    await world.close();
  });

  it('follows a ceiling that is lowered and raised', async () => {
    const world = memoryWorld();
    world.line.bytesPerSecond = MiB;
    await world.open();
    await world.give(files(60, MiB / 4));
    await world.time.until(() => world.line.sending === 4);
    world.laneCeilings.set('d1', 1);
    await world.time.during(world.queue.settingsChanged());
    await world.time.advance(5000);
    world.line.mostSending = 0;
    await world.time.advance(3000);
    expect(world.line.mostSending).toBe(1);
    await world.untilAll('completed');
    await world.close();
  });
});
