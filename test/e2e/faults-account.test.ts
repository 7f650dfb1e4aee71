/** A key that is refused, an account without credit or rights: the whole destination stops at once, and comes back together. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderKind } from '#shared/destination.ts';
import type { JobId } from '#shared/job.ts';
import {
  between,
  type FaultBench,
  openFaultBench,
  problemOfTexts,
  secretIn,
} from '../support/fault-bench.ts';
import { closeAll } from '../support/temporary.ts';

const closers = closeAll();
let bench: FaultBench;
beforeAll(async () => {
  bench = await openFaultBench(closers.add);
});
afterAll(closers.run);

const fileCount = 12;

async function addTwelve(id: string): Promise<readonly JobId[]> {
  const paths = [];
  for (let index = 0; index < fileCount; index += 1) paths.push(await bench.file(2000));
  return bench.add(id, paths);
}

/** Nothing runs any more, the hold says why, and no file was given up. */
async function seeBlocked(id: string, ids: readonly JobId[], code: string): Promise<void> {
  const jobs = await bench.settled(ids);
  const states = new Set(jobs.map(({ state }) => state.name));
  expect([...states].every((name) => name === 'blocked' || name === 'queued' || name === 'completed')).toBe(
    true,
  );
  expect(jobs.map(({ attempts }) => attempts)).toEqual(ids.map(() => 0));
  const hold = await bench.holdOf(id);
  expect([hold?.kind, hold?.failure?.code]).toEqual(['blocked', code]);
  expect(hold?.failure == null ? 'no failure' : problemOfTexts(hold.failure)).toBe(null);
}

async function seeAllArrive(
  kind: ProviderKind,
  ids: readonly JobId[],
  before: ReturnType<FaultBench['seen']>,
) {
  const jobs = await bench.settled(ids);
  expect(new Set(jobs.map(({ state }) => state.name))).toEqual(new Set(['completed']));
  expect(jobs.map(({ attempts }) => attempts)).toEqual(ids.map(() => 0));
  const { assets, bodies } = between(before, bench.seen(kind));
  expect({ assets, bodies }).toEqual({ assets: fileCount, bodies: fileCount });
  for (const id of ids) expect(secretIn(await bench.said(id), bench.demo)).toBe(null);
}

describe.each(['runflow', 'flora', 'cyberun'] as const)('%s', (kind) => {
  it('with a wrong key asks once per lane, and goes on with all files as soon as a right one is entered', async () => {
    const before = bench.seen(kind);
    const id = await bench.destination(kind, {}, 'rf_wrong_key_0000');
    const ids = await addTwelve(id);
    const [neighbour] = await bench.settled(await bench.add('demo-pupload', [await bench.file(2000)]));
    expect([neighbour?.state.name, neighbour?.attempts]).toEqual(['completed', 0]);
    await seeBlocked(id, ids, 'key-refused');
    expect(between(before, bench.seen(kind)).rejected).toBeLessThan(fileCount * 2);
    expect(await bench.said(ids[0] ?? 0)).not.toContain('rf_wrong_key');
    await bench.engine.setDestinationKey(id, bench.demo.address[kind].key);
    await seeAllArrive(kind, ids, before);
    expect(await bench.holdOf(id)).toBe(null);
  });

  it.each([
    [401, 'key-refused'],
    [402, 'no-credit'],
    [403, 'forbidden'],
  ] as const)('keeps what has arrived when %i comes later (%s)', async (status, code) => {
    const before = bench.seen(kind);
    const id = await bench.destination(kind);
    // Cyberun has no request after the bytes: its third presign is refused, and all that follow.
    const stage = kind === 'cyberun' ? 'reserve' : 'complete';
    bench.demo.setFaults({ status: { value: status, dialect: kind, stage, after: 2 } });
    const ids = await addTwelve(id);
    await seeBlocked(id, ids, code);
    bench.calm();
    await bench.engine.unblockDestination(id);
    await seeAllArrive(kind, ids, before);
  });
});
