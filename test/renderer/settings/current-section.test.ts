import { expect, test } from 'vitest';
import { currentSection } from '../../../renderer/settings/current-section.ts';

const at = (...tops: readonly number[]) => tops.map((top, index) => ({ id: String(index), top }));

test.each([
  ['nothing was scrolled', at(20, 150, 700), 'not', '0'],
  ['the next one comes near the top', at(-150, 30, 530), 'some', '1'],
  ['the one above is still to be seen', at(-150, 130, 530), 'some', '0'],
  ['the last ones cannot come up', at(-700, -200, 300, 500), 'all', '3'],
  ['all of them are seen side by side', at(20, 150, 20, 150), 'not', '0'],
  ['the lower ones stand side by side', at(-400, 40, -400, 40), 'some', '1'],
] as const)('the section that is read: %s', (_name, sections, scrolled, id) =>
  expect(currentSection(sections, scrolled)).toBe(id),
);

test('without sections there is none', () => expect(currentSection([], 'not')).toBeNull());
