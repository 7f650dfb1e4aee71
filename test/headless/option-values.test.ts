import { expect, test } from 'vitest';
import { dataDirectory, startDirectory } from '#ipc';
import {
  parseAfter,
  parseBytes,
  parseDuration,
  parseEdge,
  parseFault,
  parseFormat,
} from '../../electron/headless/option-values.ts';
import { typeKey } from '../../electron/headless/secret.ts';
import { UsageError } from '../../electron/headless/usage-error.ts';

test.each([
  ['2s', 2000],
  ['500ms', 500],
  ['1.5m', 90_000],
  ['1h', 3_600_000],
  ['3', 3000],
])('the time %s is %d ms', (text, ms) => expect(parseDuration('--settle', text)).toBe(ms));

test.each(['', 's', '-1s', '2 s', '1d', '1e3'])('"%s" is no time', (text) =>
  expect(() => parseDuration('--settle', text)).toThrow(UsageError),
);

test.each([
  ['500000000', 500_000_000],
  ['500MB', 500_000_000],
  ['50MiB', 52_428_800],
  ['1.5 g', 1_500_000_000],
  ['100kb', 100_000],
])('the size %s is %d bytes', (text, bytes) => expect(parseBytes('--max-size', text)).toBe(bytes));

test.each(['', 'MB', '5 parsecs', '-5MB'])('"%s" is no size', (text) =>
  expect(() => parseBytes('--max-size', text)).toThrow(UsageError),
);

test.each([
  ['image=A.jpg', { edge: 'image', path: 'A.jpg' }],
  ['image=a=b.jpg', { edge: 'image', path: 'a=b.jpg' }],
])('the edge %s', (text, edge) => expect(parseEdge(text)).toEqual(edge));

test.each(['image', '=A.jpg', 'image='])('"%s" is no edge with a file', (text) =>
  expect(() => parseEdge(text)).toThrow(UsageError),
);

test.each([
  ['link', 'link'],
  ['json', 'json'],
  ['{name}: {link}', { template: '{name}: {link}' }],
])('the format %s', (text, format) => expect(parseFormat(text)).toEqual(format));

test.each(['{nmae} {link}', '{Name}', '{link} {constructor}'])('"%s" has a word that means nothing', (text) =>
  expect(() => parseFormat(text)).toThrow(
    /\{(nmae|Name|constructor)\} means nothing\. Use \{link\}, \{name\}, .*\{sha256\}\./,
  ),
);

test.each(['md', '', '{}', 'constructor'])('"%s" is no format', (text) =>
  expect(() => parseFormat(text)).toThrow(/link, markdown, html/),
);

test.each([
  ['keep', { kind: 'keep' }],
  ['move=done', { kind: 'move', directory: 'done' }],
  ['move=/a=b', { kind: 'move', directory: '/a=b' }],
])('after %s', (text, after) => expect(parseAfter(text)).toEqual(after));

test.each(['trash', 'move=', 'move'])('"%s" is nothing to do after an upload', (text) =>
  expect(() => parseAfter(text)).toThrow(UsageError),
);

test.each([
  ['dropAnswer', { name: 'dropAnswer', value: true }],
  ['slow=1000', { name: 'slow', value: 1000 }],
  ['redirect=http://x/', { name: 'redirect', value: 'http://x/' }],
  ['status={"value":503,"first":2}', { name: 'status', value: { value: 503, first: 2 } }],
])('the fault %s', (text, fault) => expect(parseFault(text)).toEqual(fault));

const place = { env: {}, platform: 'linux' as const, homeDir: '/home/u', cwd: '/work' };

test.each([
  ['the option, from where the user is', 'x', { ...place, env: { HOIST_DATA_DIR: '/env' } }, '/work/x'],
  ['the variable', undefined, { ...place, env: { HOIST_DATA_DIR: 'env' } }, '/work/env'],
  ['XDG', undefined, { ...place, env: { XDG_CONFIG_HOME: '/xdg' } }, '/xdg/hoist'],
  ['no relative XDG', undefined, { ...place, env: { XDG_CONFIG_HOME: 'xdg' } }, '/home/u/.config/hoist'],
  ['nothing set', undefined, place, '/home/u/.config/hoist'],
  [
    'macOS',
    undefined,
    { ...place, platform: 'darwin' as const },
    '/home/u/Library/Application Support/Hoist',
  ],
])('the data directory by %s', (_what, option, where, expected) =>
  expect(dataDirectory(option, where)).toBe(expected),
);

test('npm says where the user was, and only npm may', () => {
  const env = { INIT_CWD: '/user' };
  expect(startDirectory({ ...place, env })).toBe('/work');
  expect(startDirectory({ ...place, env: { ...env, npm_lifecycle_event: 'hoist' } })).toBe('/user');
  expect(startDirectory({ ...place, env: { ...env, npm_lifecycle_event: 'test' } })).toBe('/work');
});

test('typing a key: letters, backspace over a whole character, clear, end and cancel', () => {
  expect(typeKey('ab', 'c')).toEqual({ kind: 'typed', text: 'abc' });
  expect(typeKey('a🖼', '\u007f')).toEqual({ kind: 'typed', text: 'a' });
  expect(typeKey('abc', '\u0015')).toEqual({ kind: 'typed', text: '' });
  expect(typeKey('abc', '\r')).toEqual({ kind: 'done' });
  expect(typeKey('abc', '\u0003')).toEqual({ kind: 'canceled' });
});
