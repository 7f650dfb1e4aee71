import { expect, test } from 'vitest';
import { comeBack } from '../../../electron/desktop/quit/come-back.ts';
import { readArguments } from '../../../electron/desktop/window/launch-arguments.ts';

const plain = { environment: {}, appPath: null, dataDir: undefined };

test.each([
  { dataDir: undefined, isHidden: false, paths: [] },
  { dataDir: '/data of mine', isHidden: false, paths: ['/a.png', '/--hidden'] },
  { dataDir: undefined, isHidden: true, paths: ['/a b.png'] },
])('what it is started with is what was asked of the one before: %o', (launch) => {
  const { args, execPath } = comeBack(launch, { ...plain, dataDir: launch.dataDir });
  expect(readArguments(args, '/elsewhere')).toEqual(launch);
  expect(execPath).toBeUndefined();
});

test('an AppImage starts from its file; a source tree is named to Electron', () => {
  const launch = { dataDir: undefined, isHidden: false, paths: ['/a.png'] };
  expect(comeBack(launch, { ...plain, environment: { APPIMAGE: '/apps/Hoist.AppImage' } }).execPath).toBe(
    '/apps/Hoist.AppImage',
  );
  expect(comeBack(launch, { ...plain, appPath: '/src/hoist' }).args).toEqual(['/src/hoist', '--', '/a.png']);
});
