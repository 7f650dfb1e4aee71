import { expect, test } from 'vitest';
import { failure } from '#shared/failure.ts';
import type { CopiedLink } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { createLedger, type LedgerEvent } from '../../electron/headless/follow/ledger.ts';
import { createLinkPrinter } from '../../electron/headless/follow/link-printer.ts';
import { createFakeEngine } from '../support/fake-engine.ts';

function openLedger() {
  const events: LedgerEvent[] = [];
  const engine = createFakeEngine();
  const ledger = createLedger((event) => events.push(event));
  const row = (id: number): UploadJob => {
    const job = engine.jobs.get(id);
    if (job === undefined) throw new Error(`No job ${id}`);
    return job;
  };
  const look = (id: number) => ledger.take(row(id));
  return { engine, ledger, events, row, look, types: () => events.map((event) => event.type) };
}

test('tells each end once, however often a row comes by', () => {
  const { engine, look, types } = openLedger();
  engine.add('/a');
  look(1);
  engine.complete(1);
  look(1);
  look(1);
  engine.set(1, { sha256: 'f'.repeat(64) });
  look(1);
  expect(types()).toEqual(['row-completed']);
});

test('a job that is retried is open again, and its next end is told too', () => {
  const { engine, ledger, look, types } = openLedger();
  engine.add('/a');
  engine.fail(1, failure('timeout'));
  look(1);
  expect(ledger.numbers()).toMatchObject({ failed: 1, left: 0 });
  engine.set(1, { state: { name: 'queued', step: 'upload' } });
  look(1);
  expect(ledger.numbers()).toMatchObject({ failed: 0, left: 1 });
  engine.complete(1);
  look(1);
  expect(ledger.numbers()).toMatchObject({ completed: 1, failed: 0, left: 0, all: 1, bytesCompleted: 1000 });
  expect(types()).toEqual(['failed', 'row-completed']);
});

test('a job that was seen at its end only is told of its end only', () => {
  const { engine, look, types } = openLedger();
  engine.add('/a', { renewals: 3, attempts: 2 });
  engine.complete(1);
  look(1);
  expect(types()).toEqual(['row-completed']);
});

test('the numbers add up in every state', () => {
  const { engine, ledger, look } = openLedger();
  for (let id = 1; id <= 6; id += 1) engine.add(`/${id}`);
  engine.complete(1);
  engine.fail(2, failure('timeout'));
  engine.block(3, failure('empty-file'));
  engine.set(4, { state: { name: 'canceled' } });
  for (let id = 1; id <= 6; id += 1) look(id);
  ledger.drop(5);
  ledger.drop(5);
  const { all, completed, failed, blocked, canceled, left } = ledger.numbers();
  expect({ completed, failed, blocked, canceled, left }).toEqual({
    completed: 1,
    failed: 1,
    blocked: 1,
    canceled: 2,
    left: 1,
  });
  expect(completed + failed + blocked + canceled + left).toBe(all);
});

test('a hold is told when it begins, changes its kind and ends; not when its time moves', async () => {
  const { engine, ledger, look, events } = openLedger();
  engine.add('/a');
  look(1);
  const show = async () => ledger.setDestinations((await engine.service.snapshot()).destinations);
  const hold = (until: number) =>
    engine.hold('demo-flora', { kind: 'rate-limited', until, failure: failure('rate-limited') });
  hold(1);
  await show();
  hold(2);
  await show();
  engine.hold('demo-flora', { kind: 'unreachable', until: null, failure: failure('unreachable') });
  await show();
  engine.hold('demo-flora', null);
  await show();
  expect(events).toMatchObject([
    { type: 'held', kind: 'rate-limited', until: 1 },
    { type: 'held', kind: 'unreachable' },
    { type: 'released', destination: 'demo-flora' },
  ]);
});

test('a hold of a destination that no followed job goes to is nobody’s business', async () => {
  const { engine, ledger, look, events } = openLedger();
  engine.add('/a');
  look(1);
  engine.hold('demo-runflow', { kind: 'blocked', until: null, failure: failure('key-refused') });
  ledger.setDestinations((await engine.service.snapshot()).destinations);
  expect(events).toEqual([]);
  expect(ledger.moving()).toBe(1);
});

test('what runs goes on although its destination is blocked; what waits does not', async () => {
  const { engine, ledger, look, types } = openLedger();
  engine.add('/a', { state: { name: 'uploading' } });
  engine.add('/b');
  look(1);
  look(2);
  engine.hold('demo-flora', { kind: 'blocked', until: null, failure: failure('key-refused') });
  ledger.setDestinations((await engine.service.snapshot()).destinations);
  expect(ledger.moving()).toBe(1);
  engine.complete(1);
  look(1);
  expect(ledger.moving()).toBe(0);
  ledger.tellStuck();
  expect(types()).toEqual(['held', 'row-completed', 'blocked']);
});

/** Links that are given when the test says so. */
function openPrinter() {
  const { engine, row } = openLedger();
  const open = new Map<number, PromiseWithResolvers<CopiedLink>>();
  const printed: string[] = [];
  const printer = createLinkPrinter({
    copy(job) {
      const link = Promise.withResolvers<CopiedLink>();
      open.set(job.id, link);
      return link.promise;
    },
    print: (record) => printed.push(record.formatted ?? record.link),
  });
  const complete = (id: number) => {
    while (engine.jobs.size < id) engine.add(`/${engine.jobs.size + 1}`);
    engine.complete(id, `stored-${id}`);
    printer.completed(row(id));
  };
  const give = async (id: number) => {
    open.get(id)?.resolve({ text: `${id}`, kind: 'url', expiresAt: null, formatted: `fresh-${id}` });
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { printer, printed, complete, give, open };
}

test('links come in the order given, and as they are ready without one', async () => {
  const { printer, printed, complete, give } = openPrinter();
  printer.setOrder([3, 1, 2, 1]);
  for (const id of [1, 2, 3, 4]) complete(id);
  await give(4);
  await give(1);
  expect(printed).toEqual(['fresh-4']);
  await give(3);
  expect(printed).toEqual(['fresh-4', 'fresh-3', 'fresh-1']);
  await give(2);
  await printer.flush();
  expect(printed).toEqual(['fresh-4', 'fresh-3', 'fresh-1', 'fresh-2']);
});

test('asks for four links at once, no more', () => {
  const { complete, open } = openPrinter();
  for (let id = 1; id <= 9; id += 1) complete(id);
  expect([...open.keys()]).toEqual([1, 2, 3, 4]);
});

test('the stored link stands in where a fresh one cannot be had', async () => {
  const { printer, printed, complete, open } = openPrinter();
  complete(1);
  open.get(1)?.reject(new Error('offline'));
  await printer.flush();
  expect(printed).toEqual(['stored-1']);
});

test('flush lets go of those whose turn never came', async () => {
  const { printer, printed, complete, give } = openPrinter();
  printer.setOrder([1, 2]);
  complete(2);
  await give(2);
  expect(printed).toEqual([]);
  await printer.flush();
  expect(printed).toEqual(['fresh-2']);
});

test('an ended job that completes later after all is printed at once', async () => {
  const { printer, printed, complete, give } = openPrinter();
  printer.setOrder([1, 2]);
  printer.ended(1);
  complete(2);
  await give(2);
  complete(1);
  await give(1);
  expect(printed).toEqual(['fresh-2', 'fresh-1']);
});
