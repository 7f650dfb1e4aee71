/** Runs the command line as a person would: a real child process of this very Node. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const sources = fileURLToPath(new URL('../../electron/headless/cli.ts', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliChild {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<CliResult>;
  /** Everything printed so far. */
  readonly output: () => { readonly stdout: string; readonly stderr: string };
}

export function startCli(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  entry: string = sources,
  /** A command that runs it, and its arguments. */
  under: readonly string[] = [],
): CliChild {
  const [command = '', ...rest] = [...under, process.execPath, entry, ...args];
  const child = spawn(command, rest, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const ended = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { process: child, ended, output: () => ({ stdout, stderr }) };
}

export function runCli(
  args: readonly string[],
  environment?: Readonly<Record<string, string>>,
  entry?: string,
): Promise<CliResult> {
  return startCli(args, environment, entry).ended;
}

/** The objects of `--json` output, one per line. */
export function jsonLines(text: string): readonly Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
