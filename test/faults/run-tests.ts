/** Runs tests by name in a process of their own, and reads what became of each. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** A test, or all whose titles hold this; a part of one title, not of those around it. */
export interface TestName {
  /** From the root of the project. */
  readonly file: string;
  readonly test: string;
}

export interface RanTest {
  readonly file: string;
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly message: string;
}

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/** All tests of these files whose names hold one of the names asked for. A file that does not load is a failed test. */
export async function runTests(
  names: readonly TestName[],
  options: { readonly root?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<readonly RanTest[]> {
  const { root = projectRoot, environment = {} } = options;
  const directory = await mkdtemp(join(tmpdir(), 'hoist-faults-'));
  try {
    const outputFile = join(directory, 'report.json');
    const files = [...new Set(names.map(({ file }) => file))];
    const pattern = [...new Set(names.map(({ test }) => escapeForPattern(test)))].join('|');
    const output = await runVitest(
      root,
      ['--reporter=json', `--outputFile=${outputFile}`, '-t', pattern, ...files],
      environment,
    );
    const text = await readFile(outputFile, 'utf8').catch(() => {
      throw new Error(`The tests did not run: ${output}`);
    });
    const { testResults } = reportSchema.parse(JSON.parse(text));
    return testResults.flatMap(({ name, message, assertionResults }) => {
      const file = relative(root, name);
      if (assertionResults.length === 0) return [{ file, name: '', status: 'failed' as const, message }];
      return assertionResults.map(({ fullName, status, failureMessages }) => ({
        file,
        name: fullName,
        status: status === 'passed' || status === 'failed' ? status : ('skipped' as const),
        message: failureMessages?.join('\n') ?? '',
      }));
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Some tests skip themselves where the machine does not allow them; any other has no business to be skipped. */
export async function maySkip({ file }: TestName): Promise<boolean> {
  return /\bskip(If)?\(/.test(await readFile(join(projectRoot, file), 'utf8'));
}

export const matches = (ran: RanTest, { file, test }: TestName): boolean =>
  ran.file === file && ran.name.includes(test);

function runVitest(
  root: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
  const child = spawn(process.execPath, [vitest, 'run', '--config', 'build/vitest.config.ts', ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-2000);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}

const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
