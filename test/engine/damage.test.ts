/** A damaged queue, through the whole engine and the command line: said in words, never silently begun anew. */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { runCli } from '../support/cli-child.ts';
import { engineFixture, startEngine } from '../support/engine-fixture.ts';
import { temporaryDirectory } from '../support/temporary.ts';

/** A data directory whose queue knows one job, without a copy of it, and no engine. */
async function lived(): Promise<string> {
  const dataDir = await livedShortly();
  rmSync(join(dataDir, 'copies'), { recursive: true });
  return dataDir;
}

/** The same, as it was left. */
async function livedShortly(): Promise<string> {
  const { engine, dataDir } = await engineFixture();
  const path = join(await temporaryDirectory(), 'a.png');
  await writeFile(path, 'content');
  await engine.setPaused(true);
  await engine.addFiles([path], { destinationId: 'demo-flora' });
  await engine.close();
  return dataDir;
}

function runSql(dataDir: string, sql: string): void {
  const database = new DatabaseSync(join(dataDir, 'hoist.db'));
  database.exec(sql);
  database.close();
}

const asideIn = (dataDir: string) =>
  readdirSync(dataDir).filter((name) => /^hoist\.db\.damaged-\w+$/.test(name));

it('what took its place is among the notices, with what to do', async () => {
  const dataDir = await lived();
  writeFileSync(join(dataDir, 'hoist.db'), 'no database '.repeat(1000));
  const engine = await startEngine(dataDir);
  const { notices, counts } = await engine.snapshot();
  expect(counts.all).toBe(0);
  const [aside] = asideIn(dataDir);
  expect(notices).toEqual([
    {
      at: expect.any(Number),
      level: 'warning',
      text: `The file that holds the queue was damaged (file is not a database). It is kept as ${join(dataDir, aside ?? '?')}. There was no copy of it, so the queue begins empty: give again what was not up yet.`,
    },
  ]);
});

it('a queue that lived for a moment only has a copy, which takes its place', async () => {
  const dataDir = await livedShortly();
  writeFileSync(join(dataDir, 'hoist.db'), 'no database '.repeat(1000));
  const engine = await startEngine(dataDir);
  const { notices, counts } = await engine.snapshot();
  expect(counts).toMatchObject({ all: 1, byState: { queued: 1 } });
  expect(notices.map(({ text }) => text)).toEqual([expect.stringContaining('took its place')]);
});

it('what is met while it runs is among the notices, and refuses what is given', async () => {
  const dataDir = await lived();
  runSql(dataDir, "UPDATE jobs SET state = 'flying'");
  const engine = await startEngine(dataDir);
  await expect(engine.getJob(1)).rejects.toMatchObject({ failure: { code: 'queue-damaged' } });
  await expect(
    engine.addFiles([join(dataDir, 'config.json')], { destinationId: 'demo-flora' }),
  ).rejects.toMatchObject({ failure: { code: 'queue-damaged' } });
  const { notices } = await engine.snapshot();
  expect(notices.map(({ text }) => text)).toEqual([
    expect.stringContaining('is damaged. End Hoist and start it again'),
  ]);
});

it('a command says it, and the next one says what took its place', async () => {
  const dataDir = await lived();
  runSql(dataDir, "UPDATE jobs SET state = 'flying'");
  const status = () => runCli(['--data-dir', dataDir, 'status', '1']);
  const first = await status();
  expect(first.code).toBe(1);
  expect(first.stderr).toContain(`The file that holds the queue (${join(dataDir, 'hoist.db')}) is damaged.`);
  expect(first.stderr).not.toContain('mistake');
  const second = await status();
  expect(second.stderr).toContain(
    `It is kept as ${join(dataDir, asideIn(dataDir)[0] ?? '?')}. There was no copy`,
  );
  const third = await status();
  expect(third.stderr).not.toContain('damaged');
});
