/** `hoist status`, and what the actions say: why something waits, in the service's words, and what to type. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { failure } from '#shared/failure.ts';
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

/** As the engine tells it: every destination is held. */
async function pauseQueue(t: Terminal): Promise<void> {
  await t.engine.service.setPaused(true);
  for (const name of ['demo-runflow', 'demo-flora', 'demo-cyberun', 'demo-pupload']) {
    t.engine.hold(name, { kind: 'paused', until: null, failure: null });
  }
}

test('a paused queue is told once, with the one command that helps', async () => {
  const t = await terminal();
  t.engine.add('/x/line.mov');
  const state = { name: 'waiting', step: 'upload', until: Date.now() + 60_000, failure: failure('timeout') };
  t.engine.add('/x/later.mov', { state, attempts: 1 } as never);
  await pauseQueue(t);
  expect(await t.hoist('status')).toBe(0);
  expect(t.out().replaceAll(t.typed(), 'hoist')).toMatchInlineSnapshot(`
    "2 jobs: 0 done, 0 active, 2 waiting, 0 need you, 0 failed.
    No engine is running; hoist run starts one.
    The whole queue is paused. Continue with: hoist resume --all

    Waiting
         1  /x/line.mov → demo-flora: Held. The whole queue is paused. Continue with: hoist resume --all
         2  /x/later.mov → demo-flora: Held. The whole queue is paused. Continue with: hoist resume --all
    "
  `);
});

test('what to type names the data directory that was given, and a queue without its destination says so', async () => {
  const t = await terminal();
  t.engine.add('/x/line.mov');
  t.engine.set(1, { destinationId: 'gone', destinationName: 'far-side' });
  t.engine.add('/x/stopped.mov', { state: { name: 'paused', step: 'reserve' } });
  await pauseQueue(t);
  await t.engine.service.setPaused(true);
  expect(await t.hoist('status')).toBe(0);
  expect(t.out()).toContain(`The whole queue is paused. Continue with: ${t.typed('resume', '--all')}\n`);
  expect(t.out()).toContain(`Paused. Continue with: ${t.typed('resume', '2')}\n`);
  expect(t.out()).not.toContain('In line.');
  expect(t.out()).toMatch(/line\.mov → far-side: .*destination/);
  expect(t.out()).toContain(`Add it with: ${t.typed('destinations', 'add', 'far-side', '--kind', 'KIND')}\n`);
});

test('a destination that is paused itself is told with its own way on, also while the queue is paused', async () => {
  const t = await terminal();
  await pauseQueue(t);
  await t.engine.service.updateDestination('demo-flora', { isPaused: true });
  t.engine.add('/x/line.mov');
  await t.hoist('status');
  const way = t.typed('resume', '--to', 'demo-flora');
  expect(t.out()).toContain(`Held: demo-flora is paused. Continue with: ${way}\n`);
  expect(t.out()).not.toContain('--to demo-runflow');
  expect(t.out()).toMatch(/line\.mov .*: Held\. demo-flora is paused\./);
});

test('upload into a paused queue tells the queue, not the destination', async () => {
  const t = await terminal();
  await pauseQueue(t);
  const ended = t.hoist('upload', 'a', '--to', 'demo-flora');
  await t.sees(`Held       The whole queue is paused. Continue with: ${t.typed('resume', '--all')}`);
  t.interrupt();
  await ended;
  expect(t.err()).not.toContain('resume --to');
});

test.each([
  ['resume', '--to', 'demo-flora'],
  ['resume', '1'],
  ['retry', '1'],
])('%s %s says that the whole queue is still paused', async (...argv) => {
  const t = await terminal();
  t.engine.add('/a', { state: { name: 'paused', step: 'reserve' } });
  await pauseQueue(t);
  await t.hoist(...argv);
  expect(t.err()).toContain(`The whole queue is paused. Continue with: ${t.typed('resume', '--all')}`);
});

const ownWords = `{"detail":"Plan \u001b[2Jallows\n  10 files${' and so on'.repeat(60)}"}`;

test('what the service said itself stands below what failed or needs you, on one safe line', async () => {
  const t = await terminal();
  t.engine.add('/x/a.mov');
  t.engine.fail(1, failure('rejected', ownWords));
  t.engine.add('/x/b.mov');
  t.engine.block(2, failure('too-large'));
  expect(await t.hoist('status')).toBe(0);
  const lines = t.out().trimEnd().split('\n');
  const at = lines.findIndex((line) => line.includes('/x/a.mov'));
  expect(lines[at + 1]).toMatch(/^ {8}\{"detail":"Plan �\[2Jallows 10 files and so on.*…$/);
  expect(lines[at + 1]?.length).toBeLessThanOrEqual(308);
  // Nothing is known of the other, so nothing stands below it.
  const other = lines.findIndex((line) => line.includes('/x/b.mov'));
  expect(lines[other + 1]).toMatch(/^ {2}Send it elsewhere with: /);
});

test('the same while files go up, and of a destination that waits for a person', async () => {
  const t = await terminal({
    onAdded: ({ id }, engine) =>
      id === 1 ? engine.fail(id, failure('asset-failed', 'codec not known')) : undefined,
    refuse: (path) => (path.endsWith('c') ? failure('file-unreadable', 'EACCES') : null),
  });
  const ended = t.hoist('upload', 'a', 'b', 'c', '--to', 'demo-flora');
  await t.engine.whenJob(2);
  t.engine.hold('demo-flora', {
    kind: 'blocked',
    until: null,
    failure: failure('no-credit', 'Your plan has run out'),
  });
  expect(await ended).toBe(1);
  expect(t.err()).toMatch(/Refused {4}\S+: .*\n {11}EACCES\n/);
  expect(t.err()).toMatch(/Failed {5}\S+\/a: .*\n {11}codec not known\n/);
  expect(t.err()).toMatch(/Needs you {2}\S+\/b: .*\n {11}Your plan has run out\n/);
});

test('an ID that no job has is said, and is no success', async () => {
  const t = await terminal();
  t.engine.add('/x/a');
  for (const argv of [['999'], ['999', '--json'], ['1', '999']]) {
    expect(await t.hoist('status', ...argv)).toBe(1);
    expect(t.out()).toBe('');
  }
  expect(t.err()).toContain('hoist: There is no job for 999. See hoist status.');
});

test('of a directory, status also tells what is done', async () => {
  const t = await terminal();
  await mkdir(join(t.dir, 'shoot'));
  t.engine.add(join(t.dir, 'shoot', 'a'));
  t.engine.complete(1);
  expect(await t.hoist('status', 'shoot')).toBe(0);
  expect(t.out()).toMatch(
    /\n\nEnded\n {5}1 {2}\S+shoot\/a → demo-flora: https:\/\/assets\.example\.com\/1\n$/,
  );
});

test('one is one, and many are many', async () => {
  const t = await terminal();
  await t.engine.service.addWatchFolder({ path: '/w', destinationId: 'demo-flora' } as never);
  t.engine.setHealth('folder-1', { seen: 1, jobs: 1 });
  await t.hoist('folders', 'scan', 'folder-1');
  // The answer, so on stdout.
  expect(t.out()).toContain('1 seen: 1 job, 0 being written');
  expect(t.err()).toBe('');
});

test('links that nothing matches are not "no links yet"', async () => {
  const t = await terminal();
  await t.hoist('links');
  expect(t.err()).toBe('No links yet.\n');
  t.engine.add('/a.png');
  t.engine.complete(1);
  expect(await t.hoist('links', '--search', 'zzz')).toBe(0);
  expect(t.err()).toBe('No links yet.\nNo link matches.\n');
});
