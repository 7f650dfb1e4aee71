import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { UploadError } from '#ports/upload-error.ts';
import { explainFailure, failure } from '#shared/failure.ts';
import type { FakeEngine } from '../support/fake-engine.ts';
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

const completeAll = (job: { id: number }, engine: FakeEngine) => engine.complete(job.id);

test('upload prints links to stdout in the order given, whatever ends first', async () => {
  const t = await terminal();
  const ended = t.hoist('upload', 'a', 'b', 'c', '--to', 'demo-flora');
  await t.engine.whenJob(3);
  t.engine.complete(3);
  t.engine.complete(2);
  t.engine.complete(1);
  expect(await ended).toBe(0);
  expect(t.out()).toBe([1, 2, 3].map((id) => `https://assets.example.com/${id}\n`).join(''));
  expect(t.err()).toContain('3 completed');
  expect(t.engine.isClosed()).toBe(true);
});

test('a file that fails does not hold the links behind it, and the rest goes on', async () => {
  const t = await terminal();
  const ended = t.hoist('upload', 'a', 'b', '--to', 'demo-flora');
  await t.engine.whenJob(2);
  t.engine.fail(1, failure('server-error', '', { status: 503 }));
  t.engine.complete(2);
  expect(await ended).toBe(1);
  expect(t.out()).toBe('https://assets.example.com/2\n');
  expect(t.err()).toMatch(
    /Failed .*\/a: The service has a problem of its own \(HTTP 503\)\. Hoist tries again/,
  );
  expect(t.err()).toContain(`Try what failed again with: hoist --data-dir ${t.dir} retry 1\n`);
});

test.each([
  ['blocked', 3, (engine: FakeEngine) => engine.block(1, failure('too-large', '', { limitBytes: 10 }))],
  ['failed', 1, (engine: FakeEngine) => engine.fail(1, failure('timeout'))],
  ['canceled', 1, (engine: FakeEngine) => engine.set(1, { state: { name: 'canceled' } })],
  ['completed', 0, (engine: FakeEngine) => engine.complete(1)],
  ['canceled', 1, (engine: FakeEngine) => void engine.service.removeJobs({ ids: [1] })],
])('a job that ends as %s gives exit code %d', async (type, code, end) => {
  const t = await terminal();
  const ended = t.hoist('upload', 'a', '--to', 'demo-flora', '--json');
  await t.engine.whenJob(1);
  end(t.engine);
  expect(await ended).toBe(code);
  const types = t.records().map((record) => record.type);
  expect(types).toEqual(['added', type, 'summary']);
  expect(t.records().at(-1)).toMatchObject({ exitCode: code });
});

test('a failed one counts more than one that needs you', async () => {
  const t = await terminal({
    onAdded: ({ id }, engine) =>
      id === 1 ? engine.block(id, failure('empty-file')) : engine.fail(id, failure('timeout')),
  });
  expect(await t.hoist('upload', 'a', 'b', '--to', 'demo-flora')).toBe(1);
});

test('--json: one object per line, in a stable shape', async () => {
  const t = await terminal({ now: () => 1_700_000_000_000 });
  const ended = t.hoist('upload', 'ä\u009b.jpg', '--to', 'demo-flora', '--json');
  await t.engine.whenCalled('changesSince');
  t.engine.set(1, { state: { name: 'uploading' }, renewals: 1 });
  await t.sees('renewed');
  t.engine.set(1, {
    attempts: 1,
    state: { name: 'waiting', step: 'upload', until: 1_700_000_009_000, failure: failure('stalled') },
  });
  await t.sees('retrying');
  t.engine.complete(1);
  expect(await ended).toBe(0);
  expect(t.out()).not.toContain('\u009b');
  const path = join(t.dir, 'ä\u009b.jpg');
  const job = { path, destination: 'demo-flora', jobId: 1 };
  expect(t.records()).toEqual([
    { type: 'added', ...job, outcome: 'added' },
    { type: 'renewed', ...job, renewals: 1 },
    {
      type: 'retrying',
      ...job,
      attempts: 1,
      until: 1_700_000_009_000,
      failure: {
        code: 'stalled',
        reason: 'The transfer stopped moving.',
        hint: 'Hoist tries again by itself.',
        message: '',
        facts: {},
      },
    },
    {
      type: 'completed',
      ...job,
      link: 'https://assets.example.com/1',
      linkKind: 'url',
      linkExpiresAt: null,
      formatted: null,
      assetId: 'asset_1',
      sha256: '1'.padStart(64, '0'),
      bytes: 1000,
      renewals: 1,
      edge: null,
      artifacts: [],
      completedAt: 1_700_000_000_000,
    },
    {
      type: 'summary',
      completed: 1,
      failed: 0,
      blocked: 0,
      canceled: 0,
      refused: 0,
      ignored: 0,
      left: 0,
      bytes: 1000,
      exitCode: 0,
    },
  ]);
  expect(t.err()).toBe('');
});

test('files that are up already are answered with their link, in every format', async () => {
  const t = await terminal({ onAdded: completeAll });
  await t.hoist('upload', 'a.png', '--to', 'demo-flora');
  expect(await t.hoist('upload', 'a.png', '--to', 'demo-flora', '--format', '{id}: {link}')).toBe(0);
  expect(t.out()).toBe('https://assets.example.com/1\nasset_1: https://assets.example.com/1\n');
  expect(t.engine.jobs.size).toBe(1);
  expect(await t.hoist('upload', 'a.png', '--to', 'demo-flora', '--again')).toBe(0);
  expect(t.engine.jobs.size).toBe(2);
});

test('the same file given twice is one job and one link', async () => {
  const t = await terminal({ onAdded: completeAll });
  expect(await t.hoist('upload', 'a', './a', '--to', 'demo-flora')).toBe(0);
  expect(t.out()).toBe('https://assets.example.com/1\n');
});

test('a refused file is said and counts as failed; the others go on', async () => {
  const t = await terminal({
    onAdded: completeAll,
    refuse: (path) => (path.endsWith('none') ? failure('file-missing') : null),
  });
  expect(await t.hoist('upload', 'none', 'a', '--to', 'demo-flora')).toBe(1);
  expect(t.err()).toContain('none: There is no such file or directory.');
  expect(t.out()).toBe('https://assets.example.com/1\n');
});

test('edges go to one run, with paths from where the user is', async () => {
  const t = await terminal({ onAdded: completeAll });
  expect(await t.hoist('upload', '--to', 'demo-pupload', '--edge', 'image=A', '--edge', 'mask=B')).toBe(0);
  const call = t.engine.calls.find(({ name }) => name === 'addFiles');
  expect(call?.args).toEqual([
    [],
    {
      destinationId: 'demo-pupload',
      edges: [
        { edge: 'image', path: join(t.dir, 'A') },
        { edge: 'mask', path: join(t.dir, 'B') },
      ],
    },
  ]);
});

test('a hold is said in words with its countdown, and waited for', async () => {
  const t = await terminal();
  const ended = t.hoist('upload', 'a', '--to', 'demo-flora');
  await t.engine.whenJob(1);
  const until = Date.now() + 59_000;
  t.engine.hold('demo-flora', { kind: 'rate-limited', until, failure: failure('rate-limited') });
  const { reason } = explainFailure(failure('rate-limited'));
  await t.sees(`Held       demo-flora: ${reason} Continues in `);
  expect(t.err()).toMatch(/Continues in \d+s\./);
  t.engine.hold('demo-flora', null);
  await t.sees('Continues  demo-flora');
  t.engine.complete(1);
  expect(await ended).toBe(0);
});

test('a destination that waits for a person makes its jobs need you, and ends the command', async () => {
  const t = await terminal();
  const ended = t.hoist('upload', 'a', 'b', '--to', 'demo-flora');
  await t.engine.whenJob(2);
  t.engine.hold('demo-flora', { kind: 'blocked', until: null, failure: failure('key-refused') });
  expect(await ended).toBe(3);
  expect(t.err().match(/Needs you .*The key was refused/g)).toHaveLength(2);
});

test('a paused queue is said, and goes on when somebody resumes it', async () => {
  const t = await terminal();
  await t.engine.service.setPaused(true);
  const ended = t.hoist('upload', 'a', '--to', 'demo-flora');
  await t.sees(t.typed('resume', '--all'));
  await t.engine.service.setPaused(false);
  await t.sees('Continues');
  t.engine.complete(1);
  expect(await ended).toBe(0);
});

test('Ctrl-C stops the engine that runs here, and says what is left and how to go on', async () => {
  const t = await terminal();
  const ended = t.hoist('upload', 'a', 'b', '--to', 'demo-flora');
  await t.engine.whenJob(2);
  t.engine.complete(1);
  await t.sees('assets.example.com/1');
  t.interrupt();
  expect(await ended).toBe(130);
  expect(t.engine.isClosed()).toBe(true);
  expect(t.err()).toContain('1 completed, 1 left. They stay in the queue: hoist run goes on');
  expect(t.exits).toEqual([]);
});

test('SIGTERM has its own code, and --json tells what is left', async () => {
  const t = await terminal();
  const ended = t.hoist('upload', 'a', '--to', 'demo-flora', '--json');
  await t.engine.whenJob(1);
  await t.sees('added');
  t.interrupt('SIGTERM');
  expect(await ended).toBe(143);
  expect(t.records().slice(-2)).toMatchObject([
    { type: 'interrupted', left: 1 },
    { type: 'summary', left: 1, exitCode: 143 },
  ]);
});

test('a second Ctrl-C ends at once; the echo of the first does not', async () => {
  let now = 0;
  const clock = {
    now: () => Date.now(),
    monotonic: () => now,
    setTimer: (ms: number, task: () => void) => {
      const timer = setTimeout(task, Math.min(ms, 20));
      return () => clearTimeout(timer);
    },
  };
  const t = await terminal({ surroundings: { clock } });
  const ended = t.hoist('upload', 'a', '--to', 'demo-flora');
  await t.engine.whenJob(1);
  t.interrupt();
  t.interrupt();
  expect(t.exits).toEqual([]);
  now = 400;
  t.interrupt();
  expect(t.exits).toEqual([130]);
  expect(await ended).toBe(130);
});

test.each([
  [
    ['upload', 'a', '--to', 'nowhere'],
    /There is no destination nowhere\. There are: demo-runflow, demo-flora/,
  ],
  [['upload', 'a'], /Say where to, with --to NAME/],
  [['upload', '--to', 'demo-flora'], /at least one file/],
  [['upload', 'a', '--to', 'demo-flora', '--format', 'xml'], /use link, markdown/],
  [['upload', 'a', '--edge', 'x'], /EDGE=FILE/],
  [['upload', 'a', '--frob'], /unknown option '--frob'/],
  [['frob'], /unknown command 'frob'/],
  [['watch'], /missing required argument/],
  [['watch', '.', '--to', 'demo-flora', '--changed', 'ask'], /use ignore or new/],
  [['watch', '.', '--to', 'demo-flora', '--once', '--existing'], /--once sends everything/],
  [['retry'], /Say which jobs/],
  [['destinations', 'add', 'x'], /required option '--kind/],
  [['destinations', 'add', 'x', '--kind', 's3'], /use runflow or flora/],
  [['folders', 'remove', 'x'], /There are no watch folders/],
  [[], /Usage: hoist/],
])('%j is a usage error that says what would do', async (argv, text) => {
  const t = await terminal();
  expect(await t.hoist(...argv)).toBe(2);
  expect(t.err()).toMatch(text);
  expect(t.out()).toBe('');
});

test('--version and --help answer on stdout', async () => {
  const t = await terminal();
  expect(await t.hoist('--version')).toBe(0);
  expect(t.out()).toBe('1.2.3\n');
  for (const argv of [['--help'], ['upload', '--help'], ['destinations', 'add', '--help']]) {
    expect(await t.hoist(...argv)).toBe(0);
    expect(t.out()).toContain('Examples:');
  }
  expect(t.out()).toContain('--data-dir');
});

test('an engine that cannot be opened is explained, without a stack', async () => {
  const refuse = (error: Error) => ({ surroundings: { openEngine: () => Promise.reject(error) } });
  const full = await terminal(refuse(new UploadError('disk-full')));
  expect(await full.hoist('status')).toBe(1);
  expect(full.err()).toContain('hoist: The disk that holds the queue is full.');
  const bug = await terminal(refuse(new TypeError('x of undefined at https://h/p?sig=SECRET')));
  expect(await bug.hoist('status')).toBe(1);
  expect(bug.err()).toMatch(/^hoist: Hoist made a mistake: .*\n$/);
  expect(bug.err()).not.toContain('SECRET');
});

test('without --to, the default or the only destination of the user is taken', async () => {
  const t = await terminal({ onAdded: completeAll });
  await t.engine.service.addDestination({ name: 'studio', kind: 'runflow' }, 'k');
  expect(await t.hoist('upload', 'a')).toBe(0);
  await t.engine.service.updateSettings({ defaultDestinationId: 'demo-cyberun' });
  expect(await t.hoist('upload', 'a')).toBe(0);
  expect([...t.engine.jobs.values()].map((job) => job.destinationName)).toEqual(['studio', 'demo-cyberun']);
});

test('status tells what runs, what waits and why; --json one object per job', async () => {
  const t = await terminal();
  t.engine.add('/x/sending.mov', { state: { name: 'uploading' }, bytesSent: 620, bytesPerSecond: 1000 });
  t.engine.add('/x/line.mov');
  t.engine.add('/x/big.mov', { state: { name: 'blocked', step: 'reserve', failure: failure('empty-file') } });
  t.engine.add('/x/done.mov');
  t.engine.complete(4);
  t.engine.hold('demo-flora', {
    kind: 'unreachable',
    until: null,
    failure: failure('unreachable', '', { host: 'h' }),
  });
  expect(await t.hoist('status')).toBe(0);
  expect(t.out().replace(t.dir, 'DIR')).toMatchInlineSnapshot(`
    "4 jobs: 1 done, 1 active, 1 waiting, 1 needs you, 0 failed.
    No engine is running; hoist run starts one.
    Held: demo-flora: h cannot be reached. Continues by itself as soon as it answers.

    Active
         1  /x/sending.mov → demo-flora: Sending 62 % at 1 kB/s

    Waiting
         2  /x/line.mov → demo-flora: Held. h cannot be reached. Continues by itself as soon as it answers.

    Needs you
         3  /x/big.mov → demo-flora: The file is empty, and this service takes no empty files. Send it to another destination, or cancel it.
      Send it elsewhere with: hoist --data-dir DIR upload /x/big.mov --to NAME
    "
  `);
  const before = t.out().length;
  expect(await t.hoist('status', '--json')).toBe(0);
  const records = t
    .out()
    .slice(before)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(records.map(({ path, state, destination }) => [path, state, destination])).toEqual([
    ['/x/sending.mov', 'uploading', 'demo-flora'],
    ['/x/line.mov', 'queued', 'demo-flora'],
    ['/x/big.mov', 'blocked', 'demo-flora'],
    ['/x/done.mov', 'completed', 'demo-flora'],
  ]);
  expect(records[1].hold).toMatchObject({ kind: 'unreachable', failure: { reason: 'h cannot be reached.' } });
  expect(Object.keys(records[3])).toMatchInlineSnapshot(`
    [
      "type",
      "jobId",
      "path",
      "destination",
      "kind",
      "state",
      "step",
      "link",
      "assetId",
      "sha256",
      "edge",
      "origin",
      "watchFolderId",
      "generation",
      "attempts",
      "renewals",
      "bytesTotal",
      "bytesSent",
      "bytesPerSecond",
      "until",
      "failure",
      "hold",
      "addedAt",
      "updatedAt",
      "completedAt",
    ]
  `);
});

test('--json with --format has both: what is stored, and what was asked for', async () => {
  const t = await terminal({ onAdded: completeAll });
  expect(await t.hoist('upload', 'a.mov', '--to', 'demo-flora', '--json', '--format', 'markdown')).toBe(0);
  expect(await t.hoist('links', '--json', '--format', '{id}')).toBe(0);
  expect(await t.hoist('links', '--json')).toBe(0);
  const link = 'https://assets.example.com/1';
  expect(t.records().filter(({ type }) => type === 'completed')).toMatchObject([
    { link, formatted: `[a.mov](${link})` },
    { link, formatted: 'asset_1' },
    { link, formatted: null },
  ]);
  expect(await t.hoist('links', '--json', '--format', '{nmae}')).toBe(2);
});

test('links: all that is completed, by destination and name', async () => {
  const t = await terminal({ onAdded: completeAll });
  t.engine.add('/a.png', { mimeType: 'image/png' });
  t.engine.add('/b.mov', { destinationId: 'demo-runflow' });
  expect(await t.hoist('links', '--format', 'markdown')).toBe(0);
  expect(await t.hoist('links', '--to', 'demo-runflow', '--search', 'B', '--json')).toBe(0);
  const [first, second, third] = t.out().trim().split('\n');
  expect(first).toBe('![a.png](https://assets.example.com/1)');
  expect(second).toBe('[b.mov](https://assets.example.com/2)');
  expect(JSON.parse(third ?? '')).toMatchObject({ type: 'completed', path: '/b.mov', assetId: 'asset_2' });
});

test('ten thousand links come out at the speed of their reader', async () => {
  const t = await terminal({ onAdded: completeAll });
  for (let id = 1; id <= 1200; id += 1) t.engine.add(`/${id}`);
  expect(await t.hoist('links')).toBe(0);
  expect(t.out().trim().split('\n')).toHaveLength(1200);
});

test('retry brings back what failed and needs you, and lifts the block of its destination', async () => {
  const t = await terminal();
  for (const name of ['/a', '/b', '/c']) t.engine.add(name);
  t.engine.fail(1, failure('timeout'));
  t.engine.block(2, failure('key-refused'));
  t.engine.set(3, { state: { name: 'canceled' } });
  t.engine.hold('demo-flora', { kind: 'blocked', until: null, failure: failure('key-refused') });
  expect(await t.hoist('retry', '--all')).toBe(0);
  const states = () => [...t.engine.jobs.values()].map((job) => job.state.name);
  expect(states()).toEqual(['queued', 'queued', 'canceled']);
  expect((await t.engine.service.snapshot()).destinations.every((view) => view.hold === null)).toBe(true);
  expect(await t.hoist('retry', '3')).toBe(0);
  expect(states()).toEqual(['queued', 'queued', 'queued']);
});

test('pause and resume: jobs, a destination, everything', async () => {
  const t = await terminal();
  t.engine.add('/a');
  t.engine.add('/b');
  await t.hoist('pause', '/a');
  expect([...t.engine.jobs.values()].map((job) => job.state.name)).toEqual(['paused', 'queued']);
  await t.hoist('pause', '--to', 'DEMO-flora');
  expect(t.engine.calls.filter(({ name }) => name === 'pauseDestination')).toMatchObject([
    { args: ['demo-flora'] },
  ]);
  await t.hoist('pause', '--all');
  const snapshot = async () => t.engine.service.snapshot();
  expect((await snapshot()).settings.isPaused).toBe(true);
  expect((await snapshot()).destinations[1]?.destination.isPaused).toBe(true);
  await t.hoist('resume', '--all');
  expect((await snapshot()).settings.isPaused).toBe(false);
  expect((await snapshot()).destinations[1]?.destination.isPaused).toBe(false);
  expect([...t.engine.jobs.values()].map((job) => job.state.name)).toEqual(['queued', 'queued']);
});

test('cancel: all below a directory, and a name that is not there is an error', async () => {
  const t = await terminal();
  t.engine.add('/x/a');
  t.engine.add('/x/y/b');
  t.engine.add('/xy');
  expect(await t.hoist('cancel', '/x')).toBe(0);
  expect([...t.engine.jobs.values()].map((job) => job.state.name)).toEqual([
    'canceled',
    'canceled',
    'queued',
  ]);
  expect(await t.hoist('cancel', '/none')).toBe(1);
  expect(await t.hoist('cancel', '99')).toBe(1);
  expect(await t.hoist('cancel', '1')).toBe(1);
});

const keyed = ['destinations', 'add', 'studio', '--kind', 'flora', '--workspace-id', 'ws_1'];

test.each([
  ['the environment', { HOIST_KEY: 'sk-env' }, 'sk-piped\n', 'sk-env'],
  ['stdin', {}, 'sk-piped\n', 'sk-piped'],
])('the key comes from %s', async (_where, env, piped, key) => {
  const t = await terminal({ env });
  t.stdin.end(piped);
  expect(await t.hoist(...keyed)).toBe(0);
  expect(t.engine.keys.get('studio')).toBe(key);
  expect(t.out() + t.err()).not.toContain(key);
});

test.each([
  ['none', ''],
  ['one with a control character', 'sk-\u0007x'],
  ['one that is too long', 'x'.repeat(9000)],
])('%s is refused', async (_what, piped) => {
  const t = await terminal();
  t.stdin.end(piped);
  expect(await t.hoist(...keyed)).toBe(2);
  expect(t.engine.keys.size).toBe(0);
});

test('at a prompt the key is typed without an echo', async () => {
  const raw: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => raw.push(isRaw),
  });
  const t = await terminal({ surroundings: { stdin } });
  const ended = t.hoist(...keyed);
  await t.sees('Key of studio: ');
  stdin.write('sk-typeX');
  stdin.write('\u007fd\r');
  expect(await ended).toBe(0);
  expect(t.engine.keys.get('studio')).toBe('sk-typed');
  expect(t.out() + t.err()).not.toContain('sk-');
  expect(raw).toEqual([true, false]);
});

test('Ctrl-C at the prompt stores nothing and gives the terminal back', async () => {
  const raw: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (isRaw: boolean) => raw.push(isRaw),
  });
  const t = await terminal({ surroundings: { stdin } });
  const ended = t.hoist(...keyed);
  await t.sees('Key of studio: ');
  stdin.write('sk-1\u0003');
  expect(await ended).toBe(1);
  expect(t.engine.keys.size).toBe(0);
  expect(raw).toEqual([true, false]);
});

test('destinations: a new key, a test in words, a list, an end', async () => {
  const t = await terminal({ env: { HOIST_KEY: 'sk-2' } });
  expect(await t.hoist('destinations', 'key', 'demo-flora')).toBe(0);
  expect(t.engine.keys.get('demo-flora')).toBe('sk-2');
  expect(await t.hoist('destinations', 'test', 'demo-flora')).toBe(0);
  expect(t.out()).toBe('demo-flora, owner\n4 workflows visible\n');
  expect(await t.hoist('destinations', 'remove', 'demo-flora')).toBe(0);
  expect(t.err()).toContain('Removed demo-flora.\n');
  const before = t.out().length;
  expect(await t.hoist('destinations', 'list', '--json')).toBe(0);
  const names = t
    .out()
    .slice(before)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).name);
  expect(names).toEqual(['demo-runflow', 'demo-cyberun', 'demo-pupload']);
});

test('a destination that is removed with work left says so', async () => {
  const t = await terminal();
  t.engine.add('/a');
  t.engine.add('/b');
  t.engine.add('/c');
  t.engine.complete(3);
  expect(await t.hoist('destinations', 'remove', 'demo-flora')).toBe(0);
  expect(t.err()).toContain(
    'Removed demo-flora. 2 jobs for it are not done and go on when a flora destination of this name is added again',
  );
});

test('folders: list, pause, resume, scan, remove', async () => {
  const t = await terminal();
  const path = join(t.dir, 'w');
  const { folder } = await t.engine.service.addWatchFolder({ path, destinationId: 'demo-flora' } as never);
  await t.hoist('folders', 'pause', 'w');
  const isPaused = async () => (await t.engine.service.snapshot()).folders[0]?.folder.isPaused;
  expect(await isPaused()).toBe(true);
  await t.hoist('folders', 'resume', folder.id);
  expect(await isPaused()).toBe(false);
  expect(await t.hoist('folders', 'list', '--json')).toBe(0);
  expect(t.records()).toMatchObject([{ type: 'folder', path, destination: 'demo-flora' }]);
  expect(await t.hoist('folders', 'scan', 'w')).toBe(0);
  expect(await t.hoist('folders', 'remove', 'w')).toBe(0);
  expect((await t.engine.service.snapshot()).folders).toEqual([]);
});

test('explain tells the decision and the state of each job', async () => {
  const t = await terminal();
  const path = join(t.dir, 'a');
  t.engine.add(path, { state: { name: 'blocked', step: 'reserve', failure: failure('empty-file') } });
  expect(await t.hoist('explain', 'a')).toBe(0);
  expect(t.out()).toContain('Given by hand.');
  expect(t.out()).toContain('The file is empty, and this service takes no empty files.');
  const before = t.out().length;
  expect(await t.hoist('explain', 'a', '--json')).toBe(0);
  expect(JSON.parse(t.out().slice(before))).toMatchObject({
    type: 'explanation',
    fileClass: 'job',
    jobs: [{ state: 'blocked', failure: { code: 'empty-file' } }],
  });
});

test('run tells of every job, and a polite end is no failure', async () => {
  const t = await terminal();
  const ended = t.hoist('run', '--json');
  await t.engine.whenCalled('changesSince');
  t.engine.add('/a');
  t.engine.complete(1);
  await t.sees('"completed"');
  t.interrupt('SIGTERM');
  expect(await ended).toBe(0);
});

test('run goes quietly when another process asks it to', async () => {
  const t = await terminal();
  const ended = t.hoist('run');
  await t.sees('Running on');
  const { connectSocket, socketPath } = await import('#ipc');
  const path = socketPath(t.dir, { platform: 'linux', tmpDir: '/tmp', uid: process.getuid?.() ?? null });
  const client = await connectSocket(path);
  await client.shutdown();
  expect(await ended).toBe(0);
  await client.closed;
  expect(t.engine.isClosed()).toBe(true);
});
