/**
 * A disk that gives errors, to real processes: strace makes a chosen system call on a chosen file fail, as the kernel would.
 * The demo service lives on in this process.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startDemo } from '#demo';
import { type ProviderKind, providerKinds } from '#shared/destination.ts';
import { buildCli } from '../../support/built-cli.ts';
import { allAtService, takeCensus } from '../../support/census.ts';
import { type CliResult, jsonLines, startCli } from '../../support/cli-child.ts';
import { readJournalFile } from '../../support/journal-file.ts';
import { seeded } from '../../support/sim-random.ts';
import { randomFile, temporaryDirectory } from '../../support/temporary.ts';

/** Failing accesses to the journal, for each service. */
const strikes = Number(process.env.DISK_ERRORS ?? 2);

const canInject = (() => {
  try {
    execFileSync('strace', ['-qq', '-o', '/dev/null', '-e', 'inject=chdir:error=EIO', 'true'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
})();

let entry = '';
let remove = async () => {};
beforeAll(async () => {
  ({ entry, remove } = await buildCli());
});
afterAll(() => remove());

interface Injection {
  readonly path: string;
  readonly calls: string;
  readonly error: 'EIO' | 'ENOSPC';
  /** The how manyth of these calls on this file fails, and no other. */
  readonly number: number;
}

interface Scene {
  readonly dataDir: string;
  readonly files: string;
  readonly demo: Awaited<ReturnType<typeof startDemo>>;
  run(injection: Injection | null): Promise<CliResult & { readonly hasStruck: boolean }>;
}

async function openScene(kind: ProviderKind): Promise<Scene> {
  const dataDir = await temporaryDirectory();
  const files = await temporaryDirectory();
  const demo = await startDemo({ directory: join(dataDir, 'demo'), clockScale: 50 });
  onTestFinished(() => demo.close());
  const args = ['upload', files, '--to', `demo-${kind}`, '--data-dir', dataDir, '--json'];
  return {
    dataDir,
    files,
    demo,
    async run(injection) {
      // With one thread for files the order of the calls is that in which they were asked for.
      const environment = { HOIST_POLL_SCALE: '0.02', UV_THREADPOOL_SIZE: '1' };
      if (injection === null)
        return { ...(await startCli(args, environment, entry).ended), hasStruck: false };
      const { path, calls, error, number } = injection;
      const trace = join(dataDir, 'trace');
      const rule = `inject=${calls}:error=${error}:when=${number}`;
      const under = ['-f', '-qq', '-o', trace, '-P', path, '-e', `trace=${calls}`, '-e', rule];
      const ended = await startCli(args, environment, entry, ['strace', ...under]).ended;
      const text = existsSync(trace) ? await readFile(trace, 'utf8') : '';
      return { ...ended, hasStruck: text.includes('(INJECTED)') };
    },
  };
}

const ofType = (result: CliResult, type: string) =>
  jsonLines(result.stdout).filter((line) => line.type === type);

describe.skipIf(!canInject).each(providerKinds)('%s', (kind) => {
  it('a disk that fails in the middle of a file stops that file alone, which goes up when the disk is sound', async () => {
    const { dataDir, files, demo, run } = await openScene(kind);
    const given = await Promise.all(
      ['a.png', 'b.png', 'c.png'].map((name) => randomFile(files, name, 20_000)),
    );
    const broken = await randomFile(files, 'broken.png', 3_000_000);
    const first = await run({ path: broken.path, calls: 'pread64', error: 'EIO', number: 3 });
    expect([first.hasStruck, first.code]).toEqual([true, 3]);
    expect(
      ofType(first, 'completed')
        .map(({ path }) => path)
        .sort(),
    ).toEqual(given.map(({ path }) => path));
    expect(ofType(first, 'blocked')).toMatchObject([{ path: broken.path, failure: { code: 'read-failed' } }]);
    const all = allAtService(kind, [...given, broken]);
    const told = all.map((file) => ({
      ...file,
      end: file.path === broken.path ? ('explained' as const) : file.end,
    }));
    await takeCensus(demo, join(dataDir, 'demo'), told);

    const second = await run(null);
    expect([second.code, second.stderr]).toEqual([0, second.stderr]);
    await takeCensus(demo, join(dataDir, 'demo'), all);
  });

  it(`a journal whose disk fails ${strikes} times is believed in nothing that is not on disk, and goes on`, {
    timeout: 600_000,
  }, async () => {
    const random = seeded(11 + providerKinds.indexOf(kind));
    let struck = 0;
    for (let strike = 0; strike < strikes; strike += 1) {
      const { dataDir, files, demo, run } = await openScene(kind);
      const given = await Promise.all(
        Array.from({ length: 8 }, (_, index) => randomFile(files, `${index}.png`, 3000)),
      );
      const isWrite = strike % 2 === 0;
      const first = await run({
        path: join(dataDir, 'hoist.db-wal'),
        calls: isWrite ? 'pwrite64' : 'fsync,fdatasync',
        error: random.pick(['EIO', 'ENOSPC'] as const),
        number: isWrite ? random.int(1, 120) : random.int(1, 20),
      });
      if (first.hasStruck) struck += 1;
      const completed = new Set(ofType(first, 'completed').map(({ path }) => path));
      const known = new Set(readJournalFile(dataDir).map(({ name }) => name));
      // What it said is up is up, what it said it has is in the queue; what it never took was told to nobody.
      for (const { path } of ofType(first, 'added'))
        expect([path, known.has(String(path).split('/').at(-1) ?? '')]).toEqual([path, true]);
      const all = allAtService(kind, given);
      const told = all.map((file) =>
        completed.has(file.path) ? file : { ...file, end: 'explained' as const },
      );
      await takeCensus(demo, join(dataDir, 'demo'), told);

      const second = await run(null);
      expect([second.code, second.stderr]).toEqual([0, second.stderr]);
      await takeCensus(demo, join(dataDir, 'demo'), all);
    }
    expect(struck).toBeGreaterThan(0);
  });
});
