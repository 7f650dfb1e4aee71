import { expect, test } from 'vitest';
import type { UploadJob } from '#shared/job.ts';
import { heldRange, shownRows } from '../../../renderer/links/shown-rows.ts';
import { completedJob } from './job.ts';

/** Rows with the ids 10, 11, 12…; the first `held` of them are here. */
function viewOf(total: number | null, held = total ?? 0) {
  const at = (index: number) => (index < held ? completedJob({ id: 10 + index }) : undefined);
  const indexOf = (id: number) => (id >= 10 && id - 10 < held ? id - 10 : -1);
  const placesWhere = (holds: (job: UploadJob) => boolean) =>
    Array.from({ length: held }, (_, index) => index).filter((index) => {
      const job = at(index);
      return job !== undefined && holds(job);
    });
  return { total, at, indexOf, placesWhere };
}

const hiding = (ids: readonly number[]) => (job: UploadJob) => ids.includes(job.id);

const idsOf = (rows: ReturnType<typeof shownRows>) =>
  Array.from({ length: rows.total ?? 0 }, (_, index) => rows.at(index)?.id);

test.each([
  ['nothing hidden', [], [10, 11, 12, 13, 14]],
  ['the first', [10], [11, 12, 13, 14]],
  ['some in a row, in any order', [12, 11], [10, 13, 14]],
  ['the last', [14], [10, 11, 12, 13]],
  ['all', [10, 11, 12, 13, 14], []],
  ['one that is not in the list', [99], [10, 11, 12, 13, 14]],
])('%s', (_, hidden, ids) => {
  const rows = shownRows(viewOf(5), hiding(hidden));
  expect(idsOf(rows)).toEqual(ids);
  expect(ids.map((id) => rows.indexOf(id))).toEqual(ids.map((_, index) => index));
  expect(hidden.map((id) => rows.indexOf(id))).toEqual(hidden.map(() => -1));
});

test('rows that are not here yet keep their places behind the gaps', () => {
  const rows = shownRows(viewOf(1000, 100), hiding([15]));
  expect([rows.total, rows.listIndex(4), rows.listIndex(5), rows.listIndex(998)]).toEqual([999, 4, 6, 999]);
  expect(rows.at(500)).toBeUndefined();
});

test('an unknown total stays unknown', () => expect(shownRows(viewOf(null), null).total).toBeNull());

test('a range of rows that are here, whichever way round', () => {
  const rows = shownRows(viewOf(1000, 100), hiding([12]));
  expect(heldRange(rows, 1, 3)).toEqual([11, 13, 14]);
  expect(heldRange(rows, 3, 1)).toEqual([11, 13, 14]);
  expect(heldRange(rows, 98, 99)).toBeNull();
});
