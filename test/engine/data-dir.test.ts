/** Data directories that cannot be one: said in words, at once, whatever the reason. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadDemo } from '#engine';
import { systemClock } from '#ports/clock.ts';
import { explainFailure } from '#shared/failure.ts';
import { startEngine } from '../support/engine-fixture.ts';
import { temporaryDirectory } from '../support/temporary.ts';

const cli = fileURLToPath(new URL('../../electron/headless/cli.ts', import.meta.url));
const nobody = 65_534;

describe('a data directory that cannot be one', () => {
  it.each([
    ['a file', 'file', /file is a file\.$/],
    ['below a file', 'file/data', /ENOTDIR/],
    ['a link that leads nowhere', 'dangling', /dangling is a link that leads nowhere\.$/],
    ['below such a link', 'dangling/data', /dangling is a link that leads nowhere\.$/],
  ])('%s is refused by the engine and by the demo service alone', async (_, name, why) => {
    const base = await temporaryDirectory();
    writeFileSync(join(base, 'file'), '');
    symlinkSync(join(base, 'gone'), join(base, 'dangling'));
    const dataDir = join(base, name);
    const { runDemo } = await loadDemo();
    for (const open of [() => startEngine(dataDir), () => runDemo(dataDir, { clock: systemClock })]) {
      await expect(open()).rejects.toMatchObject({
        failure: { code: 'data-dir-unusable', message: expect.stringMatching(why), facts: { path: dataDir } },
      });
    }
  });

  it.runIf(process.platform === 'linux').each(['/proc/nope', '/proc/nope/deeper'])(
    '%s is refused instead of tried for ever',
    async (dataDir) => {
      // In a child: a loop in the making of directories blocks the thread that it runs in.
      const child = spawnSync(process.execPath, [cli, '--data-dir', dataDir, 'status'], {
        encoding: 'utf8',
        timeout: 60_000,
      });
      expect(child.signal).toBeNull();
      expect(child.status).toBe(1);
      expect(child.stderr).toContain(`Hoist cannot use its data directory ${dataDir}.`);
      expect(child.stderr).not.toContain('mistake');
    },
  );

  it.each(['new', 'used'])('one that may not be written is told with the reason (%s)', async (kind) => {
    const dataDir = join(await temporaryDirectory(), 'data');
    const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
    mkdirSync(dataDir);
    if (kind === 'used') await (await startEngine(dataDir)).close();
    chmodSync(join(dataDir, '..'), 0o755);
    chmodSync(dataDir, 0o555);
    onTestFinished(() => chmodSync(dataDir, 0o755));
    const child = spawnSync(process.execPath, [cli, '--data-dir', dataDir, 'status'], {
      encoding: 'utf8',
      ...user,
    });
    expect(child.stderr).toContain(`Hoist cannot use its data directory ${dataDir}.`);
    expect(child.stderr).toContain('You have no permission there (EACCES).');
    expect(child.stderr).not.toContain('mistake');
    expect(child.status).toBe(1);
  });

  it('on a full disk is told as such, and works when there is room', async (context) => {
    const base = await temporaryDirectory();
    const disk = join(base, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      return context.skip('No right to mount a small disk.');
    }
    try {
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(1024 * 1024));
      await expect(startEngine(join(disk, 'data'))).rejects.toMatchObject({ failure: { code: 'disk-full' } });
      rmSync(join(disk, 'ballast'));
      await (await startEngine(join(disk, 'data'))).close();
    } finally {
      execFileSync('umount', [disk], { stdio: 'ignore' });
    }
  });
});

it('the texts name the directory and the way out', () => {
  const { reason, hint } = explainFailure({ code: 'data-dir-unusable', message: '', facts: { path: '/d' } });
  expect(reason).toBe('Hoist cannot use its data directory /d.');
  expect(hint).toContain('another directory');
});
