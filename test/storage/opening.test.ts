import {
  appendFileSync,
  copyFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { assertSqliteVersion, openForWriting } from '../../electron/storage/connection.ts';
import { condemn } from '../../electron/storage/database-files.ts';
import { migrations } from '../../electron/storage/schema.ts';
import { newFile } from './support/jobs.ts';
import { Journals } from './support/journals.ts';

const journals = new Journals();
afterEach(() => journals.clear());

const fileIn = (directory: string) => join(directory, 'hoist.db');
const limits = { completedBefore: 0, timelineBefore: 0, copies: 3 };

/** A directory with `before` jobs in a copy, `after` more in the database, and no engine. */
async function lived(before: number, after: number): Promise<string> {
  const directory = journals.directory();
  const journal = await journals.open({ directory });
  const add = (from: number, count: number) =>
    journal.enqueue(Array.from({ length: count }, (_, index) => newFile(`/a/${from + index}`)));
  if (before > 0) {
    await add(0, before);
    await journal.maintain(limits);
  }
  await add(before, after);
  await journal.close();
  return directory;
}

function overwrite(file: string, offset: number, bytes: Uint8Array): void {
  const content = readFileSync(file);
  content.set(bytes, offset);
  writeFileSync(file, content);
}

function runSql(file: string, sql: string): void {
  const database = new DatabaseSync(file);
  database.exec(sql);
  database.close();
}

describe('a directory', () => {
  it('is new, then clean, then unclean where nobody closed it', async () => {
    const directory = join(journals.directory(), 'deep', 'er');
    const first = await journals.open({ directory });
    expect(first.opened).toEqual({ openedAs: 'new', movedAside: null, reason: null });
    expect(statSync(fileIn(directory)).mode & 0o777).toBe(0o600);
    await first.close();
    const second = await journals.open({ directory });
    expect(second.opened.openedAs).toBe('clean');
    await second.enqueue([newFile('/a')]);
    const crashed = journals.directory();
    for (const name of readdirSync(directory)) copyFileSync(join(directory, name), join(crashed, name));
    const third = await journals.open({ directory: crashed });
    expect(third.opened).toEqual({ openedAs: 'unclean', movedAside: null, reason: null });
    expect((await third.counts({})).all).toBe(1);
  });

  it('opens with the safety that the design asks for', async () => {
    const database = openForWriting(fileIn(journals.directory()));
    const pragma = (name: string) => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('fullfsync')).toBe(1);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('trusted_schema')).toBe(0);
    expect(pragma('busy_timeout')).toBe(5000);
    expect(pragma('journal_size_limit')).toBe(64 * 1024 * 1024);
    database.close();
  });

  it('rejects, and moves nothing, where it cannot be written at all', async () => {
    const directory = journals.directory();
    const file = join(directory, 'file');
    writeFileSync(file, 'not a directory');
    await expect(journals.open({ directory: join(file, 'data') })).rejects.toMatchObject({
      failure: { code: 'data-dir-unusable' },
    });
    expect(readFileSync(file, 'utf8')).toBe('not a directory');
  });

  it('rejects with disk-full where there is no room even for an empty queue', async () => {
    const directory = journals.directory();
    await expect(journals.open({ directory, faults: { maxPages: 3 } })).rejects.toMatchObject({
      failure: { code: 'disk-full' },
    });
    expect(readdirSync(directory).filter((name) => name.includes('damaged'))).toEqual([]);
    expect((await journals.open({ directory })).opened.movedAside).toBeNull();
  });
});

describe('a file that cannot be used', () => {
  const breakages: readonly (readonly [string, (file: string) => void, 'damaged' | 'newer'])[] = [
    ['is no database', (file) => writeFileSync(file, 'Hello. '.repeat(2000)), 'damaged'],
    ['has a broken header', (file) => overwrite(file, 0, Buffer.alloc(100, 0x55)), 'damaged'],
    ['has a broken schema', (file) => overwrite(file, 100, Buffer.alloc(3996, 0x55)), 'damaged'],
    ['lost a table', (file) => runSql(file, 'DROP TABLE tallies'), 'damaged'],
    ['lost an index', (file) => runSql(file, 'DROP INDEX jobs_due'), 'damaged'],
    ['was cut in the middle', (file) => truncateSync(file, 12 * 4096), 'damaged'],
    ['belongs to another program', (file) => runSql(file, 'PRAGMA application_id = 7'), 'damaged'],
    ['is newer', (file) => runSql(file, `PRAGMA user_version = ${migrations.length + 1}`), 'newer'],
  ];

  it.each(breakages)('is moved aside, and the copy restored, where it %s', async (_, damage, kind) => {
    const directory = await lived(3, 2);
    damage(fileIn(directory));
    const content = readFileSync(fileIn(directory));
    const journal = await journals.open({ directory });
    const { openedAs, movedAside, reason } = journal.opened;
    expect(openedAs).toBe('restored');
    expect(movedAside).toMatch(new RegExp(`hoist\\.db\\.${kind}-\\d{8}T\\d{9}$`));
    expect(readFileSync(movedAside ?? '')).toEqual(content);
    expect(reason).toBeTruthy();
    expect((await journal.counts({})).all).toBe(3);
    await journal.close();
    const again = await journals.open({ directory });
    expect(again.opened).toEqual({ openedAs: 'clean', movedAside: null, reason: null });
  });

  it.each(breakages)(
    'is replaced by a new queue where it %s and there is no copy',
    async (_, damage, kind) => {
      const directory = await lived(0, 2);
      damage(fileIn(directory));
      const journal = await journals.open({ directory });
      expect(journal.opened).toMatchObject({
        openedAs: 'replaced',
        movedAside: expect.stringContaining(kind),
      });
      expect((await journal.enqueue([newFile('/new')])).map(({ outcome }) => outcome)).toEqual(['added']);
      expect((await journal.counts({})).all).toBe(1);
    },
  );

  it('takes its log along', async () => {
    const from = journals.directory();
    const journal = await journals.open({ directory: from });
    await journal.enqueue([newFile('/a')]);
    const directory = journals.directory();
    copyFileSync(fileIn(from), fileIn(directory));
    copyFileSync(`${fileIn(from)}-wal`, `${fileIn(directory)}-wal`);
    const log = readFileSync(`${fileIn(directory)}-wal`);
    condemn(directory, { kind: 'damaged', stamp: '20260101T000000000', reason: 'For the test.' });
    const { movedAside, reason } = (await journals.open({ directory })).opened;
    expect(reason).toBe('For the test.');
    expect(readFileSync(`${movedAside}-wal`)).toEqual(log);
  });

  it('passes over copies that are no good', async () => {
    const directory = await lived(3, 2);
    const copies = join(directory, 'copies');
    const [good] = readdirSync(copies);
    writeFileSync(join(copies, 'hoist-29990101T000000000.db'), 'junk');
    copyFileSync(join(copies, good ?? ''), join(copies, 'hoist-29980101T000000000.db'));
    runSql(join(copies, 'hoist-29980101T000000000.db'), `PRAGMA user_version = ${migrations.length + 1}`);
    writeFileSync(join(copies, 'hoist-29970101T000000000.db.partial'), '');
    writeFileSync(fileIn(directory), 'junk'.repeat(1000));
    const journal = await journals.open({ directory });
    expect(journal.opened.openedAs).toBe('restored');
    expect((await journal.counts({})).all).toBe(3);
  });

  it.each([
    ['before anything was moved', () => {}],
    [
      'after the database was moved',
      (directory: string) => {
        copyFileSync(fileIn(directory), `${fileIn(directory)}.damaged-20260101T000000000`);
        writeFileSync(fileIn(directory), '');
      },
    ],
    [
      'after the copy was put in its place',
      (directory: string) => {
        copyFileSync(fileIn(directory), `${fileIn(directory)}.damaged-20260101T000000000`);
        const [copy] = readdirSync(join(directory, 'copies'));
        copyFileSync(join(directory, 'copies', copy ?? ''), fileIn(directory));
      },
    ],
  ])('is dealt with to the end where a crash came in between: %s', async (_, crash) => {
    const directory = await lived(3, 2);
    const content = readFileSync(fileIn(directory));
    condemn(directory, { kind: 'damaged', stamp: '20260101T000000000', reason: 'For the test.' });
    crash(directory);
    const journal = await journals.open({ directory });
    expect(journal.opened.openedAs).toBe('restored');
    expect((await journal.counts({})).all).toBe(3);
    const aside = readdirSync(directory).filter((name) => /damaged-\w+$/.test(name));
    expect(aside).toEqual(['hoist.db.damaged-20260101T000000000']);
    expect(readFileSync(join(directory, aside[0] ?? ''))).toEqual(content);
    expect(existsSync(`${fileIn(directory)}.condemned`)).toBe(false);
  });
});

describe('what a crash of the disk leaves', () => {
  it('an emptied file is no new queue where there is a copy', async () => {
    const directory = await lived(3, 2);
    truncateSync(fileIn(directory), 0);
    const journal = await journals.open({ directory });
    expect(journal.opened).toMatchObject({
      openedAs: 'restored',
      movedAside: expect.stringContaining('damaged'),
      reason: expect.stringContaining('empty'),
      copyMadeAt: journals.clock.time,
    });
    expect((await journal.counts({})).all).toBe(3);
  });

  it('an emptied file is no new queue where there is a log', async () => {
    const directory = journals.directory();
    writeFileSync(fileIn(directory), '');
    writeFileSync(`${fileIn(directory)}-wal`, Buffer.alloc(4096, 7));
    const { openedAs, movedAside } = (await journals.open({ directory })).opened;
    expect(openedAs).toBe('replaced');
    expect(readFileSync(`${movedAside}-wal`)).toEqual(Buffer.alloc(4096, 7));
  });

  it('a log that cannot be read is kept and told, and the queue goes on', async () => {
    const directory = await lived(0, 3);
    const junk = Buffer.alloc(40_000, 0x5a);
    writeFileSync(`${fileIn(directory)}-wal`, junk);
    const journal = await journals.open({ directory });
    const { movedAside, reason, openedAs } = journal.opened;
    expect(openedAs).toBe('unclean');
    expect(reason).toContain('log');
    expect(readFileSync(movedAside ?? '')).toEqual(junk);
    expect((await journal.counts({})).all).toBe(3);
  });
});

describe('damage deep inside', () => {
  it('wherever it is, is met by no read or write as a mistake of ours, and mended by the next opening', async () => {
    const sound = await lived(3, 300);
    const { size } = statSync(fileIn(sound));
    let met = 0;
    for (let page = 2; page < size / 4096; page += 9) {
      const directory = journals.directory();
      cpSync(sound, directory, { recursive: true });
      overwrite(fileIn(directory), page * 4096, Buffer.alloc(4096, 0xa5));
      const journal = await journals.open({ directory });
      const seen = await Promise.allSettled([
        journal.page({ filter: {}, sort: 'name', direction: 'ascending', cursor: null, limit: 1000 }),
        journal.load(Array.from({ length: 303 }, (_, index) => index + 1)),
        journal.matching({ search: 'a/2' }, 0, 1000),
        journal.timeline(200),
        journal.enqueue([newFile('/a/299'), newFile('/b')]),
      ]);
      const refused = seen.filter((result) => result.status === 'rejected');
      for (const { reason } of refused) {
        expect(reason).toMatchObject({
          failure: { code: 'queue-damaged', facts: { path: fileIn(directory) } },
        });
      }
      if (journal.opened.openedAs !== 'clean') continue;
      await journal.close();
      const next = await journals.open({ directory });
      if (refused.length > 0) met += 1;
      expect([page, next.opened.openedAs]).toEqual([page, refused.length > 0 ? 'restored' : 'clean']);
    }
    expect(met).toBeGreaterThan(1);
  }, 240_000);

  it('a row that nobody can have written is damage, too', async () => {
    const directory = await lived(3, 2);
    runSql(fileIn(directory), "UPDATE jobs SET state = 'flying' WHERE id = 5");
    const journal = await journals.open({ directory });
    await expect(journal.load([5])).rejects.toMatchObject({ failure: { code: 'queue-damaged' } });
    await journal.close();
    const next = await journals.open({ directory });
    expect(next.opened).toMatchObject({
      openedAs: 'restored',
      reason: expect.stringContaining('an unknown word: flying'),
    });
    expect(await next.load([1, 2, 3])).toHaveLength(3);
  });

  it('once met, takes no more writes: they would go aside with the file', async () => {
    const directory = await lived(3, 2);
    runSql(fileIn(directory), "UPDATE jobs SET state = 'flying' WHERE id = 5");
    const journal = await journals.open({ directory });
    await expect(journal.load([5])).rejects.toMatchObject({ failure: { code: 'queue-damaged' } });
    await expect(journal.enqueue([newFile('/c')])).rejects.toMatchObject({
      failure: { code: 'queue-damaged' },
    });
    expect(await journal.load([1])).toHaveLength(1);
    expect(await journal.damaged).toContain('flying');
  });

  it('is found beside the start after an unclean stop, told, and mended by the next start', async () => {
    const directory = await lived(3, 600);
    runSql(fileIn(directory), 'UPDATE journal SET is_clean = 0');
    const { size } = statSync(fileIn(directory));
    // The last pages hold rows and index entries, which no start reads.
    overwrite(fileIn(directory), size - 5 * 4096, Buffer.alloc(4 * 4096, 0xa5));
    const journal = await journals.open({ directory });
    expect(journal.opened).toEqual({ openedAs: 'unclean', movedAside: null, reason: null });
    expect(await journal.damaged).toContain('SQLite');
    await journal.close();
    const next = await journals.open({ directory });
    expect(next.opened).toMatchObject({
      openedAs: 'restored',
      movedAside: expect.stringContaining('damaged'),
    });
    expect((await next.counts({})).all).toBe(3);
  });

  it('is not looked for after a clean stop, and none is told', async () => {
    const directory = await lived(0, 3);
    const journal = await journals.open({ directory });
    await journal.close();
    expect(await journal.damaged).toBeNull();
  });
});

describe('the version of SQLite', () => {
  it.each(['3.51.3', '3.51.10', '3.52.0', '4.0.0', process.versions.sqlite ?? ''])(
    '%s will do',
    (version) => {
      expect(() => assertSqliteVersion(version)).not.toThrow();
    },
  );
  it.each(['3.51.2', '3.50.9', '2.99.99', '', 'x'])('%j will not', (version) => {
    expect(() => assertSqliteVersion(version)).toThrow('older than');
  });
});

it('leaves nothing but its own files behind', async () => {
  const directory = await lived(1, 1);
  appendFileSync(fileIn(directory), '');
  expect(readdirSync(directory).sort()).toEqual(['copies', 'hoist.db']);
});
