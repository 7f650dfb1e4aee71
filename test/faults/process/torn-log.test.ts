/**
 * A power cut on a disk that lied: the log of a queue that was killed in the middle ends anywhere, and the next start has
 * to make do with it. Real children, real files; the demo service lives on in this process.
 */
import { cp, mkdir, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startDemo } from '#demo';
import { providerKinds } from '#shared/destination.ts';
import { buildCli } from '../../support/built-cli.ts';
import { allAtService, takeCensus } from '../../support/census.ts';
import { type CliChild, jsonLines, startCli } from '../../support/cli-child.ts';
import { seeded } from '../../support/sim-random.ts';
import { randomFile, sha256, temporaryDirectory } from '../../support/temporary.ts';

/** Of each service. */
const cuts = Number(process.env.LOG_CUTS ?? 2);
const hurry = { HOIST_POLL_SCALE: '0.02' };

let entry = '';
let remove = async () => {};
beforeAll(async () => {
  ({ entry, remove } = await buildCli());
});
afterAll(() => remove());

// sqlite.org/fileformat2.html#walformat: a header of 32 bytes, then frames of a header of 24 bytes and a page.
const headerBytes = 32;
const frameBytes = 24 + 4096;

/** Just before, at, and just after the end of each frame, and after the header of the next: where tearing it matters. */
function placesOf(log: Buffer): readonly number[] {
  expect(log.readUInt32BE(8)).toBe(4096);
  const places = [0, headerBytes - 1];
  for (let end = headerBytes; end < log.length; end += frameBytes)
    places.push(end - 1, end, end + 1, end + 24, end + 2048);
  return places.filter((place) => place >= 0 && place <= log.length);
}

describe.each(providerKinds)('%s', (kind) => {
  it(`goes on from any part of its log, ${cuts} of them`, { timeout: 1_200_000 }, async () => {
    const base = await temporaryDirectory();
    const files = await temporaryDirectory();
    const dataDir = join(base, 'data');
    const demo = await startDemo({
      directory: join(dataDir, 'demo'),
      clockScale: 50,
      faults: { latencyMs: 20 },
    });
    onTestFinished(() => demo.close());
    const given = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        randomFile(files, `file-${index}.png`, 1 + ((index * 7919) % 40_000)),
      ),
    );
    const args = ['upload', files, '--to', `demo-${kind}`, '--data-dir', dataDir, '--json'];
    const child = startCli(args, hurry, entry);
    await untilCompleted(child, 6);
    child.process.kill('SIGKILL');
    await child.ended;
    const left = join(base, 'left');
    await keepQueue(dataDir, left);
    const log = await readFile(join(left, 'hoist.db-wal'));
    demo.setFaults({ latencyMs: null });

    const random = seeded(1 + providerKinds.indexOf(kind));
    const places = placesOf(log);
    for (let cut = 0; cut < cuts; cut += 1) {
      const end = random.pick(places);
      await keepQueue(left, dataDir);
      await truncate(join(dataDir, 'hoist.db-wal'), end);
      const again = await startCli(args, hurry, entry).ended;
      expect([end, again.code, again.stderr]).toEqual([end, 0, again.stderr]);
      const completed = jsonLines(again.stdout).filter(({ type }) => type === 'completed');
      expect(completed.map(({ path }) => path).sort()).toEqual(given.map(({ path }) => path).sort());
      const database = new DatabaseSync(join(dataDir, 'hoist.db'), { readOnly: true });
      expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
      database.close();
    }
    // Whole files only, each of them. What was on disk and is gone nobody can know: such a file may be there again.
    const forced = Number.POSITIVE_INFINITY;
    await takeCensus(demo, join(dataDir, 'demo'), allAtService(kind, given), { forced });
    for (const file of given) expect(sha256(await readFile(file.path))).toBe(file.sha256);
  });
});

async function untilCompleted(child: CliChild, count: number): Promise<void> {
  const isThere = Promise.withResolvers<void>();
  child.process.stdout.on('data', () => {
    if (child.output().stdout.split('"type":"completed"').length > count) isThere.resolve();
  });
  await Promise.race([isThere.promise, child.ended]);
}

async function keepQueue(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of ['hoist.db', 'hoist.db-wal', 'hoist.db-shm']) await rm(join(to, name), { force: true });
  for (const name of ['hoist.db', 'hoist.db-wal']) await cp(join(from, name), join(to, name));
}
