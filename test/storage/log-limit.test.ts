import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it } from 'vitest';
import { createLogLimit, roomyLogPages, tightLogPages } from '../../electron/storage/log-limit.ts';
import { newFile } from './support/jobs.ts';
import { Journals } from './support/journals.ts';

const journals = new Journals();
afterEach(() => journals.clear());

const mebi = 1024 ** 2;

describe('the log', () => {
  it('is kept short while there is little room, and may grow where there is enough or nobody knows', () => {
    const database = new DatabaseSync(':memory:');
    let free: number | null = 10 * mebi;
    const limit = createLogLimit(database, () => free);
    const pages = () => database.prepare('PRAGMA wal_autocheckpoint').get()?.wal_autocheckpoint;
    expect(pages()).toBe(tightLogPages);
    free = 1000 * mebi;
    limit.committed();
    expect(pages()).toBe(tightLogPages);
    for (let commit = 0; commit < 64; commit += 1) limit.committed();
    expect(pages()).toBe(roomyLogPages);
    free = null;
    for (let commit = 0; commit < 64; commit += 1) limit.committed();
    expect(pages()).toBe(roomyLogPages);
    database.close();
  });

  it('does not fill a small disk by itself', async (context) => {
    const directory = join(journals.directory(), 'small');
    mkdirSync(directory);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', directory], { stdio: 'ignore' });
    } catch {
      return context.skip('No right to mount a small disk.');
    }
    try {
      const journal = await journals.open({ directory });
      const [added] = await journal.enqueue([newFile('/a')]);
      // Several times what fits, one commit after the other.
      for (let write = 0; write < 1500; write += 1) await journal.setSha256(added?.job.id ?? 0, `${write}`);
      expect((await journal.load([1]))[0]?.sha256).toBe('1499');
    } finally {
      await journals.closeAll();
      execFileSync('umount', [directory], { stdio: 'ignore' });
    }
  });
});
