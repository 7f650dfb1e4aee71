/** A small tree of the repository's shape, with the real build scripts in it. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));

export function makeTree(sources: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'hoist-build-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const name of ['build', 'shared', 'package.json']) {
    cpSync(join(repository, name), join(root, name), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const run = (
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(
      command,
      [...args],
      { env: { ...process.env, ...env } },
      (_error, stdout, stderr) => {
        resolve({ code: child.exitCode, stdout, stderr });
      },
    );
  });

export const buildTree = (root: string, ...args: readonly string[]): Promise<Ended> =>
  run(process.execPath, [
    join(repository, 'node_modules/vite/bin/vite.js'),
    'build',
    root,
    '--config',
    join(root, 'build/engine.vite.config.ts'),
    ...args,
  ]);
