/** A demo service whose database is damaged: it is kept, a new one begins, and that is said. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openDemoWith, startDemo, startDemoInWorker } from '#demo';
import { startCli } from '../support/cli-child.ts';
import { engineFixture } from '../support/engine-fixture.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const pageBytes = 4096;

/** A directory whose service has answered before. */
async function lived(directory: string): Promise<string> {
  await (await startDemo({ directory })).close();
  const file = join(directory, 'demo.db');
  const database = new DatabaseSync(file);
  const insert = database.prepare('INSERT INTO records (kind, id, body) VALUES (?, ?, ?)');
  for (let index = 0; index < 500; index += 1) insert.run('note', `n${index}`, 'x'.repeat(100));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  return file;
}

const damages: readonly (readonly [string, (file: string) => void, RegExp])[] = [
  ['is no database', (file) => writeFileSync(file, 'junk '.repeat(2000)), /not a database/],
  [
    'has garbage in the middle',
    (file) => {
      const content = readFileSync(file);
      content.fill(0xa5, content.length - 5 * pageBytes, content.length - 2 * pageBytes);
      writeFileSync(file, content);
    },
    /./,
  ],
  ['was cut', (file) => writeFileSync(file, readFileSync(file).subarray(0, 4 * pageBytes)), /./],
  [
    'lost a table',
    (file) => {
      const database = new DatabaseSync(file);
      database.exec('DROP TABLE objects');
      database.close();
    },
    /no such table: objects/,
  ],
];

describe('a database that', () => {
  it.each(damages)('%s is kept, and a new one begins', async (_, damage, why) => {
    const directory = await temporaryDirectory();
    const file = await lived(directory);
    damage(file);
    const content = readFileSync(file);
    const opened = await openDemoWith({ directory }, startDemoInWorker);
    try {
      const aside = readdirSync(directory).find((name) => /^demo\.db\.set-aside-\d+$/.test(name));
      expect(readFileSync(join(directory, aside ?? '?'))).toEqual(content);
      expect(opened.service?.notice).toContain(`It is kept as ${join(directory, aside ?? '?')};`);
      expect(opened.service?.notice).toMatch(why);
    } finally {
      await opened.close();
    }
    const again = await startDemo({ directory });
    await again.close();
    expect(again.notice).toBeNull();
  });
});

it('is among the notices of the engine that starts it', async () => {
  const { demo, engine, dataDir } = await engineFixture();
  await demo.close();
  writeFileSync(join(dataDir, 'demo', 'demo.db'), 'junk '.repeat(2000));
  await engine.startDemo();
  const { notices } = await engine.snapshot();
  expect(notices).toMatchObject([{ level: 'warning', text: expect.stringContaining('set-aside') }]);
});

it('is said by hoist demo', async () => {
  const dataDir = await temporaryDirectory();
  const directory = join(dataDir, 'demo');
  writeFileSync(await lived(directory), 'junk '.repeat(2000));
  const child = startCli(['demo', '--data-dir', dataDir]);
  const said = new Promise<void>((resolve) => {
    child.process.stderr.on('data', () => child.output().stderr.includes('Ctrl-C') && resolve());
  });
  try {
    await Promise.race([said, child.ended]);
    expect(child.output().stderr).toContain("The demo service's database could not be used");
    expect(child.output().stderr).toContain('set-aside');
  } finally {
    child.process.kill('SIGINT');
    await child.ended;
  }
});
