/** Once for all tests of the screens and of the desktop: the bundles with their page, as they ship, and a browser. */
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, mergeConfig } from 'vite';
import type { TestProject } from 'vitest/node';
import { preloadBuild } from '../../../build/desktop-build.ts';
import { rendererBuild } from '../../../build/renderer-build.ts';
import type { BuiltApp } from '../../electron-host/harness/desktop.ts';
import { buildCli } from '../../support/built-cli.ts';
import { findBrowser } from './find-browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the bundled command line. */
    cliEntry: string;
    browserPath: string;
    desktopApp: BuiltApp;
  }
}

const root = new URL('../../../', import.meta.url);

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('browserPath', findBrowser());
  // A test runner says NODE_ENV=test, for which React would come with its checks for developers.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  const cli = await buildCli();
  const directory = dirname(cli.entry);
  await build(mergeConfig(rendererBuild(join(directory, 'renderer')), { logLevel: 'error' }));
  await build(
    mergeConfig(preloadBuild(fileURLToPath(root)), { logLevel: 'error', build: { outDir: directory } }),
  );
  process.env.NODE_ENV = NODE_ENV;
  await copyFile(new URL('package.json', root), join(directory, 'package.json'));
  project.provide('cliEntry', cli.entry);
  project.provide('desktopApp', {
    entry: join(directory, 'main.js'),
    appPath: directory,
    cliEntry: cli.entry,
  });
  return cli.remove;
}
