import { expect, test } from 'vitest';
import { type Surroundings, toastPlace } from '../../../renderer/ui/toast-place.ts';

const statusBar = { left: 0, right: 1000, top: 650 };
const around: Surroundings = {
  windowWidth: 1000,
  windowHeight: 680,
  isRightToLeft: false,
  dialogWidth: null,
  bars: [statusBar],
};
const selection = (left: number, right: number) => ({ bars: [statusBar, { left, right, top: 600 }] });
const corner = { edge: 'bottom', bottom: 42 };
const aboveSelection = { edge: 'bottom', bottom: 92 };

test.each([
  ['nothing is open', {}, corner],
  ['no bar is there', { bars: [] }, { edge: 'bottom', bottom: 12 }],
  ['a selection ends before the corner', selection(220, 600), corner],
  ['a selection reaches into the corner', selection(220, 800), aboveSelection],
  ['lines run from right to left', { isRightToLeft: true, ...selection(400, 780) }, corner],
  [
    'a selection reaches into the other corner',
    { isRightToLeft: true, ...selection(300, 780) },
    aboveSelection,
  ],
  [
    'there is room beside the dialog',
    { windowWidth: 1400, dialogWidth: 560, bars: [] },
    { edge: 'bottom', bottom: 12 },
  ],
  ['the dialog leaves no room', { dialogWidth: 560 }, { edge: 'top' }],
] as const)('toasts lie over nothing that may be wanted: %s', (_name, given, place) =>
  expect(toastPlace({ ...around, ...given })).toEqual(place),
);
