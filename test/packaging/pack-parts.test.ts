/** The decisions of packing: which files, which configuration, what a release needs, and the icons' containers. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { icnsFile, icoFile } from '../../build/icons/containers.ts';
import { builderConfiguration, fuses } from '../../build/pack/configuration.ts';
import { neededFiles } from '../../build/pack/needed-files.ts';
import { feedAddress, type ReleaseState, releaseProblems } from '../../build/pack/release-checks.ts';
import { root } from './pack-app.ts';

describe('the files that entries lead to', () => {
  const files: Readonly<Record<string, string>> = {
    'main.js': 'import{a}from"./shared-a1.js";const late=()=>import(`./late-b2.js`);',
    'cli.js': 'import"./shared-a1.js";import"./only-cli-c3.js";',
    'shared-a1.js': "new Worker(new URL('./walk-worker.js',import.meta.url));import('./main.js')",
    'late-b2.js': 'import "./not-in-the-bundle.js"',
    'walk-worker.js': '',
    'only-cli-c3.js': '',
    'preload.cjs': '',
  };
  const needed = (...entries: readonly string[]) =>
    neededFiles(new Set(Object.keys(files)), entries, (name) => files[name] ?? '');

  test('are theirs by import, by late import and by worker, and circles end', () => {
    expect(needed('main.js', 'preload.cjs')).toEqual([
      'late-b2.js',
      'main.js',
      'preload.cjs',
      'shared-a1.js',
      'walk-worker.js',
    ]);
  });

  test('lack an entry: that is said', () => {
    expect(() => needed('app.js')).toThrow('The bundle has no app.js');
  });
});

describe('the configuration', () => {
  const configuration = (feed: string | null = null, publisher: string | null = null) =>
    builderConfiguration({
      root,
      app: join(root, 'out/app'),
      out: join(root, 'out/desktop'),
      feed,
      maintainer: 'Some Body <some@body.test>',
      publisher,
      electronDist: null,
    });

  test('names icons and files that are there', () => {
    const { linux, mac, win, nsis } = configuration();
    const paths = [
      linux?.icon,
      mac?.icon,
      mac?.entitlements,
      mac?.entitlementsInherit,
      win?.icon,
      nsis?.include,
    ];
    expect(paths).toHaveLength(6);
    for (const path of paths) expect(readdirSync(join(path ?? '', '..'))).toContain(path?.split('/').at(-1));
  });

  test('knows an update feed only when it is told of one, and asserts who signed', () => {
    expect(configuration().publish).toBeNull();
    expect(configuration('https://updates.test/hoist/').publish).toEqual([
      { provider: 'generic', url: 'https://updates.test/hoist/' },
    ]);
    expect(configuration(null, 'Hoist Ltd').win?.signtoolOptions).toEqual({ publisherName: 'Hoist Ltd' });
  });

  test('leaves nothing in the fuses to chance, and asks macOS for no more than V8 needs', () => {
    expect(Object.keys(fuses)).toHaveLength(8);
    const entitlements = readFileSync(join(root, 'build/entitlements.mac.plist'), 'utf8');
    expect([...entitlements.matchAll(/<key>(.*)<\/key>/g)].map(([, key]) => key)).toEqual([
      'com.apple.security.cs.allow-jit',
    ]);
    expect(configuration().mac?.hardenedRuntime).toBe(true);
  });

  test('is offered for kinds of files, and never becomes what opens every unknown file or folder', () => {
    const kinds = configuration().linux?.mimeTypes ?? [];
    expect(kinds).toEqual(expect.arrayContaining(['image/png', 'video/mp4']));
    expect(kinds).not.toContain('application/octet-stream');
    expect(kinds).not.toContain('inode/directory');
    expect(configuration().fileAssociations).toBeUndefined();
  });
});

describe('a release', () => {
  const ready: ReleaseState = {
    platform: 'linux',
    env: { HOIST_UPDATE_FEED: 'https://updates.test/', HOIST_MAINTAINER: 'Some Body <some@body.test>' },
    version: '1.2.3',
    tags: ['v1.2.3'],
    uncommitted: [],
  };
  const signed = { CSC_NAME: 'x', APPLE_API_KEY: 'x', APPLE_API_KEY_ID: 'x', APPLE_API_ISSUER: 'x' };

  test.each<[string, ReleaseState]>([
    ['Linux', ready],
    ['macOS', { ...ready, platform: 'darwin', env: { ...ready.env, ...signed } }],
    [
      'Windows',
      { ...ready, platform: 'win32', env: { ...ready.env, WIN_CSC_LINK: 'x', HOIST_WIN_PUBLISHER: 'x' } },
    ],
  ])('for %s is ready when all is there', (_, state) => expect(releaseProblems(state)).toEqual([]));

  test.each<[string, Partial<ReleaseState>, readonly string[]]>([
    ['work that is not committed', { uncommitted: [' M a.ts'] }, ['Commit or remove first:  M a.ts']],
    ['another tag', { tags: ['v1.2.2'] }, ['The commit is not tagged v1.2.3: git tag v1.2.3']],
    ['no feed', { env: { HOIST_MAINTAINER: 'x' } }, [expect.stringContaining('Set HOIST_UPDATE_FEED')]],
    [
      'a feed that anybody on the way could change',
      { env: { ...ready.env, HOIST_UPDATE_FEED: 'http://updates.test/' } },
      ['HOIST_UPDATE_FEED is no https address: http://updates.test/'],
    ],
    [
      'no signature on macOS',
      { platform: 'darwin' },
      [expect.stringContaining('CSC_LINK'), expect.stringContaining('APPLE_API_KEY')],
    ],
    [
      'no signature on Windows',
      { platform: 'win32' },
      [expect.stringContaining('WIN_CSC_LINK'), expect.stringContaining('HOIST_WIN_PUBLISHER')],
    ],
  ])('is stopped by %s', (_, change, problems) => {
    expect(releaseProblems({ ...ready, ...change })).toEqual(problems);
  });

  test.each([
    ['https://updates.test/hoist', 'https://updates.test/hoist'],
    ['http://updates.test/', null],
    ['https://me:secret@updates.test/', null],
    ['file:///tmp/feed', null],
    ['updates.test', null],
  ])('takes %s for a feed as %s', (feed, address) => expect(feedAddress(feed)).toBe(address));
});

describe('the icons', () => {
  const icons = join(root, 'build/icons');

  test('are as many pixels as they say, with a see-through ground', async () => {
    const sizes = Object.fromEntries(
      await Promise.all(
        readdirSync(join(icons, 'bundled/icons')).map(async (name) => {
          const { width, height, hasAlpha } = await sharp(join(icons, 'bundled/icons', name)).metadata();
          expect([height, hasAlpha], name).toEqual([width, true]);
          return [name, width] as const;
        }),
      ),
    );
    const tray = ['idle', 'busy', 'attention', 'paused'].flatMap((state) => [
      [`tray-${state}.png`, 16],
      [`tray-${state}@1.5x.png`, 24],
      [`tray-${state}@2x.png`, 32],
      [`tray-${state}Template.png`, 16],
      [`tray-${state}Template@2x.png`, 32],
    ]);
    expect(sizes).toEqual({ 'window.png': 256, ...Object.fromEntries(tray) });
  });

  test('for the menu bar of macOS are black and see-through only, so that it can colour them', async () => {
    for (const name of readdirSync(join(icons, 'bundled/icons')).filter((each) =>
      each.includes('Template'),
    )) {
      const { channels } = await sharp(join(icons, 'bundled/icons', name)).stats();
      expect(
        channels.slice(0, 3).map(({ max }) => max),
        name,
      ).toEqual([0, 0, 0]);
    }
  });

  test('lie whole in the files for Windows and macOS', async () => {
    const ico = readFileSync(join(icons, 'app/hoist.ico'));
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
      const at = 6 + 16 * index;
      const png = ico.subarray(ico.readUInt32LE(at + 12)).subarray(0, ico.readUInt32LE(at + 8));
      return { said: ico[at] || 256, png };
    });
    expect(sizes.map(({ said }) => said)).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
    for (const { said, png } of sizes) expect((await sharp(png).metadata()).width).toBe(said);
    expect(sizes.reduce((sum, { png }) => sum + png.length, 6 + 16 * sizes.length)).toBe(ico.length);

    const icns = readFileSync(join(icons, 'app/hoist.icns'));
    expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
    const widths: Record<string, number> = {};
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      const png = icns.subarray(at + 8, at + icns.readUInt32BE(at + 4));
      widths[icns.toString('latin1', at, at + 4)] = (await sharp(png).metadata()).width;
    }
    expect(widths).toEqual({
      ic11: 32,
      ic12: 64,
      ic07: 128,
      ic13: 256,
      ic08: 256,
      ic14: 512,
      ic09: 512,
      ic10: 1024,
    });
  });

  test('containers say how long each picture is', () => {
    const png = new Uint8Array([1, 2, 3]);
    expect([...icoFile([{ size: 256, png }])].slice(6, 22)).toEqual([
      0, 0, 0, 0, 1, 0, 32, 0, 3, 0, 0, 0, 22, 0, 0, 0,
    ]);
    expect(Buffer.from(icnsFile([{ type: 'ic07', png }])).toString('latin1')).toBe(
      'icns\0\0\0\u0013ic07\0\0\0\u000b\u0001\u0002\u0003',
    );
  });
});
