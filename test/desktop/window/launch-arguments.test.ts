import { expect, test } from 'vitest';
import { readArguments } from '../../../electron/desktop/window/launch-arguments.ts';

const none = { dataDir: undefined, isHidden: false, paths: [] };

test.each<[readonly string[], Partial<ReturnType<typeof readArguments>>]>([
  [[], {}],
  [['a.png', '/b.png', './c d.png'], { paths: ['/work/a.png', '/b.png', '/work/c d.png'] }],
  [['--data-dir', '/data', 'a'], { dataDir: '/data', paths: ['/work/a'] }],
  [['--data-dir=/data'], { dataDir: '/data' }],
  [['--data-dir'], {}],
  [['--hidden'], { isHidden: true }],
  [['--no-sandbox', '--enable-features=X', '-psn_0_1234', 'a'], { paths: ['/work/a'] }],
  [['--', '--hidden', '-a'], { paths: ['/work/--hidden', '/work/-a'] }],
  [['file:///a%20b.png'], { paths: ['/a b.png'] }],
  [['file://server/share/a.png'], {}],
  [['https://example.com/a.png', 'hoist://add', ''], {}],
  [['file:///a%2fb', 'file:///%'], {}],
])('%j', (args, expected) => expect(readArguments(args, '/work')).toEqual({ ...none, ...expected }));
