import { expect, test } from 'vitest';
import { defaultSize, fitBounds, readState } from '../../../electron/desktop/window/window-state.ts';

const main = { x: 0, y: 25, width: 1920, height: 1055 };
const left = { x: -1280, y: 0, width: 1280, height: 1024 };
const fresh = { bounds: null, isMaximized: false };
const at = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  isMaximized: false,
});

test.each<[string, unknown, unknown]>([
  ['nothing', {}, fresh],
  ['no object', 'junk', fresh],
  ['junk in it', { bounds: { x: 'a' }, isMaximized: 'yes' }, fresh],
  [
    'a part of it',
    { bounds: { x: 1, y: 2, width: 3 }, isMaximized: true },
    { bounds: null, isMaximized: true },
  ],
  ['numbers that are none', { bounds: { x: 1e300, y: 0, width: 1, height: 1 } }, fresh],
  ['what we wrote', at(1, 2), at(1, 2)],
])('%s is read', (_name, stored, state) => expect(readState(stored)).toEqual(state));

test.each<[string, Parameters<typeof fitBounds>[0], readonly (typeof main)[], unknown]>([
  ['the first time', fresh, [main], defaultSize],
  ['where it was', at(100, 100), [main], { x: 100, y: 100, width: 1000, height: 700 }],
  ['on the second display', at(-1200, 10), [main, left], { x: -1200, y: 10, width: 1000, height: 700 }],
  ['on a display that is gone', at(-1200, 10), [main], { width: 1000, height: 700 }],
  ['above the screen, where nobody can take hold of it', at(100, 0), [main], { width: 1000, height: 700 }],
  ['below the screen', at(100, 1070), [main], { width: 1000, height: 700 }],
  ['mostly beside the screen', at(1850, 100), [main], { width: 1000, height: 700 }],
  ['a little beside the screen', at(1700, 100), [main], { x: 1700, y: 100, width: 1000, height: 700 }],
  ['too large for it', at(10, 30, 5000, 5000), [main], { x: 10, y: 30, width: 1920, height: 1055 }],
  ['too small', at(10, 30, 10, 10), [main], { width: 420, height: 400 }],
  ['a small display', fresh, [{ x: 0, y: 0, width: 1024, height: 600 }], { width: 1024, height: 600 }],
  ['no display', at(1, 1), [], { width: 1000, height: 700 }],
])('%s', (_name, state, areas, bounds) => expect(fitBounds(state, areas)).toEqual(bounds));
