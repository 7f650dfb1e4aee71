/**
 * The census at the end of a scenario: every file that was given against every asset that the service has. What is wrong
 * is told by the promise that it breaks, and noted for the fault campaign, which counts it.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { z } from 'zod';
import type { DemoService, UploadStat } from '#demo';
import type { ProviderKind } from '#shared/destination.ts';
import { type Finding, findingKinds } from './sim-finding.ts';

/** Where the campaign wants the censuses of all tests, one line of JSON each; unset: nobody counts. */
export const censusVariable = 'FAULT_CENSUS';

export interface GivenFile {
  readonly kind: ProviderKind;
  readonly path: string;
  /** Of its bytes as they were given. */
  readonly sha256: string;
  /**
   * `asset`: said to be there. `explained`: it waits, or ended otherwise, and says why. `nowhere`: nobody knows of it, and
   * somebody should.
   */
  readonly end: 'asset' | 'explained' | 'nowhere';
}

export interface FoundAsset {
  readonly kind: ProviderKind;
  /** Of the object that holds its bytes. */
  readonly id: string;
  /** Of the bytes that are there, read again. */
  readonly sha256: string;
  /** Where they are; null: the service did not keep them, and the hash is the one that it took. */
  readonly path: string | null;
}

export interface CensusOptions {
  /** Assets beyond one per file that the service forced. */
  readonly forced?: number;
}

interface TakenOptions extends CensusOptions {
  /** What was told by an earlier census of the same service: told once. */
  readonly told?: Set<string>;
  /** How many of the files no earlier census of the same service has counted; all of them unless said otherwise. */
  readonly fresh?: number;
}

/** Pure: what is missing, what is there twice, and what nobody gave. */
export function judgeCensus(
  given: readonly GivenFile[],
  assets: readonly FoundAsset[],
  { forced = 0 }: CensusOptions = {},
): readonly Finding[] {
  const ofContent = ({ kind, sha256 }: { readonly kind: ProviderKind; readonly sha256: string }) =>
    `${kind} ${sha256}`;
  const wanted = Map.groupBy(given, ofContent);
  const found = Map.groupBy(assets, ofContent);
  const lost: Finding[] = [];
  const doubled: Finding[] = [];
  const torn: Finding[] = [];
  for (const [content, files] of wanted) {
    const there = found.get(content)?.length ?? 0;
    const due = files.filter(({ end }) => end === 'asset').length;
    const told = files.map(({ path }) => path).join(', ');
    for (const { path, kind } of files.filter(({ end }) => end === 'nowhere'))
      lost.push({ kind: 'lost', text: `${path} was taken for ${kind}, and nobody knows of it.` });
    for (let missing = there; missing < due; missing += 1)
      lost.push({ kind: 'lost', text: `${told}: said to be at ${files[0]?.kind}, and it is not there.` });
    for (let extra = files.length; extra < there; extra += 1)
      doubled.push({ kind: 'doubled', text: `${told}: there are ${there} assets at ${files[0]?.kind}.` });
  }
  for (const [content, objects] of found)
    if (!wanted.has(content))
      for (const { id, kind } of objects)
        torn.push({ kind: 'torn', text: `${id} at ${kind} holds bytes that nobody gave.` });
  return [...lost, ...doubled.slice(forced), ...torn];
}

/** What of a demo service is an asset, in the words of its dialects. */
const assetStates: ReadonlySet<string> = new Set(['confirmed', 'ready', 'stored', 'deleted', 'COMPLETE']);

const objectSchema = z.object({
  bucket: z.string(),
  key: z.string(),
  file: z.string().nullable(),
  sha256: z.string().nullable(),
});

const kindOfBucket: Readonly<Record<string, ProviderKind>> = {
  'runflow-assets': 'runflow',
  'flora-assets': 'flora',
  'cyberun-inputs': 'cyberun',
  'pupload-uploads': 'pupload',
};

/** Hashes of files that were read before and have not changed since. */
const hashes = new Map<string, string>();

/** What is really there: the bytes on the disk of the demo service, whatever it says of them. */
export async function assetsAt(
  demo: Pick<DemoService, 'stats'>,
  directory: string,
): Promise<readonly FoundAsset[]> {
  const stateOf = new Map(demo.stats().uploads.map((upload) => [idOf(upload.object), upload.state]));
  const objects = storedObjects(directory);
  const outputs = objects.filter(({ key }) => isOutput(key)).map(({ key }) => key);
  const assets: FoundAsset[] = [];
  for (const { bucket, key, file, sha256 } of objects) {
    const kind = kindOfBucket[bucket];
    if (kind === undefined) throw new Error(`A bucket that nobody counts: ${bucket}`);
    const id = idOf({ bucket, key });
    const state = stateOf.get(id);
    const isAsset =
      kind === 'pupload' && (state === undefined || state === 'purged')
        ? isOfForgottenRun(key, outputs)
        : assetStates.has(state ?? '');
    if (!isAsset) continue;
    const path = file === null ? null : join(directory, 'objects', file);
    assets.push({ kind, id, path, sha256: path === null ? (sha256 ?? '') : await hashOf(path) });
  }
  return assets;
}

const idOf = ({ bucket, key }: UploadStat['object']) => `${bucket}/${key}`;

/** What a step made of an upload: the same bytes, under another name. */
const isOutput = (key: string) => /(?:^|[/_-])(?:published|cut-out|resized)(?:$|[_-])/.test(key);

/** Pupload forgets a run ten minutes after its end, and a test's clock may hurry: one that completed left its output. */
function isOfForgottenRun(key: string, outputs: readonly string[]): boolean {
  const run = key.split('/')[0] ?? '';
  return !isOutput(key) && outputs.some((output) => output.includes(run));
}

function storedObjects(directory: string): readonly z.infer<typeof objectSchema>[] {
  const database = new DatabaseSync(join(directory, 'demo.db'), { readOnly: true });
  try {
    const rows = database
      .prepare('SELECT bucket, key, file, sha256 FROM objects WHERE size IS NOT NULL')
      .all();
    return z.array(objectSchema).parse(rows);
  } finally {
    database.close();
  }
}

async function hashOf(path: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path);
  const version = `${path} ${size} ${mtimeMs} ${ino}`;
  const known = hashes.get(version);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const sha256 = hash.digest('hex');
  hashes.set(version, sha256);
  return sha256;
}

/** Counts, notes what was counted, and fails the test where anything is wrong. */
export async function takeCensus(
  demo: Pick<DemoService, 'stats'>,
  directory: string,
  given: readonly GivenFile[],
  { told = new Set(), fresh = given.length, ...options }: TakenOptions = {},
): Promise<void> {
  const { leakedCredentials } = demo.stats();
  const leaks = Array.from({ length: leakedCredentials }, () => ({
    kind: 'leaked' as const,
    text: 'A request to the store carried a credential.',
  }));
  const found = [...judgeCensus(given, await assetsAt(demo, directory), options), ...leaks];
  const news = found.filter(({ text }) => !told.has(text));
  for (const { text } of found) told.add(text);
  expectCensus(fresh, news);
}

/** Files that all have to be there. */
export function allAtService(
  kind: ProviderKind,
  files: readonly { readonly path: string; readonly sha256: string }[],
): readonly GivenFile[] {
  return files.map(({ path, sha256 }) => ({ kind, path, sha256, end: 'asset' }));
}

/** Of a scenario that counts by itself. */
export function expectCensus(files: number, findings: readonly Finding[]): void {
  noteCensus(files, findings);
  expect(findings).toEqual([]);
}

export function noteCensus(files: number, findings: readonly Finding[]): void {
  const path = process.env[censusVariable];
  if (path === undefined) return;
  const { testPath, currentTestName } = expect.getState();
  const file = relative(root, testPath ?? '');
  const census: Census = { file, test: currentTestName ?? '', files, findings: [...findings] };
  appendFileSync(path, `${JSON.stringify(census)}\n`);
}

const root = fileURLToPath(new URL('../..', import.meta.url));

const censusSchema = z.object({
  /** From the root of the project. */
  file: z.string(),
  /** In full, as `expect` knows it. */
  test: z.string(),
  /** Files that were counted. */
  files: z.number(),
  findings: z.array(z.object({ kind: z.enum(findingKinds), text: z.string() })),
});

export type Census = z.infer<typeof censusSchema>;

/** The lines of a file of censuses; throws where one is none. */
export function parseCensuses(text: string): readonly Census[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => censusSchema.parse(JSON.parse(line)));
}
