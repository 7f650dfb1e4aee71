/** Outputs that cannot be written: a full disk behind stdout, a reader that has left. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { guardOutputs } from '../../electron/headless/guard-outputs.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { cliPath } from './child.ts';

/** Both outputs, and how often a loss was told. */
function guarded() {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let losses = 0;
  const outputs = guardOutputs(stdout, stderr, () => {
    losses += 1;
  });
  const fail = (output: PassThrough, code: string, errno: number) =>
    output.emit('error', Object.assign(new Error(`${code}: words with a path`), { code, errno }));
  return { outputs, fail, stdout, stderr, said: () => String(stderr.read() ?? ''), losses: () => losses };
}

test('a full disk is said once, and makes a command fail that went well', () => {
  const { outputs, fail, stdout, said, losses } = guarded();
  expect(outputs.exitCode(0)).toBe(0);
  fail(stdout, 'ENOSPC', -28);
  fail(stdout, 'ERR_STREAM_DESTROYED', -28);
  expect(said()).toBe('hoist: The output could not be written: no space left on device.\n');
  expect(losses()).toBe(1);
  expect([0, 1, 3, 130].map((code) => outputs.exitCode(code))).toEqual([1, 1, 3, 130]);
});

test('a reader that has left is no error, nor is an error output that cannot be written', () => {
  const { outputs, fail, stdout, stderr, said } = guarded();
  fail(stdout, 'EPIPE', -32);
  fail(stdout, 'ENOSPC', -28);
  fail(stderr, 'ENOSPC', -28);
  expect([said(), outputs.exitCode(0)]).toEqual(['', 0]);
});

/** The real command, with its outputs where the shell puts them. */
async function inShell(dataDir: string, line: string) {
  const child = spawn(
    'sh',
    ['-c', `exec "$0" "$1" --data-dir "$2" ${line}`, process.execPath, cliPath, dataDir],
    {
      cwd: dataDir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, npm_lifecycle_event: '', HOIST_POLL_SCALE: '0.1' },
    },
  );
  let text = '';
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const [code] = await once(child, 'close');
  return { code, text };
}

test.skipIf(!existsSync('/dev/full'))('a full stdout costs no upload, no stack is shown', async () => {
  const dir = await temporaryDirectory();
  await writeFile(join(dir, 'a.txt'), 'a');
  const said = 'hoist: The output could not be written: no space left on device.\n';
  const upload = await inShell(dir, 'upload a.txt --to demo-cyberun > /dev/full');
  expect(upload).toMatchObject({ code: 1, text: expect.stringContaining('1 completed') });
  expect(upload.text).toContain(said);
  expect(upload.text).not.toMatch(/\bat .*\.ts/);
  for (const command of ['links', 'links --json', '--help']) {
    expect(await inShell(dir, `${command} > /dev/full`)).toEqual({ code: 1, text: said });
  }
  expect(await inShell(dir, 'links > /dev/full 2> /dev/full')).toEqual({ code: 1, text: '' });
  expect(await inShell(dir, 'links 2> /dev/full')).toMatchObject({
    code: 0,
    text: expect.stringMatching(/a\.txt\n$/),
  });
});
