import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { failure } from '#shared/failure.ts';
import { ContractError } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { createJobList } from '../../../renderer/live/job-list.ts';
import type { Live } from '../../../renderer/live/live-store.ts';
import { fakeEngine, job } from './fake-engine.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const jobs = (count: number, first = 1): readonly UploadJob[] =>
  Array.from({ length: count }, (_, index) => job(first + index));

/** A list over as many rows, and the live store that tells it of changes. */
function listOf(count: number) {
  const engine = fakeEngine(jobs(count));
  const live = createStore<Live>(() => ({ epoch: 1, revision: 1 }) as Live);
  const list = createJobList(engine.api, live, { filter: {}, sort: 'added', direction: 'descending' });
  let revision = 1;
  return {
    engine,
    live,
    list,
    /** Lets all answers come in, and the pauses pass. */
    settle: () => vi.advanceTimersByTimeAsync(1000),
    change: () => live.setState({ revision: ++revision }),
    names: (first: number, last: number) =>
      Array.from({ length: last - first + 1 }, (_, index) => list.view().at(first + index)?.name),
    asksOf: (word: string) => engine.asked.filter((line) => line.startsWith(word)),
  };
}

test('it brings the first page and how many there are, and no more', async () => {
  const { list, settle, asksOf, names } = listOf(1000);
  expect([list.view().total, list.view().at(0)]).toEqual([null, undefined]);
  await settle();
  expect([list.view().total, names(0, 1)]).toEqual([1000, ['1.png', '2.png']]);
  expect(asksOf('listJobs')).toEqual(['listJobs 0']);
});

test('a jump brings what is on the screen, not what lies between', async () => {
  const { list, settle, asksOf, names } = listOf(100_000);
  await settle();
  list.show(50_090, 50_120);
  await settle();
  expect(asksOf('listJobs')).toEqual(['listJobs 0', 'listJobs 50000', 'listJobs 50100']);
  expect(names(50_090, 50_120)).not.toContain(undefined);
  expect(list.view().indexOf(50_101)).toBe(50_100);
  expect(list.view().indexOf(70_000)).toBe(-1);
});

test('a page that is here is not asked for again', async () => {
  const { list, settle, asksOf } = listOf(1000);
  await settle();
  list.show(0, 20);
  list.show(5, 25);
  await settle();
  expect(asksOf('listJobs')).toEqual(['listJobs 0']);
});

test('however far one goes, only the pages near the screen are kept', async () => {
  const { list, settle, names } = listOf(5000);
  for (let first = 0; first < 5000; first += 100) {
    list.show(first, first + 30);
    await settle();
  }
  const held = names(0, 4999).filter((name) => name !== undefined);
  expect(held).toHaveLength(1200);
  expect(names(4900, 4930)).not.toContain(undefined);
  expect(list.view().at(0)).toBeUndefined();
});

test('which rows are on the screen is told once they stay there', async () => {
  const { list, settle, engine, asksOf } = listOf(1000);
  await settle();
  engine.asked.length = 0;
  for (let first = 1; first <= 20; first++) list.show(first, first + 2);
  await settle();
  expect(asksOf('view')).toEqual(['view 21,22,23']);
});

test('a change of the queue brings the rows on the screen anew, and forgets those out of sight', async () => {
  const { list, engine, settle, change, names } = listOf(1000);
  await settle();
  list.show(200, 210);
  await settle();
  engine.rows = jobs(1000, 501);
  change();
  await settle();
  expect(names(200, 201)).toEqual(['701.png', '702.png']);
  expect(list.view().at(0)).toBeUndefined();
  list.show(0, 10);
  await settle();
  expect(names(0, 0)).toEqual(['501.png']);
});

test('many changes at once are one look, and the last of them is not missed', async () => {
  const { list, engine, settle, change, asksOf } = listOf(10);
  await settle();
  engine.asked.length = 0;
  for (let index = 1; index <= 50; index++) {
    engine.rows = jobs(10 + index);
    change();
  }
  await settle();
  expect(list.view().total).toBe(60);
  expect(asksOf('countJobs').length).toBeLessThanOrEqual(2);
});

test('a change that comes while a page is on its way is asked for once more', async () => {
  const { list, engine, settle, change, names } = listOf(100);
  await settle();
  const release = engine.hold();
  change();
  await settle();
  engine.rows = jobs(101, 7);
  change();
  await settle();
  release();
  await settle();
  expect([list.view().total, names(0, 0)]).toEqual([101, ['7.png']]);
});

test('a page that was on its way out of sight during a change is not kept as it was', async () => {
  const { list, engine, settle, change, names } = listOf(1000);
  await settle();
  const release = engine.hold('listJobs');
  list.show(500, 510);
  list.show(0, 10);
  engine.rows = jobs(1000, 2001);
  change();
  await settle();
  release();
  await settle();
  list.show(500, 510);
  await settle();
  expect(names(500, 500)).toEqual(['2501.png']);
});

test('a pushed row takes the place of the one that is here', async () => {
  const { list, engine, settle } = listOf(100);
  await settle();
  const before = list.view();
  const told = vi.fn();
  list.subscribe(told);
  engine.push('rowsChanged', [job(3, { revision: 900, bytesSent: 500 })]);
  expect(list.view()).not.toBe(before);
  expect([list.view().at(2)?.bytesSent, told.mock.calls.length]).toEqual([500, 1]);
  engine.push('rowsChanged', [job(5000)]);
  expect(told).toHaveBeenCalledTimes(1);
});

test('neither an older page nor an older push undoes what was pushed since', async () => {
  const { list, engine, settle, change } = listOf(100);
  await settle();
  const release = engine.hold();
  change();
  await vi.advanceTimersByTimeAsync(0);
  engine.push('rowsChanged', [job(3, { revision: 900, bytesSent: 500 })]);
  release();
  await settle();
  expect(list.view().at(2)?.bytesSent).toBe(500);
  engine.push('rowsChanged', [job(3, { revision: 899, bytesSent: 400 })]);
  expect(list.view().at(2)?.bytesSent).toBe(500);
});

test('a new connection is asked for the rows, and told what is on the screen', async () => {
  const { list, engine, live, settle, names, asksOf } = listOf(3);
  await settle();
  engine.asked.length = 0;
  engine.rows = jobs(3, 11);
  list.show(0, 2);
  live.setState({ epoch: 2 });
  await settle();
  expect(names(0, 2)).toEqual(['11.png', '12.png', '13.png']);
  expect(asksOf('view').at(-1)).toBe('view 11,12,13');
});

test('a failure is shown until an answer comes; a lost connection is none', async () => {
  const { list, engine, settle, change } = listOf(3);
  await settle();
  const shown = () => list.view().failure?.code;
  engine.fail('listJobs', new ContractError(failure('queue-damaged')));
  change();
  await settle();
  expect(shown()).toBe('queue-damaged');
  change();
  await settle();
  expect(shown()).toBeUndefined();
  engine.fail('listJobs', new ContractError(failure('connection-broken')));
  change();
  await settle();
  expect([shown(), list.view().at(0)?.name]).toEqual([undefined, '1.png']);
});

test('after it is closed it asks, tells and hears nothing', async () => {
  const { list, engine, settle, change } = listOf(1000);
  await settle();
  const told = vi.fn();
  list.subscribe(told);
  const release = engine.hold();
  change();
  list.show(500, 510);
  await vi.advanceTimersByTimeAsync(0);
  const asked = engine.asked.length;
  list.close();
  change();
  engine.push('rowsChanged', [job(1, { revision: 900 })]);
  release();
  await settle();
  expect([told.mock.calls.length, engine.asked.length, engine.listeners()]).toEqual([0, asked, 0]);
  expect(vi.getTimerCount()).toBe(0);
});
