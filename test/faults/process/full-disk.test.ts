/** A whole run on a disk of a few megabytes that fills up: what is up stays up, nothing is told that is not so, and with room all goes on. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startDemo } from '#demo';
import { allAtService, takeCensus } from '../../support/census.ts';
import { startEngine, watchJobs } from '../../support/engine-fixture.ts';
import { randomFile, temporaryDirectory } from '../../support/temporary.ts';

it('says that there is no room, completes nothing that is not there, and goes on with room', {
  timeout: 120_000,
}, async (context) => {
  const base = await temporaryDirectory();
  const dataDir = join(base, 'small');
  mkdirSync(dataDir);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', dataDir], { stdio: 'ignore' });
  } catch {
    return context.skip('No right to mount a small disk.');
  }
  onTestFinished(() => void execFileSync('umount', [dataDir], { stdio: 'ignore' }));
  const demo = await startDemo({ directory: join(base, 'demo'), clockScale: 50 });
  onTestFinished(() => demo.close());
  const engine = await startEngine(dataDir);
  const { atRest } = watchJobs(engine);
  const { baseUrl, key, workspaceId } = demo.address.flora;
  const { destination } = await engine.addDestination(
    { name: 'mine', kind: 'flora', baseUrl, workspaceId },
    key,
  );
  const files = await Promise.all(
    Array.from({ length: 60 }, (_, index) => randomFile(base, `${index}.png`, 3000)),
  );
  const add = async (from: number, to: number): Promise<readonly (number | null)[]> => {
    const paths = files.slice(from, to).map(({ path }) => path);
    const report = await engine.addFiles(paths, { destinationId: destination.id });
    return report.files.map(({ jobId }) => jobId);
  };
  const isAdded = (id: number | null) => id !== null;
  const before = await atRest((await add(0, 5)).filter(isAdded));
  expect(before.map(({ state }) => state.name)).toEqual(before.map(() => 'completed'));

  const ballast = join(dataDir, 'ballast');
  fill(ballast);
  const refused = await until('disk-full', (index) => add(5 + (index % 55), 6 + (index % 55)));
  expect(refused).toContain('disk-full');
  const told = await engine.countJobs({});
  const uploaded = demo.stats().uploads.filter(({ sha256 }) => sha256 !== null).length;
  expect(told.byTab.done).toBeLessThanOrEqual(uploaded);

  rmSync(ballast);
  let ids: readonly number[] = [];
  // Until the queue has looked again, it goes by what it knew of the disk.
  const addAll = async () => {
    ids = (await add(0, 60).catch((): readonly (number | null)[] => [])).filter(isAdded);
    return ids.length;
  };
  await expect.poll(addAll).toBe(60);
  const jobs = await atRest(ids);
  expect(new Set(jobs.map(({ state }) => state.name))).toEqual(new Set(['completed']));
  await takeCensus(demo, join(base, 'demo'), allAtService('flora', files));
  const stored = demo.stats().uploads.filter(({ sha256 }) => sha256 !== null);
  expect(stored.map(({ sha256 }) => sha256).sort()).toEqual(files.map(({ sha256 }) => sha256).sort());
});

function fill(path: string): void {
  for (const size of [65_536, 4096, 1]) {
    try {
      for (;;) appendFileSync(path, Buffer.alloc(size));
    } catch {
      // Full, at this size of pieces.
    }
  }
}

/** Goes on until somebody says that there is no room, as an answer or as an error. */
async function until(word: string, ask: (index: number) => Promise<unknown>): Promise<string> {
  for (let index = 0; index < 5000; index += 1) {
    const said = await ask(index).then(
      (answer) => JSON.stringify(answer),
      (error: unknown) => String(error),
    );
    if (said.includes(word)) return said;
    if (said.includes('null')) return word;
  }
  return 'nobody said it';
}
