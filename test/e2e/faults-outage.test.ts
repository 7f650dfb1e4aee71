/** A service that goes away and comes back: its destination waits by itself, at whatever step it was, and nothing is lost. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoFaults, type DemoService, startDemo } from '#demo';
import { needsKey, type ProviderKind, providerKinds } from '#shared/destination.ts';
import { allAtService, takeCensus } from '../support/census.ts';
import { type FaultBench, openFaultBench, problemOfTexts, secretIn } from '../support/fault-bench.ts';
import type { HurriedClock } from '../support/hurried-clock.ts';
import { createHurriedClock } from '../support/hurried-clock.ts';
import { closeAll, sha256 } from '../support/temporary.ts';

const closers = closeAll();
let bench: FaultBench;
let clock: HurriedClock;
beforeAll(async () => {
  clock = createHurriedClock();
  closers.add(() => clock.stop());
  bench = await openFaultBench(closers.add, { clock });
});
afterAll(closers.run);

describe.each(providerKinds)('%s', (kind) => {
  it('is waited for while it is down, and goes on where it was', async () => {
    // A service of its own, so that the one beside it stays up.
    const directory = join(bench.dataDir, `other-${kind}`);
    let service: DemoService | null = await startDemo({ directory, clock, clockScale: 50 });
    const close = async () => {
      await service?.close();
      service = null;
    };
    try {
      const id = await destinationAt(service, kind);
      // The first file is there, and only its last request fails: the line is dead from then on.
      const stage = { runflow: 'complete', flora: 'complete', cyberun: 'upload', pupload: 'poll' } as const;
      service.setFaults({ dropUnprocessed: { value: true, stage: stage[kind] } });
      const paths = await Promise.all([bench.file(4000), bench.file(4000), bench.file(4000)]);
      const elsewhere = { isElsewhere: true };
      const [first = 0] = await bench.add(id, paths.slice(0, 1), elsewhere);
      await bench.until([first], ([job]) => (job?.attempts ?? 0) > 0);
      await close();
      const others = await bench.add(id, paths.slice(1), elsewhere);
      const hold = await bench.untilHeld(id, ({ kind: how }) => how === 'unreachable');
      expect(hold.failure?.code).toBe('unreachable');
      expect(hold.failure === null ? 'no failure' : problemOfTexts(hold.failure)).toBe(null);
      const neighbour = await bench.add(`demo-${kind}`, [await bench.file(4000)]);
      expect((await bench.settled(neighbour))[0]?.attempts).toBe(0);

      service = await startDemo({ directory, clock, clockScale: 50 });
      const jobs = await bench.settled([first, ...others]);
      expect(jobs.map(({ state }) => state.name)).toEqual(['completed', 'completed', 'completed']);
      // What was waited for while nobody was there cost nothing.
      expect(jobs.slice(1).map(({ attempts }) => attempts)).toEqual([0, 0]);
      expect(jobs[0]?.attempts).toBeLessThan(8);
      const uploads = service.stats().uploads.filter(({ dialect }) => dialect === kind);
      expect(uploads.filter(({ sha256 }) => sha256 !== null).map(({ bodies }) => bodies)).toEqual([1, 1, 1]);
      const given = paths.map(async (path) => ({ path, sha256: sha256(await readFile(path)) }));
      await takeCensus(service, directory, allAtService(kind, await Promise.all(given)));
      expect(await bench.holdOf(id)).toBe(null);
      expect(secretIn(await bench.said(first), service)).toBe(null);
      await bench.engine.removeDestination(id);
    } finally {
      await close();
    }
  });
});

describe('a Pupload destination whose flow nobody knows yet', () => {
  it.each<readonly [how: string, fault: Partial<DemoFaults>]>([
    ['answers 503', { status: { value: 503, dialect: 'pupload' } }],
    ['answers nonsense', { malformedJson: { value: true, dialect: 'pupload' } }],
    ['breaks off', { dropUnprocessed: { value: true, dialect: 'pupload' } }],
  ])(
    'takes files while its API %s, says what they wait for, and brings each of them',
    async (_how, fault) => {
      const id = await bench.destination('pupload');
      bench.demo.setFaults(fault);
      const ids = await bench.add(id, [await bench.file(3000), await bench.file(3000)]);
      const waiting = await bench.until(ids, (jobs) =>
        jobs.some(({ state }) => 'failure' in state && state.failure !== null),
      );
      expect(waiting.map(({ state }) => ['waiting', 'queued', 'reserving'].includes(state.name))).toEqual([
        true,
        true,
      ]);
      bench.calm();
      const jobs = await bench.settled(ids);
      expect(jobs.map(({ state }) => state.name)).toEqual(['completed', 'completed']);
    },
  );

  it('starts one run for the files of two edges as soon as it is asked for them', async () => {
    const { twoEdgeFlowName: flowName } = bench.demo.address.pupload;
    const id = await bench.destination('pupload', { flowName });
    const before = bench.seen('pupload').reservations;
    bench.demo.setFaults({ status: { value: 503, dialect: 'pupload' } });
    const paths = [await bench.file(3000), await bench.file(3000)];
    const ids = await bench.add(id, paths, { edges: ['image', 'mask'] });
    bench.calm();
    const jobs = await bench.settled(ids);
    expect(jobs.map(({ state }) => state.name)).toEqual(['completed', 'completed']);
    expect(bench.seen('pupload').reservations - before).toBe(1);
    await bench.engine.removeDestination(id);
  });
});

async function destinationAt({ address }: DemoService, kind: ProviderKind): Promise<string> {
  const { projectId, flowName } = address.pupload;
  const own = { workspaceId: address.flora.workspaceId };
  const draft = { name: `other ${kind}`, kind, baseUrl: address[kind].baseUrl };
  const options = { runflow: {}, flora: own, cyberun: {}, pupload: { projectId, flowName } }[kind];
  const view = await bench.engine.addDestination(
    { ...draft, ...options },
    needsKey[kind] ? address[kind].key : null,
  );
  return view.destination.id;
}
