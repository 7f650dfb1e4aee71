import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { lockDirectory } from '#storage';
import { Journals } from './support/journals.ts';

const journals = new Journals();
afterEach(() => journals.clear());

const script = fileURLToPath(new URL('./support/hold-lock.ts', import.meta.url));

async function holdInChild(directory: string) {
  const child = spawn(process.execPath, [script, directory], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  return { child, said: String(said).trim() };
}

it('is held by one engine at a time, in one process and between two', async () => {
  const directory = journals.directory();
  const lock = lockDirectory(directory);
  expect(lock).not.toBeNull();
  expect(lockDirectory(directory)).toBeNull();
  // A refused try must not take the lock away from its holder.
  const { child, said } = await holdInChild(directory);
  expect(said).toBe('refused');
  child.stdin.end();
  await once(child, 'exit');
  lock?.release();
  lock?.release();
  const next = lockDirectory(directory);
  expect(next).not.toBeNull();
  next?.release();
});

it('goes with the process that held it, however that died', async () => {
  const directory = journals.directory();
  const { child, said } = await holdInChild(directory);
  expect(said).toBe('held');
  expect(lockDirectory(directory)).toBeNull();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = lockDirectory(directory);
  expect(lock).not.toBeNull();
  lock?.release();
});

it('is one per directory', () => {
  const locks = [journals.directory(), journals.directory()].map(lockDirectory);
  expect(locks).not.toContain(null);
  for (const lock of locks) lock?.release();
});

it('does not mind junk in its file', () => {
  const directory = journals.directory();
  const file = join(directory, 'hoist.lock');
  writeFileSync(file, 'junk '.repeat(1000));
  const lock = lockDirectory(directory);
  expect(lock).not.toBeNull();
  expect(lockDirectory(directory)).toBeNull();
  lock?.release();
  expect(readFileSync(file)).toHaveLength(0);
});

it('throws where there can be no lock', () => {
  const file = join(journals.directory(), 'file');
  writeFileSync(file, '');
  expect(() => lockDirectory(join(file, 'data'))).toThrow('data-dir-unusable');
});
