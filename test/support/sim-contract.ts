/** What the queue does with any journal: run against the one in memory and the real one. */
import { describe, expect, it } from 'vitest';
import type { ProviderKind } from '#shared/destination.ts';
import type { JournalKeeper, MakeKeeper } from './sim-keeper.ts';
import { MiB, type SimDestination, SimWorld } from './sim-world.ts';

const kinds: readonly ProviderKind[] = ['runflow', 'flora', 'cyberun', 'pupload'];
const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`);

export function describeQueueOn(journal: string, makeKeeper: MakeKeeper): void {
  async function openWorld(destination: Omit<SimDestination, 'id'> = { kind: 'runflow' }) {
    const world = new SimWorld<JournalKeeper>({ destinations: [{ id: 'd1', ...destination }], makeKeeper });
    await world.open();
    return { world, service: world.service() };
  }

  describe(`the queue on ${journal}`, () => {
    for (const kind of kinds) {
      it(`brings one file all the way: ${kind}`, async () => {
        const { world, service } = await openWorld({ kind });
        service.pollsNeeded = 1;
        const [id = 0] = await world.give(['a']);
        const job = await world.untilState(id, 'completed');
        await world.time.advance(100);
        expect(job).toMatchObject({ attempts: 0, renewals: 0 });
        expect([service.bodies.length, service.assets.length]).toEqual([1, 1]);
        expect(world.completed).toEqual([id]);
        await world.close();
        expect(world.notices).toEqual([]);
        expect(world.time.pendingOf(world.process)).toBe(0);
      });

      it(`goes on where a killed process was: ${kind}`, async () => {
        for (const moment of [0, 3, 8, 20, 40, 60, 80, 100, 130, 170]) {
          const { world, service } = await openWorld({ kind });
          const ids = await world.give(names(3));
          await world.time.advance(moment);
          world.kill();
          await world.time.advance(5000);
          await world.open();
          await world.untilAll('completed', ids);
          expect([moment, service.assets.length]).toEqual([moment, 3]);
          expect((await world.keeper.jobs()).length).toBe(3);
          await world.close();
        }
      });

      it(`sends nothing again that arrived, whatever answers are lost: ${kind}`, async () => {
        const { world, service } = await openWorld({ kind });
        world.faults.onSend('answer-lost');
        for (const op of ['reserve', 'inspect', 'complete', 'poll'] as const)
          world.faults.onApi(op, 'answer-lost');
        const [id = 0] = await world.give(['a']);
        await world.untilState(id, 'completed');
        expect([service.bodies.length, service.assets.length]).toEqual([1, 1]);
        await world.close();
      });
    }

    it('goes by rank, then age, and what is moved to the top goes first', async () => {
      const { world } = await openWorld({ kind: 'runflow', lanes: 1 });
      world.line.bytesPerSecond = 100_000;
      await world.give([{ path: 'w', origin: 'watched' }]);
      const ids = await world.give(names(5));
      await world.time.during(world.queue.moveToTop({ ids: ids.slice(4) }));
      await world.untilAll('completed');
      const order = world.sendOrder.filter((path) => path !== 'w');
      expect(order.indexOf('f4')).toBeLessThan(order.indexOf('f3'));
      expect(order.filter((path) => path !== 'f4')).toEqual(['f0', 'f1', 'f2', 'f3']);
      await world.close();
    });

    it('pauses, resumes, cancels and retries by filter', async () => {
      const { world, service } = await openWorld();
      world.line.bytesPerSecond = MiB;
      const ids = await world.give(names(30).map((path) => ({ path, sizeBytes: 2 * MiB })));
      await world.time.advance(3000);
      await world.time.during(world.queue.pause({ destinationId: 'd1' }));
      await world.time.advance(5000);
      const states = new Set((await world.keeper.jobs()).map(({ state }) => state.name));
      expect([...states].every((name) => name === 'paused' || name === 'completed')).toBe(true);
      await world.time.during(world.queue.cancel({ ids: ids.slice(20) }));
      await world.time.during(world.queue.resume({ states: ['paused'] }));
      await world.untilAll('completed', ids.slice(0, 20));
      await world.time.during(world.queue.retry({ states: ['canceled'] }));
      await world.untilAll('completed');
      expect(service.assets).toHaveLength(30);
      await world.close();
    });

    it('keeps attempts, backoff and the timeline over restarts', async () => {
      const { world } = await openWorld();
      world.faults.onApi('reserve', 'server-error', { times: 100 });
      const [id = 0] = await world.give(['a']);
      await world.time.until(async () => (await world.job(id)).attempts === 3);
      await world.close();
      await world.open();
      expect(await world.untilState(id, 'failed')).toMatchObject({ attempts: 8 });
      const entries = await world.keeper.timeline(id);
      expect(entries.filter(({ kind }) => kind === 'waiting')).toHaveLength(7);
      await world.close();
    });

    it('keeps a block over restarts until it is lifted', async () => {
      const { world, service } = await openWorld();
      service.isKeyGood = false;
      const ids = await world.give(names(6));
      await world.time.until(() => world.queue.holdOf('d1')?.kind === 'blocked');
      await world.time.advance(1000);
      await world.close();
      await world.open();
      const asked = service.requests.length;
      await world.time.advance(120_000);
      expect(service.requests.length).toBe(asked);
      service.isKeyGood = true;
      await world.time.during(world.queue.unblock('d1'));
      await world.untilAll('completed', ids);
      await world.close();
    });

    it('reserves one flow run for all its files', async () => {
      const { world, service } = await openWorld({ kind: 'pupload' });
      service.ttlMs = 60_000;
      world.faults.onSend('cut', { name: 'mask' });
      await world.give(['image', 'mask'].map((edge) => ({ path: edge, edge, groupId: 'g' })));
      await world.untilAll('completed');
      expect(service.requestsOf('reserve')).toBe(1);
      expect(service.assets).toHaveLength(2);
      await world.close();
    });

    it('knows a file that is given again, and a new version of it', async () => {
      const { world, service } = await openWorld();
      const [id = 0] = await world.give(['a']);
      expect(await world.give(['a'])).toEqual([id]);
      await world.untilState(id, 'completed');
      expect(await world.give(['a'])).toEqual([id]);
      const [forced = 0] = await world.give([{ path: 'a', isForced: true }]);
      expect(forced).not.toBe(id);
      const [next = 0] = await world.give([{ path: 'a', sizeBytes: 5000 }]);
      await world.untilAll('completed');
      expect((await world.job(next)).file.sizeBytes).toBe(5000);
      expect(service.assets.length).toBeGreaterThanOrEqual(2);
      await world.close();
    });
  });
}
