/**
 * The process tier: real children, real files, real sockets. It runs what the table of faults names, and what is missing
 * here says why.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { censusVariable } from '../../support/census.ts';
import type { Campaign } from '../arguments.ts';
import type { TierResult } from '../result.ts';
import { matches, maySkip, type RanTest, runTests } from '../run-tests.ts';
import { type FaultRow, faultRows } from '../table.ts';
import { countCensuses, hasCensusFinding, uncountedTests } from './count-censuses.ts';

/** What the short campaign plays fewer of; the long one plays as many as the table asks for. */
const short = { KILLS: '8', KILL_FILES: '60', LOG_CUTS: '2', DISK_ERRORS: '2', ACCESS_STEP: '1' };
const long = { KILLS: '50', KILL_FILES: '250', LOG_CUTS: '80', DISK_ERRORS: '24', ACCESS_STEP: '1' };

export async function runProcesses({ isShort }: Campaign): Promise<TierResult> {
  const startedAt = performance.now();
  const proofs = faultRows.flatMap((row) => row.proofs);
  const directory = await mkdtemp(join(tmpdir(), 'hoist-censuses-'));
  const censusPath = join(directory, 'censuses.jsonl');
  const environment = { ...(isShort ? short : long), [censusVariable]: censusPath };
  const ran = await runTests(proofs, { environment });
  const counted = await countCensuses(censusPath);
  await rm(directory, { recursive: true, force: true });
  const named = ran.filter((test) => proofs.some((proof) => matches(test, proof)));
  const rows = await Promise.all(faultRows.map((row) => judgeRow(row, named)));
  const failed = named.filter(({ status }) => status === 'failed');
  const uncounted = uncountedTests(named, counted);
  const problems = [...counted.problems, ...rows.flatMap((row) => row.problems), ...uncounted];
  const proven = rows.filter(({ isProven }) => isProven).length;
  console.log(
    `${proven} of ${faultRows.length} rows of the table of faults proven by ${named.length} tests in ${tmpdir()}; ` +
      `${counted.censuses.length} censuses held ${counted.files} files against what was at the services in the end.`,
  );
  return {
    tier: 'process',
    faultsTried: proven,
    played: `${named.length} tests, ${counted.files} files counted`,
    // A wrong census fails its test, too: it is told once, by what it found.
    found: {
      ...counted.found,
      broken: failed.filter((test) => !hasCensusFinding(test, counted)).length + uncounted.length,
    },
    problems,
    notRun: rows.flatMap((row) => row.notRun),
    ms: performance.now() - startedAt,
  };
}

interface JudgedRow {
  readonly isProven: boolean;
  readonly problems: readonly string[];
  readonly notRun: readonly string[];
}

/** Each named proof has to be there and to have run; one that this machine does not allow is told, and no failure. */
async function judgeRow(row: FaultRow, ran: readonly RanTest[]): Promise<JudgedRow> {
  const name = `row ${row.row}, ${row.fault}`;
  if (row.notHere !== null) return { isProven: false, problems: [], notRun: [`${name}: ${row.notHere}`] };
  const problems: string[] = [];
  const notRun: string[] = [];
  for (const proof of row.proofs) {
    const tests = ran.filter((test) => matches(test, proof));
    const failed = tests.filter(({ status }) => status === 'failed');
    const where = `${proof.file} "${proof.test}"`;
    if (tests.length === 0) problems.push(`${name}: there is no test ${where}.`);
    for (const { message, name: title } of failed)
      problems.push(`${name}: ${proof.file} "${title}" failed. ${message.split('\n')[0]}`);
    if (tests.length === 0 || tests.some(({ status }) => status !== 'skipped')) continue;
    if (await maySkip(proof)) notRun.push(`${name}: ${where} was skipped on this machine.`);
    else problems.push(`${name}: ${where} did not run.`);
  }
  const isProven = problems.length === 0 && notRun.length < row.proofs.length;
  return { isProven, problems, notRun };
}
