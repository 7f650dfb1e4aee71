/** Brings the browser that the screens are proven in: one that is there, else the system's package, else Playwright's. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { chromium } from 'playwright-core';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a Chromium. Installs one where it may; throws with what to do where it cannot. */
export function findBrowser(): string {
  const found = present();
  if (found !== null) return found;
  for (const install of [installPackage, installPlaywrights]) {
    install();
    const installed = present();
    if (installed !== null) return installed;
  }
  throw new Error(
    'The tests of the screens need Chromium, and none could be installed: install it (Debian: apt-get install chromium), or set CHROMIUM to its path.',
  );
}

function present(): string | null {
  const named = process.env.CHROMIUM;
  if (named !== undefined && named !== '') return named;
  return [...places, chromium.executablePath()].find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installPackage(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  tryRun('apt-get', ['update', '-qq'], env);
  tryRun(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'xvfb', 'fonts-dejavu-core'],
    env,
  );
}

function installPlaywrights(): void {
  tryRun(process.execPath, [cliOfPlaywright(), 'install', 'chromium'], process.env);
}

const cliOfPlaywright = () => new URL('cli.js', import.meta.resolve('playwright-core/package.json')).pathname;

function tryRun(command: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  try {
    execFileSync(command, args, { env, stdio: 'ignore' });
  } catch {
    // The next way is tried; in the end the missing browser is told.
  }
}
