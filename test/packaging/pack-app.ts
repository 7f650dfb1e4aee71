/** The desktop app, packed by electron-builder itself, around a stand-in for Electron's binary: nothing is downloaded. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractAll, getRawHeader } from '@electron/asar';
import { Arch, type Configuration, Platform, build as packProgram } from 'electron-builder';
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

/**
 * Packs what is staged around a stand-in for Electron. Answers the folder with the program; that of macOS is not signed,
 * which only macOS can.
 */
export async function packStaged(
  directory: string,
  app: string,
  change: (configuration: Configuration) => Configuration = (configuration) => configuration,
  system: 'linux' | 'mac' = 'linux',
): Promise<string> {
  const electronDist = join(directory, `electron-${system}`);
  await (system === 'mac' ? writeMacElectron(electronDist) : writeLinuxElectron(electronDist));
  const out = join(directory, 'programs');
  const platform = system === 'mac' ? Platform.MAC : Platform.LINUX;
  await packProgram({
    projectDir: root,
    targets: platform.createTarget('dir', Arch.x64),
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
  return join(out, system === 'mac' ? 'mac/Hoist.app' : 'linux-unpacked');
}

/** The fuses as they come from Electron: after their mark the version, how many there are, and each as a digit. */
const fuseWire = Buffer.concat([
  Buffer.alloc(64),
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009101100011', 'latin1'),
  Buffer.alloc(64),
]);

/** Of Electron's release what electron-builder touches. */
async function writeLinuxElectron(directory: string): Promise<void> {
  await writeAll(directory, {
    electron: fuseWire,
    LICENSE: 'The licence of Electron.',
    'locales/de.pak': '',
    'locales/en-US.pak': '',
    'locales/fr.pak': '',
    'resources/none': '',
  });
  await rm(join(directory, 'resources/none'));
}

async function writeMacElectron(directory: string): Promise<void> {
  const helpers = ['', ' (Renderer)', ' (Plugin)', ' (GPU)'].map((kind) => `Electron Helper${kind}`);
  const framework = 'Frameworks/Electron Framework.framework';
  await writeAll(join(directory, 'Electron.app/Contents'), {
    'Info.plist': plist('Electron'),
    'MacOS/Electron': '',
    'Resources/electron.icns': '',
    'Resources/de.lproj/texts': '',
    'Resources/en.lproj/texts': '',
    [`${framework}/Electron Framework`]: fuseWire,
    [`${framework}/Resources/de.lproj/texts`]: '',
    [`${framework}/Resources/en.lproj/texts`]: '',
    [`${framework}/Versions/A/Resources/en.lproj/texts`]: '',
    ...Object.fromEntries(helpers.map((name) => [`Frameworks/${name}.app/Contents/Info.plist`, plist(name)])),
    ...Object.fromEntries(helpers.map((name) => [`Frameworks/${name}.app/Contents/MacOS/${name}`, ''])),
  });
}

const plist = (executable: string) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>${executable}</string>
<key>CFBundleIconFile</key><string>electron.icns</string>
</dict></plist>`;

async function writeAll(directory: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), content);
  }
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
