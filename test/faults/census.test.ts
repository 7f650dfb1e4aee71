/** The census has to be able to find something: each kind of wrong is fed to it, through files, records and the campaign's table. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startDemo } from '#demo';
import {
  allAtService,
  assetsAt,
  censusVariable,
  type FoundAsset,
  type GivenFile,
  judgeCensus,
  noteCensus,
} from '../support/census.ts';
import { startEngine, watchJobs } from '../support/engine-fixture.ts';
import { randomFile, sha256, temporaryDirectory } from '../support/temporary.ts';
import { countCensuses, uncountedTests } from './process/count-censuses.ts';
import { nothingFound } from './result.ts';

const given = (path: string, end: GivenFile['end'] = 'asset'): GivenFile => ({
  kind: 'flora',
  path,
  sha256: sha256(Buffer.from(path)),
  end,
});
const asset = (path: string, id = path): FoundAsset => ({
  kind: 'flora',
  id,
  sha256: sha256(Buffer.from(path)),
  path: null,
});
const kindsOf = (files: readonly GivenFile[], assets: readonly FoundAsset[], forced = 0) =>
  judgeCensus(files, assets, { forced }).map(({ kind }) => kind);

describe('a census', () => {
  it('agrees where every file has its asset, and what is explained may have none', () => {
    expect(kindsOf([given('a'), given('b', 'explained')], [asset('a')])).toEqual([]);
    expect(kindsOf([given('a', 'explained')], [asset('a')])).toEqual([]);
    // The same content twice is two files, and two assets.
    expect(kindsOf([given('a'), given('a')], [asset('a', '1'), asset('a', '2')])).toEqual([]);
  });

  it('tells what is lost, doubled and torn', () => {
    expect(kindsOf([given('a'), given('b')], [asset('b')])).toEqual(['lost']);
    expect(kindsOf([given('a'), given('a')], [asset('a')])).toEqual(['lost']);
    expect(kindsOf([given('a', 'nowhere')], [])).toEqual(['lost']);
    expect(kindsOf([given('a')], [asset('a', '1'), asset('a', '2'), asset('a', '3')])).toEqual([
      'doubled',
      'doubled',
    ]);
    expect(kindsOf([given('a', 'explained')], [asset('half of a')])).toEqual(['torn']);
    expect(kindsOf([given('a')], [asset('half of a')])).toEqual(['lost', 'torn']);
    expect(kindsOf([given('a')], [{ ...asset('a'), kind: 'runflow' }])).toEqual(['lost', 'torn']);
  });

  it('lets a service force a second asset only as often as it did', () => {
    const twice = [asset('a', '1'), asset('a', '2')];
    expect(kindsOf([given('a')], twice, 1)).toEqual([]);
    expect(kindsOf([given('a')], [...twice, asset('a', '3')], 1)).toEqual(['doubled']);
    expect(kindsOf([given('a')], [], 1)).toEqual(['lost']);
  });

  it('reads the bytes that are at the service, not what it says of them', async () => {
    const dataDir = await temporaryDirectory();
    const directory = join(dataDir, 'demo');
    const demo = await startDemo({ directory, clockScale: 50 });
    onTestFinished(() => demo.close());
    const engine = await startEngine(dataDir);
    const file = await randomFile(dataDir, 'a.png', 5000);
    for (const kind of ['runflow', 'flora', 'cyberun', 'pupload'] as const) {
      const { files } = await engine.addFiles([file.path], { destinationId: `demo-${kind}` });
      await watchJobs(engine).atRest(files.map(({ jobId }) => jobId ?? 0));
    }
    const all = (['runflow', 'flora', 'cyberun', 'pupload'] as const).flatMap((kind) =>
      allAtService(kind, [file]),
    );
    const assets = await assetsAt(demo, directory);
    expect(assets.map(({ kind }) => kind).sort()).toEqual(all.map(({ kind }) => kind).sort());
    expect(judgeCensus(all, assets)).toEqual([]);
    const [first] = assets.filter(({ kind }) => kind === 'flora');
    if (first === undefined) throw new Error('nothing is there');
    await writeFile(first.path ?? '', 'something else');
    const seen = judgeCensus(all, await assetsAt(demo, directory));
    expect(seen.map(({ kind }) => kind)).toEqual(['lost', 'torn']);
  });
});

describe('what the campaign makes of the censuses', () => {
  let directory = '';
  const before = process.env[censusVariable];
  beforeEach(async () => {
    directory = await mkdtemp(join(await temporaryDirectory(), 'censuses-'));
    process.env[censusVariable] = join(directory, 'censuses.jsonl');
  });
  afterEach(async () => {
    if (before === undefined) delete process.env[censusVariable];
    else process.env[censusVariable] = before;
    await rm(directory, { recursive: true, force: true });
  });

  it('counts a wrong census, kind by kind, and says which test took it', async () => {
    noteCensus(2, []);
    noteCensus(
      3,
      judgeCensus(
        [given('a'), given('b'), given('c')],
        [asset('b'), asset('c'), asset('c', '2'), asset('x')],
      ),
    );
    const counted = await countCensuses(join(directory, 'censuses.jsonl'));
    expect(counted).toMatchObject({
      files: 5,
      found: { ...nothingFound, lost: 1, doubled: 1, torn: 1 },
    });
    expect(counted.problems).toHaveLength(3);
    expect(counted.problems[0]).toMatch(/^lost: a: said to be at flora.*counts a wrong census/);
  });

  it('misses a scenario that took none', async () => {
    noteCensus(1, []);
    const counted = await countCensuses(join(directory, 'censuses.jsonl'));
    const ran = (file: string, name: string) => ({ file, name, status: 'passed' as const, message: '' });
    const here = expect.getState().currentTestName?.replaceAll(' > ', ' ') ?? '';
    const e2e = 'test/e2e/kill.test.ts';
    expect(uncountedTests([ran('test/faults/census.test.ts', here)], counted)).toEqual([]);
    expect(uncountedTests([ran(e2e, 'flora 9 files')], counted)).toHaveLength(1);
    expect(uncountedTests([ran('test/queue/holds.test.ts', 'a hold')], counted)).toEqual([]);
    expect(uncountedTests([{ ...ran(e2e, 'flora 9 files'), status: 'skipped' }], counted)).toEqual([]);
  });
});
