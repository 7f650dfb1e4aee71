/** Expiry, clocks that disagree, assets and runs that fail, runs that are forgotten: what each service forces, and what it does not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providerKinds } from '#shared/destination.ts';
import { type FaultBench, openFaultBench } from '../support/fault-bench.ts';
import { blocked, casesOf, completed, type FaultRow, failed, meetFault } from '../support/meet-fault.ts';
import { closeAll } from '../support/temporary.ts';

const hour = 3_600_000;
const at = ['upload'] as const;

const rows: readonly FaultRow[] = [
  // A target that ran out is renewed, and that costs no attempt.
  {
    fault: 'storeSkewMs',
    value: 2 * hour,
    about: '(expired when the request begins)',
    at,
    once: completed(0, { renewals: 1, says: /expired[\s\S]*renewed/ }),
    // No link of this store ever lives: its clock is to blame, not the line.
    ever: blocked('store-clock-off', { renewals: 6 }),
  },
  {
    // On a line that is too slow for the life of its first link; the store looks when the body is in.
    fault: 'slow',
    value: 60,
    at,
    also: (dialect) => ({
      expiryCheckedAt: 'end',
      ttlMs: { value: 30_000, dialect, stage: 'reserve', first: 1 },
    }),
    once: completed(0, { renewals: 1, bodies: 2, says: /expired[\s\S]*renewed/ }),
    // Its upload host counts only what it takes.
    but: { 'flora upload': { once: completed(0, { renewals: 1, says: /expired[\s\S]*renewed/ }) } },
  },
  {
    fault: 'storeSkewMs',
    value: -2 * hour,
    about: '(from the future)',
    at,
    kinds: ['runflow', 'cyberun', 'pupload'],
    once: completed(1, { says: /signature-refused RequestTimeTooSkewed/ }),
    ever: blocked('store-clock-off', { attempts: 1 }),
  },
  // What the service makes of a file.
  {
    fault: 'assetFails',
    value: 'The image is broken.',
    at: ['complete'],
    kinds: ['flora'],
    once: completed(1, { bodies: 2, says: /asset-failed The image is broken\.[\s\S]*renewed/ }),
    ever: failed('asset-failed', { bodies: 9, says: /asset-failed The image is broken\./ }),
  },
];

describe.each(providerKinds)('%s', (kind) => {
  const closers = closeAll();
  let bench: FaultBench;
  beforeAll(async () => {
    bench = await openFaultBench(closers.add);
  });
  afterAll(closers.run);

  it.each(casesOf(kind, rows))('$name', (met) => meetFault(bench, met));

  it.each([2 * hour, -2 * hour])(
    'completes with a service whose clock is %i ms away from ours',
    async (skewMs) => {
      bench.demo.setFaults({ clockSkewMs: skewMs });
      try {
        const id = await bench.destination(kind);
        const [job] = await bench.settled(await bench.add(id, [await bench.file(4000)]));
        expect([job?.state.name, job?.attempts, job?.renewals]).toEqual(['completed', 0, 0]);
      } finally {
        bench.calm();
      }
    },
  );
});

describe('a flow run', () => {
  const closers = closeAll();
  let bench: FaultBench;
  beforeAll(async () => {
    bench = await openFaultBench(closers.add);
  });
  afterAll(closers.run);

  it('whose step fails once is tried again by Pupload itself', async () => {
    const id = await bench.destination('pupload');
    bench.demo.setFaults({ runFails: { value: 'out of memory', first: 1 } });
    const [job] = await bench.settled(await bench.add(id, [await bench.file(4000)]));
    expect([job?.state.name, job?.attempts]).toEqual(['completed', 0]);
  });

  it('that ended with an error ends the job at once, in the words of its step; a retry starts another', async () => {
    const id = await bench.destination('pupload');
    const before = bench.seen('pupload');
    bench.demo.setFaults({ runFails: 'out of memory' });
    const ids = await bench.add(id, [await bench.file(4000)]);
    const [job] = await bench.settled(ids);
    expect(job?.state).toMatchObject({
      name: 'failed',
      failure: { code: 'flow-run-failed', message: 'publish: out of memory (attempt 3 of 3)' },
    });
    expect(job?.attempts).toBe(0);
    bench.calm();
    await bench.engine.retryJobs({ ids });
    const [after] = await bench.settled(ids);
    expect(after?.state.name).toBe('completed');
    expect(bench.seen('pupload').reservations - before.reservations).toBe(2);
    expect(bench.seen('pupload').bodies - before.bodies).toBe(2);
  });
});
