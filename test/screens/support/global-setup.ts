/** Once for all tests of the screens: the bundle with its page, as they ship, and a browser. */
import { dirname, join } from 'node:path';
import { build, mergeConfig } from 'vite';
import type { TestProject } from 'vitest/node';
import { rendererBuild } from '../../../build/renderer-build.ts';
import { buildCli } from '../../support/built-cli.ts';
import { findBrowser } from './find-browser.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the bundled command line. */
    cliEntry: string;
    browserPath: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('browserPath', findBrowser());
  const cli = await buildCli();
  await build(mergeConfig(rendererBuild(join(dirname(cli.entry), 'renderer')), { logLevel: 'error' }));
  project.provide('cliEntry', cli.entry);
  return cli.remove;
}
