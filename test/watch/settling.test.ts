import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { UploadError } from '#ports/upload-error.ts';
import { Scene } from './support/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

test('a growing file stays settling, with its rate, and goes when it is whole', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('film.mp4', Buffer.alloc(1000));
  await scene.watcher.scan('folder');
  for (let second = 1; second <= 20; second++) {
    scene.clock.advance(1000);
    appendFileSync(scene.path('film.mp4'), Buffer.alloc(1000));
    await scene.watcher.scan('folder');
  }
  expect(scene.sink.offers).toEqual([]);
  expect(scene.watcher.settling()).toMatchObject([
    { relativePath: 'film.mp4', sizeBytes: 21_000, bytesPerSecond: 1000, reason: null },
  ]);
  expect(scene.health()).toMatchObject({ settling: 1, seen: 1 });
  await scene.quiet();
  expect(scene.sink.offers).toMatchObject([{ kind: 'settled', path: 'film.mp4' }]);
  expect(scene.sink.offers[0]?.version).toMatch(/^21000\//);
});

test('a file of full size from the start settles only when its bytes stop coming', async () => {
  scene = new Scene();
  await scene.watch();
  const file = openSync(scene.path('copy.raw'), 'w');
  ftruncateSync(file, 50_000);
  await scene.watcher.scan('folder');
  for (let offset = 0; offset < 50_000; offset += 10_000) {
    scene.clock.advance(1900);
    writeSync(file, Buffer.alloc(10_000, 1), 0, 10_000, offset);
    await scene.watcher.scan('folder');
  }
  expect(scene.sink.offers).toEqual([]);
  await scene.quiet();
  expect(scene.sink.offered()).toEqual(['copy.raw']);
});

test('a file that moved after it had settled waits twice as long the next time', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('a.jpg', 'one');
  await scene.quiet();
  scene.write('a.jpg', 'three');
  await scene.watcher.scan('folder');
  const begun = scene.clock.monotonic();
  await scene.clock.until(() => scene.sink.offers.length === 2, 10);
  expect(scene.clock.monotonic() - begun).toBeGreaterThanOrEqual(4000);
});

test('what the queue refuses is offered again', async () => {
  scene = new Scene();
  scene.sink.failures.set('settled', [new UploadError('disk-full'), new UploadError('disk-full')]);
  await scene.watch();
  scene.write('a.jpg');
  await scene.clock.until(() => scene.watcher.settling().some(({ reason }) => reason !== null));
  expect(scene.watcher.settling()[0]?.reason).toBe('The disk that holds the queue is full.');
  // In no row: after a crash it is as new as it was.
  expect(scene.sink.classes()).toEqual({});
  await scene.quiet();
  expect(scene.sink.offered()).toEqual(['a.jpg']);
});

test('a crash between settling and queueing loses nothing', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('a.jpg');
  await scene.watcher.scan('folder');
  expect(scene.health()).toMatchObject({ settling: 1, seen: 1 });
  expect(scene.sink.classes()).toEqual({});
  await scene.restart();
  await scene.quiet();
  expect(scene.sink.offered()).toEqual(['a.jpg']);
});

test('a journal that cannot be written is tried again, and nothing is lost', async () => {
  scene = new Scene();
  await scene.watch();
  await scene.quiet();
  scene.sink.failures.set('record', [new UploadError('disk-full')]);
  scene.write('a.jpg');
  scene.write('ignored.tmp');
  await scene.clock.until(() => scene.sink.failures.get('record')?.length === 0);
  await scene.healthIs(({ state }) => state === 'unreliable');
  await scene.clock.until(() => scene.sink.offers.length === 1);
  await scene.quiet();
  expect(scene.health()).toMatchObject({ state: 'watching', seen: 2, ignored: 1, jobs: 1 });
});

test('newer content of a job is told by its rule, once', async () => {
  scene = new Scene({ changed: 'ignore' });
  await scene.watch();
  scene.write('a.jpg', 'one');
  await scene.quiet();
  const job = scene.sink.rows.get('a.jpg')?.jobId;
  scene.write('a.jpg', 'three');
  await scene.quiet();
  await scene.restart();
  await scene.quiet();
  expect(scene.sink.offers.map(({ kind }) => kind)).toEqual(['settled', 'changed']);
  expect(scene.sink.rows.get('a.jpg')).toMatchObject({ fileClass: 'job', jobId: job, sizeBytes: 5 });
});

test('an atomic save over a job is newer content of it', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('a.psd', 'one');
  await scene.quiet();
  scene.write('a.psd.tmp', 'other');
  renameSync(scene.path('a.psd.tmp'), scene.path('a.psd'));
  await scene.quiet();
  expect(scene.sink.offers.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'settled a.psd',
    'changed a.psd',
  ]);
  expect(scene.sink.moves).toEqual([]);
});

test('a job keeps its place when it is renamed, also into another directory', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('one/a.jpg');
  await scene.quiet();
  const job = scene.sink.rows.get('one/a.jpg')?.jobId ?? null;
  renameSync(scene.path('one/a.jpg'), scene.path('one/b.jpg'));
  await scene.quiet();
  renameSync(scene.path('one'), scene.path('two'));
  await scene.quiet();
  expect(scene.sink.offers).toHaveLength(1);
  expect(scene.sink.moves).toEqual([
    { from: 'one/a.jpg', to: 'one/b.jpg', jobId: job },
    { from: 'one/b.jpg', to: 'two/b.jpg', jobId: job },
  ]);
  expect(scene.sink.classes()).toEqual({ 'two/b.jpg': 'job' });
});

test('a job that is renamed while another file takes its name moves, and the other is new', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('b.jpg', 'one');
  await scene.quiet();
  renameSync(scene.path('b.jpg'), scene.path('a.jpg'));
  scene.write('b.jpg', 'another');
  await scene.quiet();
  renameSync(scene.path('b.jpg'), scene.path('c.jpg'));
  scene.write('b.jpg', 'a third one');
  await scene.quiet();
  expect(scene.sink.moves.map(({ from, to }) => `${from} ${to}`)).toEqual(['b.jpg a.jpg', 'b.jpg c.jpg']);
  expect(scene.sink.offers.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'settled b.jpg',
    'settled b.jpg',
    'settled b.jpg',
  ]);
  expect(scene.sink.classes()).toEqual({ 'a.jpg': 'job', 'b.jpg': 'job', 'c.jpg': 'job' });
});

test('a job that is renamed over another one is that job under its name', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('a.jpg', 'one');
  scene.write('b.jpg', 'another');
  await scene.quiet();
  const job = scene.sink.rows.get('b.jpg')?.jobId;
  renameSync(scene.path('b.jpg'), scene.path('a.jpg'));
  await scene.quiet();
  expect(scene.sink.offers).toHaveLength(2);
  expect(scene.sink.rows.get('a.jpg')).toMatchObject({ fileClass: 'job', jobId: job });
  expect(scene.sink.classes()).toEqual({ 'a.jpg': 'job' });
  expect(scene.health()).toMatchObject({ seen: 1, jobs: 1 });
});

test('two jobs that swap their names are the same two jobs', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('a.jpg', 'one');
  scene.write('b.jpg', 'another');
  await scene.quiet();
  const jobs = ['b.jpg', 'a.jpg'].map((name) => scene.sink.rows.get(name)?.jobId);
  renameSync(scene.path('a.jpg'), scene.path('c.part'));
  renameSync(scene.path('b.jpg'), scene.path('a.jpg'));
  renameSync(scene.path('c.part'), scene.path('b.jpg'));
  await scene.quiet();
  scene.clock.advance(60_000);
  await scene.quiet();
  expect(scene.sink.offers).toHaveLength(2);
  expect(['a.jpg', 'b.jpg'].map((name) => scene.sink.rows.get(name)?.jobId)).toEqual(jobs);
  expect(scene.health()).toMatchObject({ seen: 2, jobs: 2 });
});

test('"send now" skips the wait, for settling and for baseline files', async () => {
  scene = new Scene({ existing: 'baseline' });
  scene.write('old.jpg');
  await scene.watch();
  scene.write('new.jpg');
  scene.write('x.part');
  await scene.watcher.scan('folder');
  await scene.watcher.sendNow('folder', 'old.jpg');
  await scene.watcher.sendNow('folder', 'new.jpg');
  expect(scene.sink.offered()).toEqual(['new.jpg', 'old.jpg']);
  await expect(scene.watcher.sendNow('folder', 'x.part')).rejects.toThrow(/an unfinished download/);
  await expect(scene.watcher.sendNow('folder', 'none.jpg')).rejects.toMatchObject({ code: 'not-found' });
  await expect(scene.watcher.sendNow('folder', 'new.jpg')).rejects.toMatchObject({ code: 'invalid' });
  await scene.quiet();
  expect(scene.sink.offers).toHaveLength(2);
});

test('a paused folder queues nothing, and catches up', async () => {
  scene = new Scene();
  await scene.watch();
  scene.write('a.jpg');
  await scene.watcher.scan('folder');
  await scene.watch({ isPaused: true });
  scene.clock.advance(600_000);
  scene.write('b.jpg');
  await scene.watcher.scan('folder');
  scene.clock.advance(600_000);
  expect(scene.health()).toMatchObject({ state: 'paused', settling: 2 });
  expect(scene.sink.offers).toEqual([]);
  await scene.watch({ isPaused: false });
  await scene.quiet();
  expect(scene.sink.offered()).toEqual(['a.jpg', 'b.jpg']);
});

test('a file that may not be read stays, says why, and goes when it may', async (context) => {
  if (process.platform === 'win32') context.skip('not run: no POSIX rights');
  scene = new Scene();
  if (process.getuid?.() === 0) {
    // Root may read everything: a child that gives its rights up watches instead.
    chmodSync(scene.base, 0o777);
    chmodSync(scene.root, 0o777);
    scene.write('secret.jpg');
    chmodSync(scene.path('secret.jpg'), 0o000);
    mkdirSync(scene.path('closed'));
    mkdirSync(scene.path('drafts.part'));
    for (const name of ['closed', 'drafts.part']) chmodSync(scene.path(name), 0o000);
    const script = fileURLToPath(new URL('./support/unreadable-child.ts', import.meta.url));
    const child = spawn(process.execPath, [script, scene.root], { stdio: ['ignore', 'pipe', 'inherit'] });
    const chunks: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => chunks.push(text));
    const [code] = await once(child, 'close');
    const answer = chunks.join('');
    if (answer.includes('cannot')) context.skip(`not run: ${answer}`);
    expect(code).toBe(0);
    expect(JSON.parse(answer)).toEqual({
      reason: 'Hoist may not read the file.',
      settling: 1,
      // It may stay so for days, and a row says it.
      row: 'settling',
      offered: [],
      walked: ['secret.jpg'],
      // A folder that cannot be read is told; one that a rule leaves out is not missed.
      unread: ['closed'],
    });
    return;
  }
  await scene.watch();
  scene.write('secret.jpg');
  chmodSync(scene.path('secret.jpg'), 0o000);
  await scene.quiet();
  expect(scene.watcher.settling()).toMatchObject([{ reason: 'Hoist may not read the file.' }]);
  expect(scene.sink.classes()).toEqual({ 'secret.jpg': 'settling' });
  chmodSync(scene.path('secret.jpg'), 0o600);
  await scene.clock.until(() => scene.sink.offers.length === 1);
});
