#!/usr/bin/env node
/** The command `hoist`: hands the real process to the command line. */
import { homedir } from 'node:os';
import { demoFaults, openEngine, parseDemoFaults, runDemo } from '#engine';
import { systemClock } from '#ports/clock.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { runCli } from './run-cli.ts';
import type { InterruptName } from './surroundings.ts';

const interrupts: readonly InterruptName[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

// `hoist links | head`: a reader that has seen enough is no error, and an upload goes on without it.
for (const output of [process.stdout, process.stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  homeDir: homedir(),
  platform: process.platform,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  clock: systemClock,
  version: packageJson.version,
  openEngine,
  runDemo,
  parseDemoFaults,
  demoFaults,
  onInterrupt(listener) {
    for (const name of interrupts) process.on(name, listener);
    return () => {
      for (const name of interrupts) process.off(name, listener);
    };
  },
  exitNow: (code) => process.exit(code),
});
