import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { makeDirectory } from './support.ts';

function start(directory: string) {
  const script = fileURLToPath(new URL('./race-child.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [script, directory], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  if (child.stdout === null) throw new Error('no output');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid,
    tell: (line: string) => void child.stdin?.write(`${line}\n`),
    said: async (): Promise<string> => String((await lines.next()).value),
  };
}

test('processes that make the key file at once end with one key', async () => {
  for (let round = 0; round < 3; round += 1) {
    const directory = makeDirectory();
    const children = [start(directory), start(directory)] as const;
    for (const child of children) expect(await child.said()).toBe('ready');
    for (const child of children) child.tell('go');
    const sealed = [await children[0].said(), await children[1].said()] as const;
    children[0].tell(sealed[1]);
    children[1].tell(sealed[0]);
    expect(await children[0].said()).toBe(`by ${children[1].pid}`);
    expect(await children[1].said()).toBe(`by ${children[0].pid}`);
    expect(readdirSync(directory)).toEqual(['hoist.key']);
    expect(statSync(join(directory, 'hoist.key')).mode & 0o777).toBe(0o600);
  }
});
