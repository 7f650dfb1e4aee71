import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { fetchElectron } from '../../build/fetch-desktop.ts';
import { findDesktop, type Place } from '../../build/find-desktop.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const desk: Place = { platform: 'linux', env: { DISPLAY: ':0' }, uid: 1000 };
let root: string;

const put = (path: string, text = '') => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(async () => {
  root = await temporaryDirectory();
});

function putBinary() {
  put('node_modules/electron/path.txt', 'electron');
  put('node_modules/electron/dist/electron');
}

test('says what is missing first', () => {
  expect(findDesktop(root, desk)).toEqual({ kind: 'none', why: 'this version has no desktop part' });
  put('dist/main.js');
  expect(findDesktop(root, desk)).toEqual({ kind: 'none', why: "Electron's binary is not here" });
  put('node_modules/electron/install.js');
  expect(findDesktop(root, desk)).toEqual({ kind: 'without-binary' });
  put('node_modules/electron/path.txt', 'electron');
  expect(findDesktop(root, desk)).toEqual({ kind: 'without-binary' });
  put('node_modules/electron/dist/electron');
  expect(findDesktop(root, desk)).toEqual({
    kind: 'here',
    binary: join(root, 'node_modules/electron/dist/electron'),
  });
});

test.each<[string, Partial<Place>, string | null]>([
  ['root on Linux', { uid: 0 }, 'root'],
  ['no display', { env: {} }, 'no display'],
  ['an empty display', { env: { DISPLAY: '' } }, 'no display'],
  ['Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, null],
  ['macOS needs no variable', { platform: 'darwin', env: {} }, null],
  ['Windows has no user numbers', { platform: 'win32', env: {}, uid: null }, null],
])('%s', (_name, place, why) => {
  putBinary();
  put('dist/main.js');
  const found = findDesktop(root, { ...desk, ...place });
  if (why === null) expect(found.kind).toBe('here');
  else expect(found).toEqual({ kind: 'none', why: expect.stringContaining(why) });
});

test('nothing is fetched where it could not be used, or where somebody said so', () => {
  put('dist/main.js');
  put('node_modules/electron/install.js');
  expect(findDesktop(root, { ...desk, uid: 0 }).kind).toBe('none');
  const env = { ...desk.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' };
  expect(findDesktop(root, { ...desk, env })).toMatchObject({ why: "Electron's binary is not here" });
});

const installer = (text: string) => put('node_modules/electron/install.js', text);

test("the package's own script brings it", async () => {
  put('dist/main.js');
  installer(`
    const fs = require('node:fs');
    fs.mkdirSync(__dirname + '/dist');
    fs.writeFileSync(__dirname + '/dist/electron', '');
    fs.writeFileSync(__dirname + '/path.txt', 'electron');`);
  expect(await fetchElectron(root)).toBeNull();
  expect(findDesktop(root, desk).kind).toBe('here');
});

test.each<[string, string, string]>([
  [
    'the network is not there',
    "console.error(new Error('getaddrinfo ENOTFOUND github.com').stack); process.exit(1)",
    'Electron could not be fetched (getaddrinfo ENOTFOUND github.com)',
  ],
  [
    'an error has a class and an end of its own',
    "class HTTPError extends Error {}; console.error(Object.assign(new HTTPError('Response code 404.'), { name: 'HTTPError' }).stack.replace(/^Error/, 'HTTPError')); process.exit(1)",
    'Electron could not be fetched (Response code 404)',
  ],
  ['nothing is said', 'process.exit(1)', 'Electron could not be fetched'],
])('%s: the reason is one line', async (_name, script, why) => {
  installer(script);
  expect(await fetchElectron(root)).toBe(why);
});

test('a download that does not end is ended', async () => {
  installer('setInterval(() => {}, 1000)');
  expect(await fetchElectron(root, 200)).toBe('Electron could not be fetched in time');
});
