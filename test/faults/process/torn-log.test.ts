/**
 * A power cut on a disk that lied: the log of a queue that was killed in the middle ends anywhere, and the next start has
 * to make do with it. Real children, real files; the demo service lives on in this process.
 */
import { cp, mkdir, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startDemo } from '#demo';
import { buildCli } from '../../support/built-cli.ts';
import { allAtService, takeCensus } from '../../support/census.ts';
import { jsonLines, startCli } from '../../support/cli-child.ts';
import { randomFile, sha256, temporaryDirectory } from '../../support/temporary.ts';

const cuts = Number(process.env.LOG_CUTS ?? 5);
const hurry = { HOIST_POLL_SCALE: '0.02' };

let entry = '';
let remove = async () => {};
beforeAll(async () => {
  ({ entry, remove } = await buildCli());
});
afterAll(() => remove());

it(`goes on from any part of its log, ${cuts} of them`, { timeout: 600_000 }, async () => {
  const base = await temporaryDirectory();
  const files = await temporaryDirectory();
  const demo = await startDemo({
    directory: join(base, 'data', 'demo'),
    clockScale: 50,
    faults: { latencyMs: 20 },
  });
  onTestFinished(() => demo.close());
  const given = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      randomFile(files, `file-${index}.png`, 1 + ((index * 7919) % 40_000)),
    ),
  );
  const dataDir = join(base, 'data');
  const args = ['upload', files, '--to', 'demo-flora', '--data-dir', dataDir, '--json'];
  const child = startCli(args, hurry, entry);
  await new Promise<void>((resolve) => {
    child.process.stdout.on('data', () => {
      if (jsonLines(wholeLines(child.output().stdout)).length >= 12) resolve();
    });
  });
  child.process.kill('SIGKILL');
  await child.ended;
  const left = join(base, 'left');
  await keepQueue(dataDir, left);
  const log = await readFile(join(left, 'hoist.db-wal'));
  expect(log.length).toBeGreaterThan(50_000);
  demo.setFaults({ latencyMs: null });

  for (let cut = 0; cut < cuts; cut += 1) {
    await keepQueue(left, dataDir);
    const end = Math.floor((log.length * cut) / cuts) + (cut % 2) * 17;
    await truncate(join(dataDir, 'hoist.db-wal'), end);
    const again = await startCli(args, hurry, entry).ended;
    expect([end, again.code, again.stderr]).toEqual([end, 0, again.stderr]);
    const completed = jsonLines(again.stdout).filter(({ type }) => type === 'completed');
    expect(completed.map(({ path }) => path).sort()).toEqual(given.map(({ path }) => path).sort());
    const database = new DatabaseSync(join(dataDir, 'hoist.db'), { readOnly: true });
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  }
  await takeCensus(demo, join(dataDir, 'demo'), allAtService('flora', given));
  const stored = new Set(demo.stats().uploads.map((upload) => upload.sha256));
  // Whole files only, each of them, and the originals as they were.
  expect([...stored].filter((hash) => hash !== null).sort()).toEqual(given.map((file) => file.sha256).sort());
  for (const file of given) expect(sha256(await readFile(file.path))).toBe(file.sha256);
});

/** What is printed may end in the middle of a line. */
const wholeLines = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1);

async function keepQueue(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of ['hoist.db', 'hoist.db-wal', 'hoist.db-shm']) await rm(join(to, name), { force: true });
  for (const name of ['hoist.db', 'hoist.db-wal']) await cp(join(from, name), join(to, name));
}
