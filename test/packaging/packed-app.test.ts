/**
 * What a person installs. Proves: electron-builder takes our configuration and makes of it an archive with what the app
 * needs and nothing else, around a binary whose fuses are set. Cannot prove: that Electron itself reads the fuses, checks
 * the archive and runs what is in it, nor the installers, which are made on each system.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { Worker } from 'node:worker_threads';
import { getRawHeader } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { connectEngine } from '#ipc';
import { systemClock } from '#ports/clock.ts';
import { appId } from '#shared/app-id.ts';
import { partSizes, sizeTable } from '../../build/pack/sizes.ts';
import { closeAll, temporaryDirectory } from '../support/temporary.ts';
import { type PackedApp, packApp, packStaged, root } from './pack-app.ts';

const suite = closeAll();
let packed: PackedApp;
let directory: string;

beforeAll(async () => {
  directory = await temporaryDirectory(suite.add);
  packed = await packApp(directory);
});
afterAll(() => suite.run());

const read = (path: string) => readFileSync(join(packed.extracted, path), 'utf8');

/** All that may be in the archive. A new kind of file has to be let in here, by somebody who wants it there. */
const allowed = [
  /^(package\.json|LICENSE|LICENCES-OF-PACKAGES\.md)$/,
  /^dist\/(main\.js|preload\.cjs)$/,
  /^dist\/(demo|hint|walk|thumbnail|journal-(keeper|reader|writer))-worker\.js$/,
  /^dist\/[a-z\d-]+-[\w-]{8}\.js$/,
  /^dist\/in-worker\.js$/,
  /^dist\/icons\/(window|tray-(idle|busy|attention|paused)(Template)?(@1\.5x|@2x)?)\.png$/,
  /^dist\/renderer\/(index\.html|assets\/([\w-]+-[\w-]{8}\.js|index-[\w-]{8}\.css|hoist-[\w-]{8}\.svg|inter-latin(-ext)?-wght-normal-[\w-]{8}\.woff2))$/,
  /^node_modules\/(sharp|@img\/colour|@img\/sharp-wasm32|@emnapi\/runtime|detect-libc|semver)\/(package\.json|LICENSE(\.md)?)$/,
  /^node_modules\/sharp\/dist\/[a-z]+\.mjs$/,
  /^node_modules\/@img\/colour\/(index|color)\.cjs$/,
  /^node_modules\/@img\/sharp-wasm32\/(index\.cjs|versions\.json|lib\/sharp-wasm32-[\d.]+\.node\.(js|wasm))$/,
  /^node_modules\/@emnapi\/runtime\/(index\.js|dist\/emnapi\.cjs(\.min)?\.js)$/,
  /^node_modules\/detect-libc\/lib\/[a-z-]+\.js$/,
  /^node_modules\/semver\/(index|(classes|functions|internal|ranges)\/[a-z-]+)\.js$/,
];

describe('the archive', () => {
  test('holds what is needed and nothing else; nothing lies beside it', () => {
    expect(packed.files.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
    expect(packed.unpacked).toEqual([]);
    expect(readdirSync(dirname(packed.archive))).toEqual(['app.asar']);
    for (const pattern of allowed) expect(packed.files.some((path) => pattern.test(path))).toBe(true);
  });

  test('does not hold the command line: without its fuse Electron runs no scripts', () => {
    expect(existsSync(join(packed.bundle, 'cli.js'))).toBe(true);
    expect(packed.files).not.toContain('dist/cli.js');
  });

  test('has a manifest that says what Electron asks, and no more', () => {
    const manifest = JSON.parse(read('package.json'));
    const ours = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(manifest).toEqual({
      name: 'hoist',
      productName: 'Hoist',
      version: ours.version,
      description: ours.description,
      license: 'MIT',
      author: 'Hoist',
      type: 'module',
      main: 'dist/main.js',
      desktopName: 'hoist.desktop',
    });
    expect(packed.files).toContain(manifest.main);
  });

  test('has in it whatever its files name', () => {
    const missing = packed.files.flatMap((path) =>
      namedIn(path, /\.(js|cjs|mjs|html|css)$/.test(path) ? read(path) : '').flatMap((named) =>
        packed.files.includes(named) ? [] : [`${path}: ${named}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  test('is made of built code: no source map, nothing of this checkout or of who built it', () => {
    const own = packed.files.filter((path) => path.startsWith('dist/') && /\.(c?js|css|html)$/.test(path));
    expect(own.length).toBeGreaterThan(20);
    for (const path of own) {
      const text = read(path);
      // Not toContain: nobody wants to read a megabyte when it fails.
      const found = ['sourceMappingURL', root, 'devDependencies', 'jsxDEV'].filter((mark) =>
        text.includes(mark),
      );
      expect(found, path).toEqual([]);
    }
  });

  test('hands on the licences of all packages that are in it', () => {
    const licences = read('LICENCES-OF-PACKAGES.md');
    for (const name of ['got', 'zod', 'chokidar', 'react-dom', '@base-ui/react', 'lucide-react', 'Inter']) {
      expect(licences).toMatch(new RegExp(`^## ${name}\\b`, 'm'));
    }
  });

  test('weighs, part by part:', () => {
    const sizes = partSizes(
      packed.files.map((path) => ({ path, bytes: readFileSync(join(packed.extracted, path)) })),
    );
    process.stdout.write(`\n${sizeTable(sizes)}\n`);
    const bytesOf = (part: string) => sizes.find((size) => size.part === part)?.bytes ?? Number.NaN;
    // Room for a year of work; beyond it somebody should look what came in.
    expect(bytesOf('picture library')).toBeLessThan(10.5e6);
    expect(bytesOf('screens: code and styles')).toBeLessThan(1.5e6);
    expect(bytesOf('main process and engine')).toBeLessThan(1.5e6);
    expect(bytesOf('workers')).toBeLessThan(0.3e6);
  });
});

const wire = {
  version: '1',
  [FuseV1Options.RunAsNode]: FuseState.DISABLE,
  [FuseV1Options.EnableCookieEncryption]: FuseState.ENABLE,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: FuseState.DISABLE,
  [FuseV1Options.EnableNodeCliInspectArguments]: FuseState.DISABLE,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: FuseState.ENABLE,
  [FuseV1Options.OnlyLoadAppFromAsar]: FuseState.ENABLE,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: FuseState.DISABLE,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: FuseState.DISABLE,
  // As it comes from Electron.
  [FuseV1Options.WasmTrapHandlers]: FuseState.ENABLE,
};

describe('the program', () => {
  test("has Electron's fuses set so that nothing but Hoist runs as Hoist", async () => {
    expect(await getCurrentFuseWire(join(packed.program, 'hoist'))).toEqual(wire);
  });

  test("has of Chromium's texts those in the language that Hoist speaks", () => {
    expect(readdirSync(join(packed.program, 'locales'))).toEqual(['en-US.pak']);
  });

  test('looks nowhere for updates unless it was built for a feed', () => {
    expect(existsSync(join(packed.program, 'resources', 'app-update.yml'))).toBe(false);
  });

  test('is refused by electron-builder where its configuration is wrong', async () => {
    await expect(
      packStaged(directory, join(directory, 'app'), (configuration) => ({
        ...configuration,
        // What the type refuses as well.
        mac: { ...configuration.mac, ...{ hardened: true } },
      })),
    ).rejects.toThrow(/configuration\.mac should be/);
  });
});

describe.runIf(process.platform !== 'win32')('the program for macOS', () => {
  test('has the same fuses, the hash of its archive, and takes files and folders on its Dock icon', async () => {
    const program = await packStaged(directory, join(directory, 'app'), undefined, 'mac');
    expect(await getCurrentFuseWire(program)).toEqual(wire);
    const archive = join(program, 'Contents/Resources/app.asar');
    const hash = createHash('sha256').update(getRawHeader(archive).headerString).digest('hex');
    const info = readFileSync(join(program, 'Contents/Info.plist'), 'utf8').replaceAll(/>\s+</g, '><');
    expect(info).toContain(
      `<key>Resources/app.asar</key><dict><key>algorithm</key><string>SHA256</string><key>hash</key><string>${hash}</string>`,
    );
    expect(info).toContain(`<key>CFBundleIdentifier</key><string>${appId}</string>`);
    expect(info).toContain('<array><string>public.data</string><string>public.folder</string></array>');
    expect(info).toContain('<key>LSHandlerRank</key><string>Alternate</string>');
    const icon = readFileSync(join(program, 'Contents/Resources/icon.icns'));
    expect(icon.equals(readFileSync(join(root, 'build/icons/app/hoist.icns')))).toBe(true);
  });
});

describe('what is in the archive runs', () => {
  test('its main process opens an engine that brings a file to its link', async () => {
    const dataDir = join(directory, 'data');
    const path = join(directory, 'blue.png');
    await sharp({ create: { width: 200, height: 100, channels: 3, background: '#00f' } })
      .png()
      .toFile(path);
    const app = startPacked(dataDir);
    const engine = await connectEngine({
      dataDir,
      clock: systemClock,
      open: () => app.check().then(() => 'locked'),
      patienceMs: 60_000,
    });
    const { api } = engine;
    const running = (await api.snapshot()).engine;
    expect(running).toMatchObject({ host: 'desktop', pid: app.pid });
    const { files } = await api.addFiles([path], { destinationId: 'demo-flora' });
    const id = files[0]?.jobId ?? Number.NaN;
    await expect
      .poll(async () => (await api.getJob(id)).job.state.name, { timeout: 60_000 })
      .toBe('completed');
    await engine.close();
  });

  test('its picture library makes pictures, in the thread that the engine starts', async () => {
    const path = join(directory, 'red.png');
    await sharp({ create: { width: 200, height: 100, channels: 3, background: '#f00' } })
      .png()
      .toFile(path);
    const worker = new Worker(join(packed.extracted, 'dist/thumbnail-worker.js'), {
      workerData: { canLoadNative: false },
      execArgv: ['--import', 'data:text/javascript,process.dlopen = () => process.exit(9)'],
    });
    try {
      const { webp } = await new Promise<{ readonly webp: Uint8Array }>((resolve, reject) => {
        worker.once('message', resolve).once('error', reject);
        worker.once('exit', (code) => reject(new Error(`It ended with ${code}.`)));
        worker.postMessage({ path, size: 64 });
      });
      expect(await sharp(webp).metadata()).toMatchObject({ format: 'webp', width: 64, height: 32 });
    } finally {
      await worker.terminate();
    }
  });
});

/** The packed main process, in Node, hidden; it ends with the test. `check` rejects once it has ended by itself. */
function startPacked(dataDir: string) {
  const child = spawn(
    process.execPath,
    [
      ...['--import', new URL('without-electron.ts', import.meta.url).href],
      ...[join(packed.extracted, 'dist/main.js'), '--hidden', '--data-dir', dataDir],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOIST_DEBUG: '1' } },
  );
  let printed = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    pid: child.pid,
    async check() {
      if (child.exitCode !== null) throw new Error(`It has ended (${child.exitCode}): ${printed}`);
    },
  };
}

/** The files beside it, or below it, that a file asks for by name. */
function namedIn(path: string, text: string): readonly string[] {
  const from = posix.dirname(path);
  const patterns = path.endsWith('.html')
    ? [/(?:src|href)="(\.\/[^"]+)"/g]
    : path.endsWith('.css')
      ? [/url\(["']?(\.[^"')]+)["']?\)/g]
      : path.startsWith('dist/') && !path.startsWith('dist/renderer/')
        ? [/["'`](\.\/[\w.-]+\.(?:c?js|png))["'`]/g, /["'`](?:\.\/)?((?:tray|window)[\w-]*\.png)["'`]/g]
        : [/(?:from|import\()\s*["'](\.{1,2}\/[^"']+\.m?js)["']/g];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, name = '']) =>
      posix.join(name.startsWith('.') ? from : `${from}/icons`, name),
    ),
  );
}
