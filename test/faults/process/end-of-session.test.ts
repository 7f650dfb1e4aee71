/** The system ends the session: SIGTERM in the middle of the work. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startDemo } from '#demo';
import { providerKinds } from '#shared/destination.ts';
import { buildCli } from '../../support/built-cli.ts';
import { allAtService, takeCensus } from '../../support/census.ts';
import { jsonLines, startCli } from '../../support/cli-child.ts';
import { readJournalFile } from '../../support/journal-file.ts';
import { randomFile, temporaryDirectory } from '../../support/temporary.ts';

let entry = '';
let remove = async () => {};
beforeAll(async () => {
  ({ entry, remove } = await buildCli());
});
afterAll(() => remove());

it.each(providerKinds)(
  'SIGTERM leaves a clean journal in which nothing runs, and the next start ends the work: %s',
  {
    timeout: 120_000,
  },
  async (kind) => {
    const dataDir = await temporaryDirectory();
    const files = await temporaryDirectory();
    const demo = await startDemo({
      directory: join(dataDir, 'demo'),
      clockScale: 50,
      faults: { latencyMs: 60 },
    });
    onTestFinished(() => demo.close());
    const given = await Promise.all(
      Array.from({ length: 30 }, (_, index) => randomFile(files, `${index}.png`, 5000)),
    );
    const args = ['upload', files, '--to', `demo-${kind}`, '--data-dir', dataDir, '--json'];
    const child = startCli(args, { HOIST_POLL_SCALE: '0.02' }, entry);
    await new Promise<void>((resolve) => {
      child.process.stdout.on('data', () => child.output().stdout.includes('"completed"') && resolve());
    });
    child.process.kill('SIGTERM');
    expect((await child.ended).signal).toBe(null);

    const database = new DatabaseSync(join(dataDir, 'hoist.db'), { readOnly: true });
    expect(database.prepare('SELECT is_clean FROM journal').get()).toEqual({ is_clean: 1 });
    database.close();
    const states = new Set(readJournalFile(dataDir).map(({ state }) => state));
    for (const running of ['reserving', 'inspecting', 'uploading', 'completing'] as const)
      expect(states.has(running)).toBe(false);

    demo.setFaults({ latencyMs: null });
    const again = await startCli(args, { HOIST_POLL_SCALE: '0.02' }, entry).ended;
    await takeCensus(demo, join(dataDir, 'demo'), allAtService(kind, given));
    expect(again.code, again.stderr).toBe(0);
    expect(jsonLines(again.stdout).filter(({ type }) => type === 'completed')).toHaveLength(given.length);
  },
);
