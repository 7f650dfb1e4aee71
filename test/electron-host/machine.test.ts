/**
 * The machine around the app: sleep, keychain, crashes. Proves: what our main process makes of sleep and waking, of a
 * keychain that is worth its name or not, and what its log holds when it is cut off. Cannot prove: that a system announces
 * its sleep, and what its keychain does with what it is given.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished } from 'vitest';
import { startDemo } from '#demo';
import { randomFile } from '../support/temporary.ts';
import type { Desktop } from './harness/desktop.ts';
import { desktopUploads, openUploads } from './support/desktop-uploads.ts';
import { test } from './support/with-desktop.ts';

interface LogLine {
  readonly at: string;
  readonly level: string;
  readonly event: string;
  readonly [fact: string]: unknown;
}

/** Throws where a line is not whole. */
async function readLog(desktop: Desktop): Promise<readonly LogLine[]> {
  const text = await readFile(join(desktop.dataDir, 'logs/hoist.log'), 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as LogLine);
}

const eventsOf = async (desktop: Desktop) => (await readLog(desktop)).map(({ event }) => event);

describe('sleep', () => {
  test('before it the queue comes to rest and starts nothing; after it everything goes on by itself', async ({
    create,
  }) => {
    const desktop = await create();
    const demo = await startDemo({
      directory: join(desktop.dataDir, 'demo'),
      clockScale: 20,
      faults: { slow: 200_000 },
    });
    onTestFinished(() => demo.close());
    await desktop.start();
    const { uploads } = await openUploads(desktop);
    const begun = await randomFile(desktop.files, 'begun.bin', 20_000_000);
    await desktop.drop([begun.path]);
    const bar = uploads.row('begun.bin').getByRole('progressbar');
    await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
    await desktop.whenSeen('it on the taskbar', ({ windows }) =>
      windows.some(({ progress }) => progress > 0),
    );
    // The machine must not fall asleep by itself over it.
    await desktop.whenSeen('the machine kept awake', ({ powerBlockers }) => powerBlockers.length === 1);

    await desktop.act({ kind: 'power', event: 'suspend' });
    // What was on its way is taken back: the store hears its end, and nothing new begins.
    await expect
      .poll(() => demo.stats().recent.some(({ stage, status }) => stage === 'upload' && status === null))
      .toBe(true);
    const before = demo.stats().dialects.runflow.requests + demo.stats().dialects.flora.requests;
    await desktop.drop([(await randomFile(desktop.files, 'later.bin', 1000)).path]);
    await uploads.row('later.bin').waitFor();
    expect(demo.stats().dialects.runflow.requests + demo.stats().dialects.flora.requests).toBe(before);

    demo.setFaults({ slow: null });
    await desktop.act({ kind: 'power', event: 'resume' });
    for (const name of ['begun.bin', 'later.bin']) await uploads.whenState(name, 'Ready');
    await desktop.whenSeen('the taskbar at rest', ({ windows }) =>
      windows.every(({ progress }) => progress < 0),
    );
    await desktop.whenSeen('the machine free to sleep', ({ powerBlockers }) => powerBlockers.length === 0);
    expect(await eventsOf(desktop)).toEqual(expect.arrayContaining(['machine.suspend', 'machine.resume']));
    // An interrupted body is no body: each came once.
    const stored = demo.stats().uploads.filter(({ sha256 }) => sha256 !== null);
    expect(stored.map(({ bodies }) => bodies)).toEqual([1, 1]);
  });
});

describe('keychain', () => {
  const weakNotice = /no keychain that Hoist can use/;

  test('a strong one keeps the key of all keys: what was sealed is open at the next start', async ({
    open,
  }) => {
    const desktop = await open();
    await openUploads(desktop);
    await desktop.hoist('upload', await desktop.write('first.txt', 'one'), '--to', 'demo-flora');
    const secrets = await readFile(join(desktop.dataDir, 'secrets.json'), 'utf8');
    expect(secrets).toContain('safe-storage');
    await expect(readFile(join(desktop.dataDir, 'hoist.key'))).rejects.toThrow('ENOENT');
    await desktop.act({ kind: 'quit' }).catch(() => {});
    await desktop.process().ended;

    await desktop.start();
    const sent = await desktop.hoist(
      'upload',
      await desktop.write('second.txt', 'two'),
      '--to',
      'demo-flora',
    );
    expect(sent.code, sent.stderr).toBe(0);
    await desktopUploads(desktop, await desktop.page()).whenState('second.txt', 'Ready');
    expect((await desktop.hoist('status')).stdout).not.toMatch(weakNotice);
  });

  test('one that waits for its password keeps the window from nobody, and files that came from getting lost', async ({
    create,
  }) => {
    const desktop = await create({ machine: { keyring: 'locked' } });
    await desktop.start({ args: [await desktop.write('with the start.txt', 'one')] });
    const page = await desktop.page();
    await page.getByRole('heading', { name: 'Connecting to Hoist…' }).waitFor();
    await desktop.startSecond([await desktop.write('meanwhile.txt', 'two')]);
    await desktop.act({ kind: 'unlock-keyring' });
    await page.getByRole('button', { name: 'Upload these 2 files now' }).click();
    const { uploads } = await openUploads(desktop);
    for (const name of ['with the start.txt', 'meanwhile.txt']) await uploads.whenState(name, 'Ready');
    await expect(readFile(join(desktop.dataDir, 'hoist.key'))).rejects.toThrow('ENOENT');
  });

  test.for(['weak', 'none'] as const)(
    'without one worth its name (%s) a file keeps it, and that is said',
    async (keyring, { open }) => {
      const desktop = await open({ machine: { keyring } });
      const { page } = await openUploads(desktop);
      await desktop.hoist('upload', await desktop.write('first.txt', 'one'), '--to', 'demo-flora');
      expect((await readFile(join(desktop.dataDir, 'hoist.key'))).length).toBeGreaterThan(0);
      await page.getByRole('button', { name: /message/i }).click();
      await page.getByText(weakNotice).waitFor();
    },
  );

  test('one that is gone at a start loses nothing: files wait for their key, and go on with it by themselves', async ({
    create,
  }) => {
    const desktop = await create();
    const demo = await startDemo({ directory: join(desktop.dataDir, 'demo'), clockScale: 20 });
    onTestFinished(() => demo.close());
    const { baseUrl, key } = demo.address.runflow;
    await desktop.start();
    await openUploads(desktop);
    const args = ['destinations', 'add', 'mine', '--kind', 'runflow', '--base-url', baseUrl];
    expect((await desktop.hoistWithKey(key, ...args)).code).toBe(0);
    const restart = async (keyring: 'strong' | 'weak') => {
      await desktop.act({ kind: 'quit' }).catch(() => {});
      await desktop.process().ended;
      await desktop.start({ keyring });
      await desktop.page();
    };
    await restart('weak');
    const waiting = await desktop.hoist('upload', await desktop.write('waits.txt', 'w'), '--to', 'mine');
    expect(waiting.code, waiting.stderr).toBe(3);
    await restart('strong');
    // The sealed key was kept, and is open again.
    expect(await desktop.hoist('destinations', 'test', 'mine')).toMatchObject({ code: 0, stderr: '' });
    const links = async () => (await desktop.hoist('links', '--json')).stdout;
    await expect.poll(links).toContain('waits.txt');
  });
});

describe('log', () => {
  test('it is whole when the power goes, and goes on at the next start', async ({ open }) => {
    const desktop = await open();
    await openUploads(desktop);
    await desktop.hoist('upload', await desktop.write('a.txt', 'one'), '--to', 'demo-flora');
    desktop.process().kill('SIGKILL');
    await desktop.process().ended;
    const before = await readLog(desktop);
    expect(before[0]?.event).toBe('app.started');
    expect(before.map(({ event }) => event)).not.toContain('app.ended');
    await desktop.start();
    const after = await readLog(desktop);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.filter(({ event }) => event === 'app.started')).toHaveLength(2);
  });

  test('a bug that nobody caught is its last line, told to the person, and the app ends cleanly', async ({
    open,
  }) => {
    const desktop = await open();
    const { uploads } = await openUploads(desktop);
    await uploads.add(await desktop.write('kept.txt', 'one'));
    await uploads.whenState('kept.txt', 'Ready');
    await desktop.act({ kind: 'throw', message: 'a bug for the test' });
    expect(await desktop.process().ended).toEqual({ code: 1, signal: null });
    const crashed = (await readLog(desktop)).find(({ event }) => event === 'main.crashed');
    expect(crashed).toMatchObject({ level: 'error', error: 'Error: a bug for the test' });
    expect(crashed?.stack).toContain('act.ts');
    await desktop.start();
    await desktopUploads(desktop, await desktop.page()).whenState('kept.txt', 'Ready');
  });
});
