/** A hundred thousand files at once, on the real journal with its threads. */
import { afterEach, expect, it } from 'vitest';
import { newFile } from '../../storage/support/jobs.ts';
import { Journals } from '../../storage/support/journals.ts';

const journals = new Journals();
afterEach(() => journals.clear());

it('a hundred thousand files are queued, each once, and the main thread has its turns meanwhile', {
  timeout: 240_000,
}, async () => {
  const journal = await journals.open();
  let turns = 0;
  let isOver = false;
  const turn = () => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const batches = Array.from({ length: 100 }, (_, batch) =>
    Array.from({ length: 1000 }, (_, index) => newFile(`/photos/${batch}/${index}.jpg`)),
  );
  const added = await Promise.all(batches.map((batch) => journal.enqueue(batch)));
  isOver = true;
  expect(added.flat().every(({ outcome }) => outcome === 'added')).toBe(true);
  expect(new Set(added.flat().map(({ job }) => job.id)).size).toBe(100_000);
  expect((await journal.counts({})).all).toBe(100_000);
  // One turn per batch at the very least: nobody waits for all of them.
  expect(turns).toBeGreaterThan(100);
});
