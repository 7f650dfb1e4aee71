#!/usr/bin/env node
/** The command `hoist`: hands the real process to the command line. */
import { homedir } from 'node:os';
import { loadDemo, openEngine } from '#engine';
import { systemClock } from '#ports/clock.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { guardOutputs } from './guard-outputs.ts';
import { runCli } from './run-cli.ts';
import { openInBrowser } from './serve/open-in-browser.ts';
import type { InterruptName } from './surroundings.ts';

const interrupts: readonly InterruptName[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

// A write may fail after the command's end, too.
const outputs = guardOutputs(process.stdout, process.stderr, () => {
  process.exitCode = outputs.exitCode(Number(process.exitCode ?? 0));
});

const exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  homeDir: homedir(),
  platform: process.platform,
  // Opened by being read, and few commands ask anything.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  clock: systemClock,
  version: packageJson.version,
  openEngine,
  loadDemo,
  onInterrupt(listener) {
    for (const name of interrupts) process.on(name, listener);
    return () => {
      for (const name of interrupts) process.off(name, listener);
    };
  },
  openInBrowser: (url) => openInBrowser(url, process),
  exitNow: (code) => process.exit(code),
});
process.exitCode = outputs.exitCode(exitCode);
