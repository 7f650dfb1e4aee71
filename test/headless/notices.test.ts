/** What the engine has to say while it opens: told once, by the process that opened it, beside any answer. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { temporaryDirectory } from '../support/temporary.ts';
import { startHoist } from './child.ts';
import { openTerminal, type Terminal, type TerminalOptions } from './support.ts';

const open: Terminal[] = [];
afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
});
async function terminal(options: TerminalOptions = {}): Promise<Terminal> {
  const opened = await openTerminal(options);
  open.push(opened);
  return opened;
}

const notices = [
  { at: 1, level: 'warning', text: 'config.json was damaged\u001b[2J.' },
  { at: 2, level: 'info', text: '2 uploads that were cut off go on.' },
] as const;

test('a short command warns on stderr, so that its answer can still be parsed', async () => {
  const t = await terminal({ notices });
  t.engine.add('/a');
  for (const argv of [
    ['status', '--json'],
    ['folders', 'list', '--json'],
    ['retry', '--all', '--json'],
  ]) {
    const before = t.err().length;
    expect(await t.hoist(...argv)).toBe(0);
    expect(t.err().slice(before)).toBe('config.json was damaged�[2J.\n');
  }
  expect(t.records().map(({ type }) => type)).toEqual(['job', 'retry']);
});

test('a command that opens the engine twice warns once', async () => {
  const t = await terminal({ notices, env: { HOIST_KEY: 'sk-2' } });
  expect(await t.hoist('destinations', 'key', 'demo-flora')).toBe(0);
  expect(t.err()).toBe('config.json was damaged�[2J.\nStored the new key of demo-flora.\n');
});

test.each([[['upload', 'a', '--to', 'demo-flora']], [['watch', '.', '--to', 'demo-flora']], [['run']]])(
  '%j tells all of it first; with --json as notices',
  async (argv) => {
    const t = await terminal({ notices });
    const ended = t.hoist(...argv, '--json');
    await t.engine.whenCalled('changesSince');
    // The push of one that the opening held already, and one that is new.
    t.engine.notice(notices[0]);
    t.engine.notice({ at: 3, level: 'warning', text: 'later' });
    await t.sees('later');
    t.interrupt();
    await ended;
    const told = t.records().filter(({ type }) => type === 'notice');
    expect(told.map(({ at }) => at)).toEqual([1, 2, 3]);
    expect(t.records()[0]).toEqual({ type: 'notice', ...notices[0] });
    expect(t.err()).not.toContain('damaged');
  },
);

test('a person reads them as lines', async () => {
  const t = await terminal({ notices });
  const ended = t.hoist('run');
  await t.sees('Running on');
  t.interrupt();
  await ended;
  expect(t.err()).toMatch(
    /^config\.json was damaged�\[2J\.\n2 uploads that were cut off go on\.\nRunning on/,
  );
});

test('damaged files are told by the command that meets them, and by no later one', async () => {
  const dataDir = join(await temporaryDirectory(), 'data');
  await mkdir(dataDir, { mode: 0o700 });
  const run = async (...argv: readonly string[]) => {
    const child = startHoist(dataDir, argv);
    return { code: await child.ended, out: child.out(), err: child.err() };
  };
  await run('folders', 'list');
  await writeFile(join(dataDir, 'config.json'), '{{{');
  await writeFile(join(dataDir, 'hoist.db'), 'no database'.repeat(500));
  const met = await run('status', '--json');
  expect(met).toMatchObject({ code: 0, out: '' });
  expect(met.err).toMatch(/config\.json was damaged and is kept as /);
  expect(met.err).toMatch(/is kept as .*hoist\.db\./);
  expect(await run('status', '--json')).toEqual({ code: 0, out: '', err: '' });
});
