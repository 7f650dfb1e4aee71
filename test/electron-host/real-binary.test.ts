/**
 * The real binary, for a moment: it opens our window on our page, with our bridge and nothing of Node's. Where it is not
 * installed, or cannot show a window, this is not run, and says so; it never passes for something that did not happen.
 */

import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron as electron } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { screensThere } from '../screens/support/screens-there.ts';
import { openDisplay } from './harness/display.ts';

/** Where Electron's own package says that its binary is. */
function findBinary(): { readonly path: string } | { readonly why: string } {
  const directory = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const named = join(directory, 'path.txt');
  if (!existsSync(named)) return { why: 'Electron’s binary is not installed' };
  const path = join(directory, 'dist', readFileSync(named, 'utf8').trim());
  if (!existsSync(path)) return { why: 'Electron’s binary is not where its package says' };
  const hasDisplay =
    process.platform !== 'linux' || (process.env.DISPLAY ?? '') !== '' || existsSync('/usr/bin/Xvfb');
  return hasDisplay ? { path } : { why: 'there is no display, and no Xvfb' };
}

const binary = findBinary();
const why = 'why' in binary ? ` (not run: ${binary.why})` : '';

test.skipIf('why' in binary)(`the real binary opens our window${why}`, async () => {
  if ('why' in binary) throw new Error(binary.why);
  const dataDir = await mkdtemp(join(tmpdir(), 'hoist-binary-'));
  const display = await openDisplay();
  try {
    const app = await electron.launch({
      executablePath: binary.path,
      args: [
        // Chromium refuses to be root with a sandbox; its own sandbox is not what is looked at here.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        inject('desktopApp').entry,
        '--data-dir',
        dataDir,
      ],
      env: { ...(process.env as Record<string, string>), ...display.environment },
    });
    const window = await app.firstWindow();
    await screensThere(window);
    expect(new URL(window.url()).protocol).toBe('app:');
    expect(
      await window.evaluate(() => ['hoist', 'require', 'process'].map((name) => name in globalThis)),
    ).toEqual([true, false, false]);
    await app.close();
  } finally {
    display.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
});
