/** The mutation check: takes one guard away at a time, in a copy of the sources, and wants to see a test fail for it. */
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nothingFound, type TierResult } from '../result.ts';
import { matches, projectRoot, type RanTest, runTests, type TestName } from '../run-tests.ts';
import { type Break, breaks } from './breaks.ts';

/** What the tests of the engine need of the project. */
const copied = ['electron', 'shared', 'test', 'build', 'package.json', 'tsconfig.json'] as const;
const left = join('test', 'screens');

export async function runMutations(): Promise<TierResult> {
  const startedAt = performance.now();
  const root = await mkdtemp(join(tmpdir(), 'hoist-mutation-'));
  const problems: string[] = [];
  try {
    await copyProject(root);
    const whole = await runTests(
      breaks.map(({ test }) => test),
      { root },
    );
    for (const { name, test } of breaks)
      if (!hasStatus(whole, test, 'passed'))
        problems.push(`${test.file} does not pass with ${name} in place.`);
    for (const broken of problems.length > 0 ? [] : breaks) {
      const problem = await tryBreak(root, broken);
      if (problem !== null) problems.push(problem);
      else console.log(`without ${broken.name}: ${broken.test.file} "${broken.test.test}" is red`);
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
  return {
    tier: 'mutation',
    faultsTried: breaks.length,
    played: `${breaks.length} guards taken away`,
    found: { ...nothingFound, broken: problems.length },
    problems,
    notRun: [],
    ms: performance.now() - startedAt,
  };
}

async function copyProject(root: string): Promise<void> {
  for (const name of copied)
    await cp(join(projectRoot, name), join(root, name), {
      recursive: true,
      filter: (from) => !from.startsWith(join(projectRoot, left)),
    });
  await symlink(join(projectRoot, 'node_modules'), join(root, 'node_modules'));
}

/** Null where the test saw it; else what is wrong. */
async function tryBreak(root: string, { name, file, line, becomes, test }: Break): Promise<string | null> {
  const path = join(root, file);
  const text = await readFile(path, 'utf8');
  const places = text.split(line).length - 1;
  if (places !== 1)
    return `${name}: ${file} has its line ${places} times; test/faults/mutation/breaks.ts is old.`;
  await writeFile(path, text.replace(line, becomes));
  try {
    const ran = await runTests([test], { root });
    return hasStatus(ran, test, 'failed')
      ? null
      : `Nothing saw that ${name} was gone: ${test.file} "${test.test}".`;
  } finally {
    await writeFile(path, text);
  }
}

/** Of the test itself: a file that does not even load has no test of that name. */
const hasStatus = (ran: readonly RanTest[], test: TestName, status: RanTest['status']): boolean =>
  ran.some((each) => matches(each, test) && each.status === status);
