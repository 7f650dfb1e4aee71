import { expect, test } from 'vitest';
import { isOwn, isOwnOrMade, pageAddress } from '../../../electron/desktop/window/addresses.ts';

test.each([
  ['', 'app://bundle/'],
  ['#/settings', 'app://bundle/#/settings'],
  ['#/folders/f_1-2', 'app://bundle/#/folders/f_1-2'],
  ['https://example.com/', 'app://bundle/'],
  ['../x', 'app://bundle/'],
  ['#/a?b', 'app://bundle/'],
  ['#//evil\n', 'app://bundle/'],
])('%j leads to %s', (at, address) => expect(pageAddress(at)).toBe(address));

test.each([
  ['app://bundle/', true],
  ['app://bundle/assets/x.js', true],
  ['app://bundle', true],
  ['app://bundle:80/', false],
  ['app://bundle.example/', false],
  ['app://x@bundle.example/', false],
  ['app:bundle/', false],
  ['app:///bundle/', false],
  ['https://bundle/', false],
  ['file:///bundle/', false],
  ['data:text/html,app://bundle/', false],
  ['javascript:alert(1)', false],
  ['', false],
])('%s is own: %s', (address, own) => expect(isOwn(address)).toBe(own));

test('what the page made in memory is its own, what another made is not', () => {
  expect(isOwnOrMade('blob:app://bundle/0b4c')).toBe(true);
  expect(isOwnOrMade('blob:https://example.com/0b4c')).toBe(false);
  expect(isOwnOrMade('blob:null/0b4c')).toBe(false);
});
