import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import type { OpenedJournal } from '#storage';
import { inState, newFile, stateNamed } from './support/jobs.ts';
import { Journals } from './support/journals.ts';

const journals = new Journals();
afterEach(() => journals.clear());

const day = 86_400_000;
const nothing = { completedBefore: 0, timelineBefore: 0, copies: 3 };

async function addCompleted(journal: OpenedJournal, count: number, completedAt: number, prefix: string) {
  const results = await journal.enqueue(
    Array.from({ length: count }, (_, index) =>
      newFile(`/${prefix}/${index}`, {}, { entries: [{ at: completedAt, kind: 'queued', attempt: 0 }] }),
    ),
  );
  await journal.save(
    results.map(({ job }) => ({ job: inState(job, stateNamed('completed'), { completedAt }), entries: [] })),
  );
}

const copiesIn = (directory: string): readonly string[] =>
  existsSync(join(directory, 'copies')) ? readdirSync(join(directory, 'copies')) : [];

describe('at the end of a session', () => {
  it('a queue is copied where it has no copy, or an old one of another queue, and so many are kept', async () => {
    const directory = journals.directory();
    const session = async (...paths: readonly string[]) => {
      const journal = await journals.open({ directory });
      if (paths.length > 0) await journal.enqueue(paths.map((path) => newFile(path)));
      await journal.copyAtEnd(2);
      await journal.close();
      return copiesIn(directory).length;
    };
    expect(await session()).toBe(0);
    expect(await session('/a')).toBe(1);
    journals.clock.time += day - 1000;
    expect(await session('/b')).toBe(1);
    journals.clock.time += 2000;
    expect(await session()).toBe(2);
    journals.clock.time += 2 * day;
    expect(await session()).toBe(2);
    const before = copiesIn(directory);
    expect(await session('/c')).toBe(2);
    expect(copiesIn(directory)).toEqual([before[1], expect.any(String)]);
    expect(copiesIn(directory)[1]).not.toBe(before[1]);
    const copy = new DatabaseSync(join(directory, 'copies', copiesIn(directory)[1] ?? ''), {
      readOnly: true,
    });
    expect(copy.prepare('SELECT count(*) AS jobs FROM jobs').get()).toEqual({ jobs: 3 });
    copy.close();
  });

  it('nothing is copied of a queue that is damaged, and nobody is troubled', async () => {
    const directory = journals.directory();
    const journal = await journals.open({ directory });
    await journal.enqueue(Array.from({ length: 600 }, (_, index) => newFile(`/${index}`)));
    await journal.close();
    const file = join(directory, 'hoist.db');
    const bytes = readFileSync(file);
    bytes.fill(0xa5, bytes.length - 5 * 4096, bytes.length - 4096);
    writeFileSync(file, bytes);
    const again = await journals.open({ directory });
    await again.copyAtEnd(2);
    expect(copiesIn(directory)).toEqual([]);
  });
});

describe('maintenance', () => {
  it('removes completed jobs that are past their time, in more than one bite, and no others', async () => {
    const journal = await journals.open();
    await addCompleted(journal, 1201, 1000, 'old');
    await addCompleted(journal, 3, 2000, 'young');
    const [failed] = await journal.enqueue([newFile('/failed')]);
    if (failed === undefined) throw new Error('One was added');
    await journal.save([{ job: inState(failed.job, stateNamed('failed')), entries: [] }]);
    const report = await journal.maintain({ ...nothing, completedBefore: 2000 });
    expect(report.removedJobs).toBe(1201);
    expect(await journal.counts({})).toMatchObject({ all: 4, byState: { completed: 3, failed: 1 } });
    expect(await journal.matching({ search: 'old' }, 0, 10)).toEqual([]);
  });

  it('lets others write between the bites', async () => {
    const journal = await journals.open();
    await addCompleted(journal, 2000, 1000, 'old');
    const order: string[] = [];
    const maintained = journal
      .maintain({ ...nothing, completedBefore: 2000 })
      .then(() => order.push('maintained'));
    const written = journal.enqueue([newFile('/new')]).then(() => order.push('written'));
    await Promise.all([maintained, written]);
    expect(order).toEqual(['written', 'maintained']);
  });

  it('trims timelines, and leaves the jobs', async () => {
    const journal = await journals.open();
    await addCompleted(journal, 600, 1000, 'old');
    await addCompleted(journal, 1, 5000, 'young');
    await journal.maintain({ ...nothing, timelineBefore: 5000 });
    expect(await journal.timeline(1)).toEqual([]);
    expect(await journal.timeline(601)).toHaveLength(1);
    expect((await journal.counts({})).all).toBe(601);
  });

  it('copies once a day, keeps as many as it was told, and each copy is a whole queue for this user only', async () => {
    const directory = journals.directory();
    const journal = await journals.open({ directory });
    const copies: (string | null)[] = [];
    mkdirSync(join(directory, 'copies'));
    writeFileSync(join(directory, 'copies', 'hoist-20200101T000000000.db.partial'), 'left by a crash');
    for (let round = 0; round < 5; round += 1) {
      await journal.enqueue([newFile(`/${round}`)]);
      copies.push((await journal.maintain(nothing)).copy);
      expect((await journal.maintain(nothing)).copy).toBeNull();
      journals.clock.time += day;
    }
    expect(new Set(copies).size).toBe(5);
    const kept = readdirSync(join(directory, 'copies'));
    expect(kept.map((name) => join(directory, 'copies', name))).toEqual(copies.slice(2));
    for (const [index, name] of kept.entries()) {
      expect(name).toMatch(/^hoist-\d{8}T\d{9}\.db$/);
      const file = join(directory, 'copies', name);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const copy = new DatabaseSync(file, { readOnly: true });
      expect(copy.prepare('SELECT count(*) AS jobs FROM jobs').get()).toEqual({ jobs: index + 3 });
      copy.close();
    }
  });

  it('keeps no copy of a damaged queue, and says so', async () => {
    const directory = journals.directory();
    const copies = join(directory, 'copies');
    const first = await journals.open({ directory });
    await first.enqueue(Array.from({ length: 600 }, (_, index) => newFile(`/${index}`)));
    await first.maintain(nothing);
    await first.close();
    const good = readdirSync(copies);
    const file = join(directory, 'hoist.db');
    const bytes = readFileSync(file);
    bytes.fill(0xa5, bytes.length - 5 * 4096, bytes.length - 4096);
    writeFileSync(file, bytes);

    journals.clock.time += day;
    const second = await journals.open({ directory });
    expect(second.opened.openedAs).toBe('clean');
    await expect(second.maintain(nothing)).rejects.toMatchObject({ failure: { code: 'queue-damaged' } });
    expect(await second.damaged).toContain('SQLite');
    expect(readdirSync(copies)).toEqual(good);
  });
});
