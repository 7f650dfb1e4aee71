import { expect, test } from 'vitest';
import type { JobQuery } from '#shared/ipc.ts';
import { collectLinks, collectRange } from '../../../renderer/links/collect-links.ts';
import { completedJob } from './job.ts';

/** Answers as the engine does, for rows with the ids 1 to `count` in this order. */
function listOf(count: number) {
  const asked: JobQuery[] = [];
  const rows = Array.from({ length: count }, (_, index) => completedJob({ id: index + 1 }));
  return {
    asked,
    async listJobs(query: JobQuery) {
      asked.push(query);
      const begin = query.cursor === null ? (query.offset ?? 0) : Number(query.cursor);
      const end = begin + query.limit;
      return { rows: rows.slice(begin, end), nextCursor: end < count ? String(end) : null };
    },
  };
}

const filter = { tab: 'done' } as const;
const numbers = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

test.each([
  [0, 1000, [], false, 1],
  [499, 1000, numbers(1, 499), false, 1],
  [1200, 10_000, numbers(1, 1200), false, 3],
  [1000, 1000, numbers(1, 1000), false, 2],
  [5000, 600, numbers(1, 600), true, 2],
  [1001, 1000, numbers(1, 1000), true, 3],
])('of %i with at most %i', async (count, limit, ids, isCut, requests) => {
  const api = listOf(count);
  expect(await collectLinks(api, filter, new Set(), limit)).toEqual({ ids, isCut });
  expect(api.asked).toHaveLength(requests);
  for (const query of api.asked) expect(query).toMatchObject({ filter, sort: 'completed', limit: 500 });
});

test('without those that were taken out, which do not count', async () => {
  const api = listOf(503);
  expect(await collectLinks(api, filter, new Set([2, 500, 502]), 500)).toEqual({
    ids: numbers(1, 503).filter((id) => ![2, 500, 502].includes(id)),
    isCut: false,
  });
});

test('a range is brought page by page', async () => {
  const api = listOf(3000);
  expect(await collectRange(api, filter, 90, 1200)).toEqual(numbers(91, 1201));
  expect(api.asked.map(({ offset, limit }) => [offset, limit])).toEqual([
    [90, 500],
    [590, 500],
    [1090, 111],
  ]);
});

test.each([
  [5, 3, 100, numbers(4, 6)],
  [3, 3, 100, [4]],
  [100, 2000, 700, numbers(101, 800)],
  [2000, 100, 700, numbers(1302, 2001)],
  [2990, 4000, 700, numbers(2991, 3000)],
])('a range from %i to %i with at most %i', async (first, last, limit, ids) => {
  expect(await collectRange(listOf(3000), filter, first, last, limit)).toEqual(ids);
});
