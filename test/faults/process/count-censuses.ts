/** Sums the censuses that the tests of the process tier took, and says which scenario took none. */
import { readFile } from 'node:fs/promises';
import { type Census, parseCensuses } from '../../support/census.ts';
import { addFound, nothingFound, type TierResult } from '../result.ts';
import type { RanTest } from '../run-tests.ts';

export interface Counted {
  readonly censuses: readonly Census[];
  /** Files that were held against what is at a service. */
  readonly files: number;
  readonly found: TierResult['found'];
  readonly problems: readonly string[];
}

/** Files of scenarios: each brings files to a service, or to something in its place. */
const scenarios: readonly RegExp[] = [/^test\/faults\/process\//, /^test\/e2e\//, /^test\/headless\/real\./];

/** Scenarios without a file to count: why. */
const nothingToCount: readonly (readonly [file: string, test: string, why: string])[] = [
  ['test/faults/process/many-files.test.ts', 'are queued', 'it ends at the journal'],
];

/** `path` may be missing: then nobody took any. */
export async function countCensuses(path: string): Promise<Counted> {
  const censuses = parseCensuses(await readFile(path, 'utf8').catch(() => ''));
  const findings = censuses.flatMap(({ file, test, findings: found }) =>
    found.map((finding) => ({ ...finding, where: `${file} "${test}"` })),
  );
  return {
    censuses,
    files: censuses.reduce((sum, { files }) => sum + files, 0),
    found: findings.reduce((sum, { kind }) => addFound(sum, { ...nothingFound, [kind]: 1 }), nothingFound),
    problems: findings.map(({ kind, text, where }) => `${kind}: ${text} (${where})`),
  };
}

/** Scenarios that passed, and that nobody counted: as sentences. */
export function uncountedTests(ran: readonly RanTest[], { censuses }: Counted): readonly string[] {
  const counted = new Set(
    censuses.filter(({ files }) => files > 0).map(({ file, test }) => nameOf(file, test)),
  );
  return ran
    .filter(
      ({ file, name, status }) =>
        status === 'passed' &&
        scenarios.some((pattern) => pattern.test(file)) &&
        !counted.has(nameOf(file, name)) &&
        !nothingToCount.some((each) => each[0] === file && name.includes(each[1])),
    )
    .map(({ file, name }) => `${file} "${name}" took no census of its files.`);
}

/** Whether the census of this test found something: then what it found is counted, and not the test. */
export function hasCensusFinding({ file, name }: RanTest, { censuses }: Counted): boolean {
  return censuses.some(
    (census) => census.findings.length > 0 && nameOf(census.file, census.test) === nameOf(file, name),
  );
}

/** `expect` and the report put different signs between the titles of a test and of those around it. */
const nameOf = (file: string, test: string) => `${file} ${test.replaceAll(' > ', ' ')}`;
