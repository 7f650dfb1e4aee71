import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { inState, newFile, stateNamed } from './support/jobs.ts';
import { Journals } from './support/journals.ts';
import { lookAt, scenario } from './support/scenario.ts';

const journals = new Journals();
afterEach(() => journals.clear());

const script = (name: string) => fileURLToPath(new URL(`./support/${name}`, import.meta.url));

async function withoutFault(): Promise<unknown> {
  const journal = await journals.open();
  for (const step of scenario) await step(journal);
  return lookAt(journal);
}

describe('a write that fails', () => {
  it('is told, is undone as a whole, and can be done again, whichever of all writes it is', async () => {
    const expected = await withoutFault();
    let failures = 0;
    for (let number = 1; ; number += 1) {
      const journal = await journals.open({ faults: { atWrite: { number, does: 'fail' } } });
      const before = failures;
      for (const step of scenario) {
        const earlier = await lookAt(journal);
        try {
          await step(journal);
        } catch (error) {
          expect(error).toMatchObject({ failure: { code: 'disk-full' } });
          expect(await lookAt(journal)).toEqual(earlier);
          failures += 1;
          await step(journal);
        }
      }
      expect(await lookAt(journal)).toEqual(expected);
      await journal.close();
      if (failures === before) break;
    }
    expect(failures).toBeGreaterThan(25);
  }, 240_000);

  it('fails its own call only, not those in the same group', async () => {
    const journal = await journals.open({ faults: { maxPages: 160 } });
    const small = (index: number) => journal.enqueue([newFile(`/small/${index}`)]);
    const large = journal.enqueue(
      Array.from({ length: 2000 }, (_, index) => newFile(`/large/${'x'.repeat(200)}/${index}`)),
    );
    const results = await Promise.allSettled([small(1), large, small(2)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { failure: { code: 'disk-full' } } });
    expect((await journal.counts({})).all).toBe(2);
    expect(
      (
        await journal.page({
          filter: { search: 'small' },
          sort: 'name',
          direction: 'ascending',
          cursor: null,
          limit: 9,
        })
      ).rows,
    ).toEqual([]);
  });

  it('is an internal failure where it is a mistake of ours, and the next call works', async () => {
    const journal = await journals.open({ faults: { atWrite: { number: 2, does: 'throw' } } });
    await expect(journal.enqueue([newFile('/a')])).rejects.toMatchObject({ failure: { code: 'internal' } });
    await journal.enqueue([newFile('/b')]);
    expect((await journal.counts({})).all).toBe(1);
  });
});

describe('a full disk', () => {
  it('keeps what was answered, still reads, and goes on in the same life when there is room', async (context) => {
    const directory = join(journals.directory(), 'small');
    mkdirSync(directory);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', directory], { stdio: 'ignore' });
    } catch {
      return context.skip('No right to mount a small disk.');
    }
    try {
      const ballast = join(directory, 'ballast');
      writeFileSync(ballast, Buffer.alloc(1_500_000));
      const journal = await journals.open({ directory });
      let answered = 0;
      const more = () =>
        journal.enqueue(Array.from({ length: 50 }, (_, index) => newFile(`/full/${answered + index}`)));
      await expect(
        (async () => {
          for (;;) answered += (await more()).length;
        })(),
      ).rejects.toMatchObject({ failure: { code: 'disk-full' } });
      expect(answered).toBeGreaterThan(0);
      expect((await journal.counts({})).all).toBe(answered);
      expect(await journal.load([1])).toHaveLength(1);
      rmSync(ballast);
      expect((await more()).every(({ outcome }) => outcome === 'added')).toBe(true);
      expect((await journal.counts({})).all).toBe(answered + 50);
      await journal.close();
    } finally {
      await journals.closeAll();
      execFileSync('umount', [directory], { stdio: 'ignore' });
    }
  });
});

describe('a thread that dies', () => {
  it('rejects what it was asked, and the journal goes on with another', async () => {
    const journal = await journals.open({ faults: { atWrite: { number: 8, does: 'exit' } } });
    const [added] = await journal.enqueue([newFile('/a')]);
    const lost = await Promise.allSettled([journal.enqueue([newFile('/b')]), journal.setSha256(1, 'aa')]);
    expect(
      lost.map((result) => (result.status === 'rejected' ? result.reason.failure.code : 'done')),
    ).toEqual(['internal', 'internal']);
    expect((await journal.enqueue([newFile('/b')])).map(({ outcome }) => outcome)).toEqual(['added']);
    expect(await journal.load([1])).toEqual([added?.job]);
    expect((await journal.counts({})).all).toBe(2);
  });

  it('is not troubled by a call that cannot be sent to it', async () => {
    const journal = await journals.open();
    const facts = { destinationId: 'd1', facts: '1', extra: () => {} };
    const results = await Promise.allSettled([journal.setFacts(facts), journal.enqueue([newFile('/a')])]);
    expect(results[0]).toMatchObject({ reason: { failure: { code: 'internal' } } });
    expect((await journal.enqueue([newFile('/b')])).map(({ outcome }) => outcome)).toEqual(['added']);
  });

  it('refuses calls after it was closed, and closes twice without harm', async () => {
    const journal = await journals.open();
    await Promise.all([journal.close(), journal.close()]);
    await expect(journal.counts({})).rejects.toMatchObject({ failure: { code: 'internal' } });
    await expect(journal.enqueue([newFile('/a')])).rejects.toMatchObject({ failure: { code: 'internal' } });
    expect(await journal.damaged).toBeNull();
  });

  it('does what was asked before it was closed', async () => {
    const directory = journals.directory();
    const journal = await journals.open({ directory });
    const asked = journal.enqueue([newFile('/a')]);
    await Promise.all([journal.close(), asked]);
    expect((await (await journals.open({ directory })).counts({})).all).toBe(1);
  });
});

describe('a killed process', () => {
  it('has kept all it was told is on disk, and nothing out of order', async () => {
    const directory = journals.directory();
    let known = 0;
    for (const lines of [1, 7, 40]) {
      const child = spawn(process.execPath, [script('write-forever.ts'), directory], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let heard = 0;
      for await (const line of createInterface({ input: child.stdout })) {
        known = Math.max(known, Number(line));
        heard += 1;
        if (heard === lines) child.kill('SIGKILL');
      }
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      const journal = await journals.open({ directory });
      expect(journal.opened.openedAs).toBe('unclean');
      const { rows } = await journal.page({
        filter: {},
        sort: 'added',
        direction: 'ascending',
        cursor: null,
        limit: 100_000,
      });
      expect(rows.length).toBeGreaterThanOrEqual(known);
      expect(rows.map(({ id }) => id)).toEqual(rows.map((_, index) => index + 1));
      expect(rows.slice(0, known).every(({ state }) => state.name === 'uploading')).toBe(true);
      expect((await journal.counts({})).all).toBe(rows.length);
      known = rows.length;
      const behind = rows.filter(({ state }) => state.name !== 'uploading');
      await journal.save(behind.map((job) => ({ job: inState(job, stateNamed('uploading')), entries: [] })));
      await journal.close();
    }
  });

  it.each([1, 4, 9, 16, 21, 30])(
    'at write %i loses nothing that was answered and keeps no half',
    async (number) => {
      const directory = journals.directory();
      const child = spawn(process.execPath, [script('play-scenario.ts'), directory, String(number)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const seen: unknown[] = [];
      for await (const line of createInterface({ input: child.stdout })) seen.push(JSON.parse(line));
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      expect(child.signalCode).toBe('SIGKILL');
      const journal = await journals.open({ directory });
      expect(JSON.parse(JSON.stringify(await lookAt(journal)))).toEqual(seen.at(-1));
      for (const step of scenario.slice(seen.length - 1)) await step(journal);
      expect(existsSync(join(directory, 'hoist.db.condemned'))).toBe(false);
    },
  );
});
