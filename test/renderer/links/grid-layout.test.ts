import { expect, test } from 'vitest';
import { layoutOf } from '../../../renderer/links/grid-layout.ts';

test.each([
  ['list', 'comfortable', 900, 16, 1, 56],
  ['list', 'compact', 900, 16, 1, 36],
  ['list', 'compact', 900, 32, 1, 72],
  ['cards', 'comfortable', 688, 16, 3, 243],
  ['cards', 'comfortable', 1188, 16, 5, 251],
  ['cards', 'comfortable', 3628, 16, 10, 335],
  ['cards', 'compact', 200, 16, 1, 213],
  ['cards', 'comfortable', 0, 16, 1, 105],
] as const)('%s, %s, %i px wide, letters of %i px', (mode, density, width, rem, columns, rowHeight) => {
  expect(layoutOf(mode, density, { width, rem })).toMatchObject({ columns, rowHeight });
});
