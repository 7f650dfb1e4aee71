import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noNarrowing } from '../../../renderer/shell/navigation.ts';
import { emptyKind } from '../../../renderer/uploads/empty-kind.ts';
import { hiddenAtFirst, hideableColumns, layoutOf } from '../../../renderer/uploads/list/columns.ts';
import { rowAfterKey } from '../../../renderer/uploads/list/grid-keys.ts';
import { rowNow } from '../../../renderer/uploads/list/range-ids.ts';
import { heightOf, linesOf } from '../../../renderer/uploads/list/row-heights.ts';
import { seenRows } from '../../../renderer/uploads/list/skipped-rows.ts';
import { filterOf, isNarrowed, nextSort, queryOf } from '../../../renderer/uploads/list-query.ts';
import { matches } from '../../../renderer/uploads/matches.ts';
import { readViewOptions } from '../../../renderer/uploads/view-options.ts';
import { job } from './jobs.ts';

describe('the question to the engine', () => {
  test('is made of tab, search and chips', () => {
    expect(filterOf('all', noNarrowing)).toEqual({});
    expect(
      filterOf('needsYou', { search: ' cat ', destinationId: 'd1', watchFolderId: 'f1', completedSince: 7 }),
    ).toEqual({
      tab: 'needsYou',
      search: 'cat',
      destinationId: 'd1',
      watchFolderId: 'f1',
      completedAfter: 7,
    });
    expect(isNarrowed(noNarrowing)).toBe(false);
    expect(isNarrowed({ ...noNarrowing, completedSince: 7 })).toBe(true);
  });

  test('sorts by when they were done only where all are', () => {
    const sort = { column: 'when', direction: 'descending' } as const;
    expect(queryOf({}, 'done', sort).sort).toBe('completed');
    expect(queryOf({}, 'all', sort).sort).toBe('added');
  });

  test('is turned round by a second press', () => {
    const byName = nextSort({ column: 'when', direction: 'descending' }, 'file');
    expect(byName).toEqual({ column: 'file', direction: 'ascending' });
    expect(nextSort(byName, 'file').direction).toBe('descending');
    expect(nextSort(byName, 'size').direction).toBe('descending');
  });

  test.each([
    [{}, true],
    [{ tab: 'waiting' as const }, true],
    [{ tab: 'done' as const }, false],
    [{ search: 'STILL' }, true],
    [{ search: 'dog' }, false],
    [{ destinationId: 'd2' }, false],
    [{ states: ['queued' as const], ids: [1] }, true],
    [{ ids: [2] }, false],
  ])('%j is known here too', (filter, expected) => {
    expect(matches(filter, job())).toBe(expected);
  });

  test('knows what was completed on a day, from its beginning up to its end', () => {
    const done = job({ completedAt: 5 });
    const within = (from: number, before: number) =>
      matches({ completedAfter: from, completedBefore: before }, done);
    expect([within(5, 6), within(4, 5), within(6, 9)]).toEqual([true, false, false]);
    expect(matches({ completedAfter: 0 }, job({ completedAt: null }))).toBe(false);
  });
});

describe('columns', () => {
  test.each([
    [1190, 'select file size progress state when actions', true],
    [760, 'select file size progress state actions', true],
    [688, 'select file progress state actions', true],
    [610, 'select file progress state actions', false],
    [585, 'select file progress state actions', false],
    [398, 'select file state actions', false],
  ])('%i px show', (width, expected, hasLikely) => {
    const layout = layoutOf(width, hiddenAtFirst, false);
    expect(layout.columns.join(' ')).toBe(expected);
    expect(layout.hasLikely).toBe(hasLikely);
  });

  test('bars are shorter before names are cut', () => {
    const [roomy, tight] = [1000, 760].map((width) => layoutOf(width, hiddenAtFirst, false));
    expect([roomy?.template, tight?.template]).toEqual([
      '16px 34px minmax(0,1fr) 82px 172px 118px 84px 92px',
      '16px 34px minmax(0,1fr) 82px 155px 104px 92px',
    ]);
  });

  test('a state that says the percent keeps its width', () => {
    const hidden = ['progress', 'destination'] as const;
    for (let width = 330; width < 900; width++)
      expect([width, layoutOf(width, hidden, false).template]).toEqual([
        width,
        expect.stringContaining(' 118px '),
      ]);
  });

  test('no list is wider than its window, and a reason has what the columns beside or above it have', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 330, max: 4000 }),
        fc.subarray([...hideableColumns]),
        fc.boolean(),
        (width, hidden, isCompact) => {
          const layout = layoutOf(width, hidden, isCompact);
          const { template, columns, besideEnd, belowEnd, belowInset, belowWidth, lineOf } = layout;
          const fixed = Array.from(template.matchAll(/(\d+)px/g), ([, px]) => Number(px));
          const gaps = template.split(' ').length - 1;
          const rest = width - 30 - fixed.reduce((sum, px) => sum + px, 0) - 10 * gaps;
          expect(rest).toBeGreaterThan(0);
          expect(belowEnd).toBe(lineOf('actions'));
          // All of the row but its edges, what stands before the name, and the actions.
          const [select = 0, picture = 0] = fixed;
          expect(belowWidth + belowInset).toBe(width - 30 - select - picture - (fixed.at(-1) ?? 0) - 30);
          expect(belowInset > 0).toBe(!layout.hasLikely);
          expect(lineOf('file')).toBe(3);
          const after = columns[columns.indexOf('file') + (besideEnd - 3)];
          expect(after === undefined ? undefined : lineOf(after)).toBe(besideEnd);
        },
      ),
    );
  });
});

test('in a wide window all columns share the room, up to its end', () => {
  const [usual, wide] = [1190, 3620].map((width) => layoutOf(width, hiddenAtFirst, false));
  const pxOf = (template = '') => Array.from(template.matchAll(/(\d+)px/g), ([, px]) => Number(px));
  // Select, picture, size, progress, state, when, actions; the file takes the rest.
  expect(pxOf(usual?.template)).toEqual([16, 34, 82, 172, 118, 84, 92]);
  expect(pxOf(wide?.template)).toEqual([16, 34, 372, 752, 408, 374, 92]);
  expect(wide?.fileWidth).toBe(3620 - 30 - 70 - (16 + 34 + 372 + 752 + 408 + 374 + 92));
  expect(wide?.fileWidth).toBeGreaterThan(usual?.fileWidth ?? 0);
});

test('a reason gets its lines, broken between words', () => {
  const letters = (text: string) => text.length;
  expect(linesOf('one two three', 13, letters)).toBe(1);
  expect(linesOf('one two three', 12, letters)).toBe(2);
  expect(linesOf('one two three', 5, letters)).toBe(3);
  expect(linesOf('extraordinarily', 5, letters)).toBe(1);
  expect([1, 2, 3, 4].map(heightOf)).toEqual([52, 62, 77, 92]);
});

describe('rows of which some are hidden', () => {
  test('skip those', () => {
    const seen = seenRows(6, [1, 2, 9]);
    expect(seen.count).toBe(4);
    expect([0, 1, 2, 3].map(seen.placeOf)).toEqual([0, 3, 4, 5]);
    expect([0, 3, 4, 5].map(seen.seenAt)).toEqual([0, 1, 2, 3]);
    expect(seen.seenAt(1)).toBe(1);
  });

  test('places and rows are each other’s way back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(60), { maxLength: 20 }), (hidden) => {
        const sorted = hidden.sort((a, b) => a - b);
        const seen = seenRows(60, sorted);
        for (let row = 0; row < seen.count; row++) {
          expect(sorted).not.toContain(seen.placeOf(row));
          expect(seen.seenAt(seen.placeOf(row))).toBe(row);
        }
      }),
    );
  });
});

test.each([
  ['goes with its job', { id: 7, row: 1 }, 3],
  ['stays where its job was last seen', { id: 8, row: 1 }, 1],
  ['stays where no job was known', { id: null, row: 0 }, 0],
])('what Shift selects from %s', (_, anchor, expected) => {
  const view = { indexOf: (id: number) => (id === 7 ? 4 : -1) };
  expect(rowNow(anchor, view, seenRows(9, [2]))).toBe(expected);
});

test.each([
  ['ArrowDown', 5, 6],
  ['ArrowDown', 99, 99],
  ['ArrowUp', 0, 0],
  ['PageDown', 5, 14],
  ['PageUp', 5, 0],
  ['Home', 5, 0],
  ['End', 5, 99],
  ['x', 5, null],
])('%s from %i leads to %s', (key, row, expected) => {
  expect(rowAfterKey(key, row, 100, 10)).toBe(expected);
});

test('an empty list says why', () => {
  const counts = { all: 5, open: 0, doneToday: 0 };
  expect(emptyKind('all', noNarrowing, { ...counts, all: 0 })).toBe('nothing');
  expect(emptyKind('failed', noNarrowing, counts)).toBe('tab');
  expect(emptyKind('active', noNarrowing, { ...counts, doneToday: 3 })).toBe('all-done');
  expect(emptyKind('active', noNarrowing, { ...counts, open: 1, doneToday: 3 })).toBe('tab');
  expect(emptyKind('all', { ...noNarrowing, search: 'x' }, { ...counts, all: 0 })).toBe('search');
  expect(emptyKind('all', { ...noNarrowing, destinationId: 'd' }, counts)).toBe('narrowed');
});

test('what another version stored is read as far as it makes sense', () => {
  const first = readViewOptions(undefined);
  expect(first).toEqual({ sort: { column: 'when', direction: 'descending' }, hidden: ['destination'] });
  expect(readViewOptions({ sort: { column: 'colour', direction: 'up' }, hidden: 'all' })).toEqual(first);
  expect(
    readViewOptions({ sort: { column: 'size', direction: 'ascending' }, hidden: ['when', 'file'] }),
  ).toEqual({
    sort: { column: 'size', direction: 'ascending' },
    hidden: ['when'],
  });
});
