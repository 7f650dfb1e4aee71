/** The command line as it ships: the bundle, made afresh beside nothing. It also starts twice as fast as the sources. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, mergeConfig } from 'vite';
import { engineBuild } from '../../build/engine-build.ts';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** Answers the entry, and what removes it. */
export async function buildCli(): Promise<{ readonly entry: string; readonly remove: () => Promise<void> }> {
  const outDir = await mkdtemp(join(tmpdir(), 'hoist-built-'));
  await build(
    mergeConfig(engineBuild(root), {
      configFile: false,
      logLevel: 'error',
      build: { outDir, emptyOutDir: true },
    }),
  );
  return { entry: join(outDir, 'cli.js'), remove: () => rm(outDir, { recursive: true, force: true }) };
}
