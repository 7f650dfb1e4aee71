import { expect, test } from 'vitest';
import { toastPlace } from '../../../renderer/ui/dialog-place.ts';

const box = { windowWidth: 1000, width: 560, top: 16, headEnd: 95, footStart: 530 };

test.each([
  ['no dialog', null, { edge: 'bottom' }],
  ['room beside it', { ...box, windowWidth: 1400 }, { edge: 'bottom' }],
  ['room above it', { ...box, top: 150 }, { edge: 'top', top: 16, maxHeight: 118 }],
  ['no room around it', box, { edge: 'top', top: 111, maxHeight: 403 }],
] as const)('toasts lie over no button of a dialog: %s', (_name, given, place) =>
  expect(toastPlace(given)).toEqual(place),
);
