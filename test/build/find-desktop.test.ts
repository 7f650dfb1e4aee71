import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { findDesktop, type Place } from '../../build/find-desktop.ts';

const desk: Place = { platform: 'linux', env: { DISPLAY: ':0' }, uid: 1000 };
let root: string;

const put = (path: string, text = '') => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hoist-desktop-'));
});

function withBinary() {
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  put('node_modules/electron/path.txt', 'electron');
  put('node_modules/electron/dist/electron');
}

test('says what is missing first', () => {
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  expect(findDesktop(root, desk)).toEqual({ why: "Electron's binary is not here" });
  put('node_modules/electron/path.txt', 'electron');
  expect(findDesktop(root, desk)).toEqual({ why: "Electron's binary is not here" });
  put('node_modules/electron/dist/electron');
  expect(findDesktop(root, desk)).toEqual({ why: 'this version has no desktop part' });
});

test.each<[string, Partial<Place>, string | null]>([
  ['root on Linux', { uid: 0 }, 'root'],
  ['no display', { env: {} }, 'no display'],
  ['an empty display', { env: { DISPLAY: '' } }, 'no display'],
  ['Wayland', { env: { WAYLAND_DISPLAY: 'wayland-0' } }, null],
  ['macOS needs no variable', { platform: 'darwin', env: {} }, null],
  ['Windows has no user numbers', { platform: 'win32', env: {}, uid: null }, null],
])('%s', (_name, place, why) => {
  withBinary();
  put('dist/main.js');
  const found = findDesktop(root, { ...desk, ...place });
  if (why === null) expect(found).toHaveProperty('entry', join(root, 'dist/main.js'));
  else expect(found).toEqual({ why: expect.stringContaining(why) });
});
