import { describe, expect, it } from 'vitest';
import type { StoredJob } from '#ports/stored-job.ts';
import type { JobId } from '#shared/job.ts';
import { Candidates } from '../../electron/queue/candidates.ts';
import { jobIn } from './job-fixture.ts';

const row = (id: JobId, sizeBytes = 10): StoredJob =>
  jobIn(
    { name: 'queued', step: 'reserve', reservation: null },
    { id, file: { sizeBytes, mtimeNs: '1', inode: '1:1' } },
  );
const none = () => [];

/** A table whose every answer waits until it is let go. */
function table(rows: StoredJob[]) {
  const asked: { except: readonly JobId[]; answer: () => void }[] = [];
  const candidates = new Candidates((except, limit) => {
    // What is read is what is there when it is asked, as in a database.
    const found = rows.filter(({ id }) => !except.includes(id)).slice(0, limit);
    return new Promise((resolve) => asked.push({ except, answer: () => resolve(found) }));
  });
  const answered = async <T>(work: Promise<T>): Promise<T> => {
    const seen = asked.length;
    await Promise.resolve();
    for (let index = Math.max(0, seen - 1); index < asked.length; index += 1) {
      asked[index]?.answer();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return work;
  };
  return { candidates, rows, asked, answered };
}

describe('candidates', () => {
  it('gives the rows in order, asks once for all, and once for the end', async () => {
    const { candidates, asked, answered } = table([row(1), row(2)]);
    expect((await answered(candidates.next(none)))?.id).toBe(1);
    expect((await candidates.next(none))?.id).toBe(2);
    expect(await candidates.next(none)).toBeNull();
    expect(await candidates.next(none)).toBeNull();
    expect(asked).toHaveLength(1);
  });

  it('reads on where a whole page was given', async () => {
    const { candidates, rows, answered } = table(Array.from({ length: 64 }, (_, index) => row(index + 1)));
    for (let id = 1; id <= 64; id += 1) {
      expect((await answered(candidates.next(none)))?.id).toBe(id);
      rows.shift();
    }
    rows.push(row(99));
    expect((await answered(candidates.next(none)))?.id).toBe(99);
  });

  it('a wake after the end makes it look again', async () => {
    const { candidates, rows, answered } = table([]);
    expect(await answered(candidates.next(none))).toBeNull();
    rows.push(row(7));
    expect(await candidates.next(none)).toBeNull();
    candidates.wake();
    expect((await answered(candidates.next(none)))?.id).toBe(7);
  });

  it('a wake while it looks is not lost: "no more" was read before it', async () => {
    const { candidates, rows, asked, answered } = table([]);
    const looking = candidates.next(none);
    rows.push(row(7));
    candidates.wake();
    asked[0]?.answer();
    expect(await looking).toBeNull();
    expect((await answered(candidates.next(none)))?.id).toBe(7);
  });

  it('rows that were read before they changed are read again', async () => {
    const { candidates, rows, asked, answered } = table([row(1), row(2)]);
    const looking = candidates.next(none);
    rows.reverse();
    candidates.forget();
    expect((await answered(looking))?.id).toBe(2);
    expect(asked).toHaveLength(2);
  });

  it('leaves out what was claimed while it looked', async () => {
    const { candidates, asked } = table([row(1), row(2)]);
    let claimed: readonly JobId[] = [];
    const looking = candidates.next(() => claimed);
    claimed = [1];
    asked[0]?.answer();
    expect((await looking)?.id).toBe(2);
  });

  it('one that is queued again goes where it belongs, once', async () => {
    const { candidates, answered } = table([row(2), row(4)]);
    const first = await answered(candidates.next(none));
    candidates.insert(row(1));
    candidates.insert(row(3));
    candidates.insert(row(3));
    candidates.insert(row(9));
    expect(first?.id).toBe(2);
    expect(candidates.ids).toEqual([1, 3, 4]);
  });

  it('what is put back is the next, and what is taken out of turn is gone', async () => {
    const { candidates, answered } = table([row(1, 500), row(2, 5), row(3, 500)]);
    const first = await answered(candidates.next(none));
    if (first !== null) candidates.putBack(first);
    expect(candidates.take(({ file }) => file.sizeBytes < 10)?.id).toBe(2);
    expect(candidates.take(({ file }) => file.sizeBytes < 10)).toBeNull();
    expect(candidates.ids).toEqual([1, 3]);
  });
});
