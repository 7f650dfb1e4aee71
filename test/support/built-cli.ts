/** The command line as it ships: the bundle, made afresh beside nothing. It also starts twice as fast as the sources. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, mergeConfig } from 'vite';
import { engineBuild } from '../../build/engine-build.ts';

const project = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

/** Answers the entry, and what removes it. */
export async function buildCli(): Promise<{ readonly entry: string; readonly remove: () => Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'hoist-built-'));
  // As where it is installed: without that, Node would have to find out of each file which kind of module it is.
  await writeFile(join(root, 'package.json'), JSON.stringify({ type: 'module' }));
  const outDir = join(root, 'dist');
  await build(
    mergeConfig(engineBuild(project), {
      configFile: false,
      logLevel: 'error',
      build: { outDir, emptyOutDir: true },
    }),
  );
  return { entry: join(outDir, 'cli.js'), remove: () => rm(root, { recursive: true, force: true }) };
}
