/**
 * `npm start`: builds, and shows Hoist: as the desktop app where that can run, else in a browser, on the same data as the
 * command line. Ctrl+C stops it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchElectron } from './fetch-desktop.ts';
import { findDesktop } from './find-desktop.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const vite = fileURLToPath(import.meta.resolve('vite/package.json')).replace(/package\.json$/, 'bin/vite.js');

/** The engine first: its build empties the folder that the others lie in. */
const parts = [
  { config: 'build/engine.vite.config.ts', of: 'electron' },
  { config: 'build/preload.vite.config.ts', of: 'electron/preload.ts' },
  { config: 'build/renderer.vite.config.ts', of: 'renderer' },
] as const;

if (build()) await show();

function build(): boolean {
  for (const { config, of } of parts) {
    if (!existsSync(join(root, of))) continue;
    try {
      execFileSync(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'warn'], {
        cwd: root,
        stdio: 'inherit',
      });
    } catch {
      console.error(`Hoist could not be built (${config}); the lines above say why.`);
      process.exitCode = 1;
      return false;
    }
  }
  return true;
}

async function show(): Promise<void> {
  const desktop = await bringDesktop();
  if ('why' in desktop) {
    console.log(`Hoist opens in a browser, because ${desktop.why}.`);
    process.argv.splice(2, 0, 'serve');
    await import(new URL('./hoist.js', import.meta.url).href);
    return;
  }
  const { status } = spawnSync(desktop.binary, [root, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

/** Electron comes with the first start that can use it, not with every installation. */
async function bringDesktop(): Promise<{ readonly binary: string } | { readonly why: string }> {
  const { platform, env } = process;
  const find = () => findDesktop(root, { platform, env, uid: process.getuid?.() ?? null });
  const found = find();
  if (found.kind !== 'without-binary') return found;
  console.log('Fetching Electron, once (about 120 MB)…');
  const why = await fetchElectron(root);
  if (why !== null) return { why };
  const fetched = find();
  return fetched.kind === 'without-binary' ? { why: "Electron's binary is not here" } : fetched;
}
