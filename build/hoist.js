#!/usr/bin/env node
/**
 * The command `hoist`. Runs under whatever Node is there (18 or later) and brings Hoist up under Node 24: at once where
 * this is one, else under the one that npm installed beside Hoist.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const oldestMajor = 24;
const here = fileURLToPath(import.meta.url);
const root = join(dirname(here), '..');

if (Number.parseInt(process.versions.node, 10) >= oldestMajor) {
  await run();
} else {
  const node = process.env.HOIST_NODE_WAS_SOUGHT === undefined ? findNode() : null;
  if (node === null) {
    fail(
      `Hoist needs Node ${oldestMajor} or later; this is ${process.version}. Install it, or run npm ci in ${root}.`,
    );
  } else {
    runUnder(node);
  }
}

/**
 * The bundle where there is one that is not older than the sources, else the sources. The compile cache makes every start
 * after the first a fast one.
 */
async function run() {
  const bundle = join(root, 'dist', 'cli.js');
  const sources = join(root, 'electron', 'headless', 'cli.ts');
  const entry = existsSync(bundle) && !isStale(bundle) ? bundle : existsSync(sources) ? sources : null;
  if (entry === null) {
    fail(`There is nothing to run in ${root}: neither dist/cli.js nor the sources.`);
    return;
  }
  const { directory } = nodeModule.enableCompileCache();
  // A thread learns of it here only. What Node answers has a part of its own version in it.
  if (directory !== undefined) process.env.NODE_COMPILE_CACHE ??= dirname(directory);
  await import(pathToFileURL(entry).href);
}

/** In a checkout the sources may have changed since; where Hoist is installed there are none. */
function isStale(bundle) {
  const builtAt = statSync(bundle).mtimeMs;
  return ['electron', 'shared'].some((name) => {
    const directory = join(root, name);
    if (!existsSync(directory)) return false;
    return readdirSync(directory, { recursive: true, withFileTypes: true }).some(
      (file) => file.isFile() && statSync(join(file.parentPath, file.name)).mtimeMs > builtAt,
    );
  });
}

/** The binary of the npm package `node`; null where it is not installed. */
function findNode() {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  try {
    const manifest = nodeModule.createRequire(import.meta.url).resolve('node/package.json');
    const path = join(dirname(manifest), 'bin', file);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** The same command in another Node, as if it were this process: same streams, same signals, same end. */
function runUnder(node) {
  const child = spawn(node, [here, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, HOIST_NODE_WAS_SOUGHT: '1' },
  });
  const passOn = (signal) => {
    // A terminal sends these to the child as well; a second one means "at once" to it.
    const cameTwice = process.stdin.isTTY && signal !== 'SIGTERM';
    if (!cameTwice) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, passOn);
  child.on('error', (error) => fail(`${node} could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    for (const name of signals) process.off(name, passOn);
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
