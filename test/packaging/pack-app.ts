/** The desktop app, packed by electron-builder itself, around a stand-in for Electron's binary: nothing is downloaded. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractAll, getRawHeader } from '@electron/asar';
import { type Configuration, Platform, build as packProgram } from 'electron-builder';
import { build, mergeConfig } from 'vite';
import { vi } from 'vitest';
import { preloadBuild } from '../../build/desktop-build.ts';
import { engineBuild } from '../../build/engine-build.ts';
import { builderConfiguration } from '../../build/pack/configuration.ts';
import { stageApp } from '../../build/pack/stage.ts';
import { rendererBuild } from '../../build/renderer-build.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');

export interface PackedApp {
  /** As `npm run build` makes it: the command line is in it as well. */
  readonly bundle: string;
  /** What electron-builder made for Linux. */
  readonly program: string;
  readonly archive: string;
  /** The archive's files, as Node can run them. */
  readonly extracted: string;
  /** What lies in the archive, sorted; and what lies outside of it, which should be nothing. */
  readonly files: readonly string[];
  readonly unpacked: readonly string[];
}

/** Makes everything below `directory`. */
export async function packApp(directory: string): Promise<PackedApp> {
  const bundle = join(directory, 'dist');
  await buildAll(bundle);
  const app = join(directory, 'app');
  stageApp({ root, bundle, out: app });
  const program = await packStaged(directory, app);
  const archive = join(program, 'resources', 'app.asar');
  const extracted = join(directory, 'extracted');
  extractAll(archive, extracted);
  const found = [...filesOf(getRawHeader(archive).header as Node)].sort((a, b) => (a.path < b.path ? -1 : 1));
  const paths = (isUnpacked: boolean) =>
    found.flatMap((file) => (file.isUnpacked === isUnpacked ? [file.path] : []));
  return { bundle, program, archive, extracted, files: paths(false), unpacked: paths(true) };
}

/** As `npm run build` does it. A test runner says NODE_ENV=test, for which React would come with its checks for developers. */
async function buildAll(bundle: string): Promise<void> {
  vi.stubEnv('NODE_ENV', 'production');
  try {
    const quiet = { logLevel: 'error', build: { outDir: bundle } } as const;
    await build(mergeConfig(mergeConfig(engineBuild(root), quiet), { build: { emptyOutDir: true } }));
    await build(mergeConfig(preloadBuild(root), quiet));
    await build(mergeConfig(rendererBuild(join(bundle, 'renderer')), { logLevel: 'error' }));
  } finally {
    vi.unstubAllEnvs();
  }
}

/** Answers the folder with the program. */
export async function packStaged(
  directory: string,
  app: string,
  change: (configuration: Configuration) => Configuration = (configuration) => configuration,
): Promise<string> {
  const electronDist = join(directory, 'electron');
  await writeStandInElectron(electronDist);
  const out = join(directory, 'programs');
  await packProgram({
    projectDir: root,
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    config: change(
      builderConfiguration({
        root,
        app,
        out,
        feed: null,
        maintainer: 'Hoist <hoist@localhost>',
        publisher: null,
        electronDist,
      }),
    ),
  });
  return join(out, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
}

/** What electron-builder touches of it: the binary's fuses, as they come from Electron, and Chromium's texts. */
async function writeStandInElectron(directory: string): Promise<void> {
  const wire = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009101100011', 'latin1');
  await mkdir(join(directory, 'locales'), { recursive: true });
  await mkdir(join(directory, 'resources'), { recursive: true });
  await writeFile(join(directory, 'electron'), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]));
  for (const locale of ['de', 'en-US', 'fr'])
    await writeFile(join(directory, 'locales', `${locale}.pak`), '');
  await writeFile(join(directory, 'LICENSE'), 'The licence of Electron.');
}

interface Node {
  readonly files?: Readonly<Record<string, Node>>;
  readonly unpacked?: boolean;
}

function* filesOf(node: Node, path = ''): Generator<{ readonly path: string; readonly isUnpacked: boolean }> {
  for (const [name, child] of Object.entries(node.files ?? {})) {
    const at = path === '' ? name : `${path}/${name}`;
    if (child.files === undefined) yield { path: at, isUnpacked: child.unpacked === true };
    else yield* filesOf(child, at);
  }
}
