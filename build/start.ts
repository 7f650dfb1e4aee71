/**
 * `npm start`: builds, and shows Hoist: as the desktop app where that can run, else in a browser, on the same data as the
 * command line. Ctrl+C stops it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findDesktop } from './find-desktop.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const vite = fileURLToPath(import.meta.resolve('vite/package.json')).replace(/package\.json$/, 'bin/vite.js');

if (build()) await show();

/** The engine first: its build empties the folder that the screens lie in. */
function build(): boolean {
  const configs = ['build/engine.vite.config.ts'];
  const hasScreens =
    existsSync(join(root, 'build/renderer.vite.config.ts')) && existsSync(join(root, 'renderer'));
  if (hasScreens) configs.push('build/renderer.vite.config.ts');
  for (const config of configs) {
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
  const { platform, env } = process;
  const desktop = findDesktop(root, { platform, env, uid: process.getuid?.() ?? null });
  if ('why' in desktop) {
    console.log(`Hoist opens in a browser, because ${desktop.why}.`);
    process.argv.splice(2, 0, 'serve');
    await import(new URL('./hoist.js', import.meta.url).href);
    return;
  }
  const { status } = spawnSync(desktop.binary, [desktop.entry, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
