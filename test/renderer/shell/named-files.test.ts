import { expect, test } from 'vitest';
import { namedFiles } from '../../../renderer/shell/drop/named-files.ts';

const files = (count: number) => Array.from({ length: count }, (_, index) => index);

test.each([
  ['a few are all named', 3, 3, 3],
  ['a last line is a name too', 5, 5, 5],
  ['of more, the last line says how many', 6, 6, 4],
  ['others come without a name', 2, 40, 2],
  ['nobody knows a name', 0, 40, 0],
] as const)('files that are given: %s', (_name, known, count, named) =>
  expect(namedFiles(files(known), count)).toHaveLength(named),
);
