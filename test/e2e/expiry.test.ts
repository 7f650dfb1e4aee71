/** Upload targets that live for seconds, on a line that is slow: what runs out is renewed, and what can never fit says so. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { providerKinds } from '#shared/destination.ts';
import { explainFailure } from '#shared/failure.ts';
import { openFaultBench } from '../support/fault-bench.ts';

describe('on a slow line', () => {
  it.each(['start', 'end'] as const)(
    'targets of 20 s that are checked at the %s are renewed, and cost nothing',
    async (expiryCheckedAt) => {
      // All four services at once. One lane each: what was reserved meanwhile waits longer than it lives.
      const bench = await openFaultBench(onTestFinished);
      const secondsPerFile = { start: 36, end: 12 }[expiryCheckedAt];
      const sizeBytes = 200_000;
      bench.demo.setFaults({
        ttlMs: 20_000,
        expiryCheckedAt,
        slow: { value: sizeBytes / secondsPerFile, stage: 'upload' },
      });
      const perService = await Promise.all(
        providerKinds.map(async (kind) => {
          const id = await bench.destination(kind, { lanes: 1 });
          return bench.add(id, [await bench.file(sizeBytes), await bench.file(sizeBytes)]);
        }),
      );
      for (const ids of perService) {
        const jobs = await bench.settled(ids);
        expect(jobs.map(({ state }) => state.name)).toEqual(['completed', 'completed']);
        expect(jobs.map(({ attempts }) => attempts)).toEqual([0, 0]);
        expect(Math.max(...jobs.map(({ renewals }) => renewals))).toBeGreaterThanOrEqual(1);
        const { timeline } = await bench.engine.getJob(ids[1] ?? 0);
        expect(timeline.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['expired', 'renewed']));
      }
    },
  );

  it('a file that never fits is blocked with its numbers, and the others of its destination get through', async () => {
    const bench = await openFaultBench(onTestFinished);
    bench.demo.setFaults({
      expiryCheckedAt: 'end',
      ttlMs: 20_000,
      slow: { value: 30_000, stage: 'upload' },
    });
    const perService = await Promise.all(
      providerKinds.map(async (kind) => {
        const id = await bench.destination(kind, { lanes: 2 });
        const paths = [await bench.file(1_500_000), await bench.file(30_000), await bench.file(30_000)];
        return { kind, ids: await bench.add(id, paths) };
      }),
    );
    for (const { kind, ids } of perService) {
      const [job, ...others] = await bench.settled(ids);
      expect(
        others.map(({ state }) => state.name),
        kind,
      ).toEqual(['completed', 'completed']);
      if (job?.state.name !== 'blocked') throw new Error(`${kind}: ${job?.state.name}`);
      const { failure } = job.state;
      expect([failure.code, job.attempts, job.renewals], kind).toEqual(['cannot-fit', 0, 6]);
      // Size, speed as it was on the whole way, and life of a link.
      expect(explainFailure(failure).hint, kind).toMatch(
        /^1\.5 MB at \d+(?:\.\d)? (?:B|kB)\/s does not fit into 2\d s\. Use a faster line/,
      );
      expect(failure.facts.bytesPerSecond ?? 0, kind).toBeGreaterThan(0);
      expect(bench.seen(kind).uploads, kind).toBeLessThanOrEqual(6 + 2 * 6);
    }
  });
});
