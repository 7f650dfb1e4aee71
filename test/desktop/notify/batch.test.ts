import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UploadJob } from '#shared/job.ts';
import { createBatch, fateOf } from '../../../electron/desktop/notify/batch.ts';
import { blocked, blockedDestination, completed, failed, job } from '../support.ts';

const start = 1_000_000;
const after = start + 5;
const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('finished files', () => {
  test('a hundred are one, told when the queue rests', () => {
    const batch = createBatch(start);
    range(100).forEach((id) => {
      batch.note([completed(id, after + id)], id * 20);
      expect(batch.dueAt(false)).toBeGreaterThan(600_000);
    });
    expect(batch.dueAt(true)).toBe(3500);
    expect(batch.take(true, 3499).told).toEqual([]);
    const { told } = batch.take(true, 3500);
    expect(told).toMatchObject([{ fate: 'finished', count: 100, destination: 'Products', failure: null }]);
    expect(told[0]?.examples.map(({ name }) => name)).toEqual(['1.png', '2.png', '3.png']);
    expect([batch.dueAt(true), batch.take(true, 99_999).told]).toEqual([null, []]);
  });

  test('are told now and then where the queue never rests', () => {
    const batch = createBatch(start);
    batch.note([completed(1, after)], 0);
    batch.note([completed(2, after)], 800_000);
    expect(batch.dueAt(false)).toBe(900_000);
    expect(batch.take(false, 900_000).told).toMatchObject([{ count: 2 }]);
  });

  test('are no news when their row changes later, nor when they were done before the start', () => {
    const batch = createBatch(start);
    batch.note([completed(1, start - 1)], 0);
    expect(batch.dueAt(true)).toBeNull();
    batch.note([completed(2, after), completed(3, after)], 0);
    expect(batch.take(true, 5000).told).toMatchObject([{ count: 2 }]);
    batch.note([completed(3, after, { sha256: 'ab', revision: 99 }), completed(2, after)], 6000);
    expect(batch.dueAt(true)).toBeNull();
  });

  test('whose rows came a little out of order are not lost', () => {
    const batch = createBatch(start);
    batch.note([completed(2, after + 10)], 0);
    batch.note([completed(1, after)], 10);
    expect(batch.take(true, 5000).told).toMatchObject([{ count: 2 }]);
  });
});

describe('problems', () => {
  test('do not wait for the rest of the batch, and are told apart', () => {
    const batch = createBatch(start);
    batch.note([failed(1), blocked(2), blocked(3, 'empty-file'), completed(4, after)], 0);
    expect(batch.dueAt(false)).toBe(3000);
    const { told } = batch.take(false, 3000);
    expect(told.map(({ fate, count, failure }) => [fate, count, failure?.code])).toEqual([
      ['needs-you', 2, undefined],
      ['failed', 1, 'timeout'],
    ]);
    expect(batch.take(true, 9000).told).toMatchObject([{ fate: 'finished', count: 1 }]);
  });

  test('of one reason say it', () => {
    const batch = createBatch(start);
    batch.note(
      range(50).map((id) => blocked(id, 'too-large')),
      0,
    );
    expect(batch.take(false, 3000).told).toMatchObject([{ count: 50, failure: { code: 'too-large' } }]);
  });

  test('that a person has mended before are not told', () => {
    const batch = createBatch(start);
    batch.note([blocked(1), failed(2)], 0);
    batch.note([job(1, { name: 'queued', step: 'reserve' }), job(2, { name: 'canceled' })], 1000);
    expect([batch.dueAt(false), batch.take(false, 5000).told]).toEqual([null, []]);
  });

  test('are told again when they come again, not when their row changes', () => {
    const batch = createBatch(start);
    batch.note([failed(1)], 0);
    expect(batch.take(false, 3000).told).toHaveLength(1);
    batch.note([failed(1, 'timeout', { revision: 50 })], 4000);
    expect(batch.dueAt(false)).toBeNull();
    batch.note([job(1, { name: 'queued', step: 'reserve' })], 5000);
    batch.note([failed(1)], 6000);
    expect(batch.take(false, 9000).told).toMatchObject([{ fate: 'failed', count: 1 }]);
  });
});

describe('a destination that stops', () => {
  test('is told once, for all of its files', () => {
    const batch = createBatch(start);
    batch.noteDestinations([blockedDestination(null)], 0);
    batch.note(
      range(500).map((id) => blocked(id, 'key-refused')),
      0,
    );
    batch.noteDestinations([blockedDestination('key-refused')], 10);
    batch.noteDestinations([blockedDestination('key-refused')], 20);
    expect(batch.dueAt(false)).toBe(3010);
    expect(batch.take(false, 3010)).toEqual({
      told: [],
      blocked: [
        { id: 'demo-flora', name: 'demo-flora', failure: expect.objectContaining({ code: 'key-refused' }) },
      ],
    });
    batch.noteDestinations([blockedDestination('key-refused')], 5000);
    expect(batch.dueAt(false)).toBeNull();
  });

  test('is no news at the start, nor when it goes on before it was told', () => {
    const batch = createBatch(start);
    batch.noteDestinations([blockedDestination('key-refused')], 0);
    expect(batch.dueAt(false)).toBeNull();
    batch.noteDestinations([blockedDestination(null)], 10);
    batch.noteDestinations([blockedDestination('no-credit')], 20);
    batch.noteDestinations([blockedDestination(null)], 30);
    expect(batch.dueAt(false)).toBeNull();
  });
});

test('whatever happens in whatever order: every completion is told once, every problem that stays is told, none twice', () => {
  const step = fc.record({
    id: fc.integer({ min: 1, max: 6 }),
    what: fc.constantFrom('queued', 'completed', 'failed', 'blocked', 'same'),
    waitMs: fc.integer({ min: 0, max: 4000 }),
    isAtRest: fc.boolean(),
  });
  const rowOf = { completed, failed: (id: number) => failed(id), blocked: (id: number) => blocked(id) };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const batch = createBatch(start);
      const rows = new Map<number, UploadJob>();
      const told = { finished: 0, 'needs-you': 0, failed: 0 };
      const entered = { finished: 0, 'needs-you': 0, failed: 0 };
      let at = 0;
      const take = (isAtRest: boolean) => {
        for (const { fate, count } of batch.take(isAtRest, at).told) told[fate] += count;
      };
      for (const { id, what, waitMs, isAtRest } of steps) {
        at += waitMs;
        take(isAtRest);
        const before = rows.get(id);
        const isDone = before?.state.name === 'completed';
        const row =
          what === 'same' || isDone
            ? before
            : what === 'queued'
              ? job(id, { name: 'queued', step: 'reserve' })
              : rowOf[what](id, after + at);
        if (row === undefined) continue;
        const fate = fateOf(row);
        if (fate !== null && row.state.name !== before?.state.name) entered[fate] += 1;
        rows.set(id, row);
        batch.note([row], at);
      }
      at += 3_600_000;
      take(true);
      const ending = (fate: keyof typeof told) =>
        [...rows.values()].filter((row) => fateOf(row) === fate).length;
      expect(told.finished).toBe(ending('finished'));
      for (const fate of ['needs-you', 'failed'] as const) {
        expect(told[fate]).toBeGreaterThanOrEqual(ending(fate));
        expect(told[fate]).toBeLessThanOrEqual(entered[fate]);
      }
      expect(batch.dueAt(true)).toBeNull();
    }),
  );
});
