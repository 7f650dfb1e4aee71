import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { factsOf, openLog } from '../../../electron/desktop/log/log-file.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

const now = () => Date.UTC(2026, 0, 2, 3, 4, 5);

async function log(options: { maxBytes?: number; files?: number } = {}) {
  const directory = join(await temporaryDirectory(), 'logs');
  const file = openLog({ directory, now, ...options });
  onTestFinished(() => file.close());
  const lines = (name = 'hoist.log') =>
    readFileSync(join(directory, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  return { directory, file, lines };
}

test('a line is one object, there at once, for its owner only', async () => {
  const { directory, file, lines } = await log();
  file.write('info', 'app.started', { version: '1.0', text: 'two\nlines' });
  expect(lines()).toEqual([
    {
      at: '2026-01-02T03:04:05.000Z',
      level: 'info',
      event: 'app.started',
      version: '1.0',
      text: 'two\nlines',
    },
  ]);
  if (process.platform !== 'win32') {
    expect(statSync(join(directory, 'hoist.log')).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  }
});

test('the last words of a process that is killed are there', async () => {
  const directory = await temporaryDirectory();
  const source = fileURLToPath(new URL('../../../electron/desktop/log/log-file.ts', import.meta.url));
  const script = `
    import { openLog } from ${JSON.stringify(source)};
    const log = openLog({ directory: ${JSON.stringify(directory)}, now: Date.now });
    for (let line = 1; line <= 100; line += 1) log.write('info', 'line', { line });
    process.kill(process.pid, 'SIGKILL');
  `;
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
  expect(signal).toBe('SIGKILL');
  const lines = readFileSync(join(directory, 'hoist.log'), 'utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line).line)).toEqual(
    Array.from({ length: 100 }, (_, index) => index + 1),
  );
});

test('is kept in a few files of a bounded size, the newest first, and goes on after a restart', async () => {
  const { directory, file, lines } = await log({ maxBytes: 1000, files: 3 });
  for (let line = 1; line <= 100; line += 1) file.write('info', 'line', { line });
  file.close();
  const again = openLog({ directory, now, maxBytes: 1000, files: 3 });
  again.write('info', 'line', { line: 101 });
  again.close();
  expect(readdirSync(directory).sort()).toEqual(['hoist.1.log', 'hoist.2.log', 'hoist.log']);
  const kept = ['hoist.2.log', 'hoist.1.log', 'hoist.log'].flatMap((name) =>
    lines(name).map(({ line }) => line),
  );
  expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => 102 - kept.length + index));
  expect(kept.length).toBeGreaterThan(20);
  for (const name of readdirSync(directory))
    expect(statSync(join(directory, name)).size).toBeLessThanOrEqual(1000);
});

describe('never throws', () => {
  test('where it cannot be written', async () => {
    const directory = await temporaryDirectory();
    const path = join(directory, 'logs');
    writeFileSync(path, 'a file where the folder should be');
    const file = openLog({ directory: path, now });
    file.write('error', 'lost');
    rmSync(path);
    mkdirSync(path);
    file.write('info', 'found');
    expect(readFileSync(join(path, 'hoist.log'), 'utf8')).toContain('found');
    file.close();
  });

  test('after it was closed it opens again, and no line is lost', async () => {
    const { file, lines } = await log();
    file.close();
    file.write('info', 'later');
    expect(lines()).toHaveLength(1);
  });
});

describe('secrets', () => {
  const secret = 'wJalrXUtnFEMIbPxRfiCYEXAMPLEKEYwJalrXUtn';
  test.each([
    ['a presigned URL', `GET https://store.example/b/k.png?X-Amz-Signature=${secret}&x=1`],
    ['a URL with a user', `https://user:${secret}@proxy.example:8080/x`],
    ['a header', `Authorization: Bearer ${secret}`],
    ['a header as an object', `{"authorization":"Basic ${secret}"}`],
    ['a telling name', `api_key=${secret} and more`],
    ['a token alone', `the answer was ${secret}`],
    ['a form field', `x-amz-credential: ${secret}`],
  ])('%s does not get in', async (_name, text) => {
    const { directory, file } = await log();
    file.write('info', 'said', { text });
    file.failed('broke', new Error(text, { cause: new TypeError(text) }));
    const written = readFileSync(join(directory, 'hoist.log'), 'utf8');
    expect(written).not.toContain(secret.slice(0, 20));
  });

  test('what helps stays: paths, hosts, places in the source', async () => {
    const { file, lines } = await log();
    const path = '/home/somebody/a/rather/long/path/to/some/pictures/of/products/a.png';
    file.write('info', 'said', { text: `cannot read ${path} from https://api.example/v1/assets?key=1` });
    expect(lines()[0].text).toBe(`cannot read ${path} from https://api.example/v1/assets?…`);
    expect(factsOf(new Error('x')).stack).toContain('log-file.test.ts');
  });
});

test('an error brings its code and its causes', () => {
  const cause = new Error('below');
  const error = Object.assign(new Error('above', { cause }), { code: 'ENOSPC' });
  expect(factsOf(error)).toMatchObject({ error: 'Error: above', code: 'ENOSPC', causes: 'Error: below' });
  expect(factsOf('a text')).toEqual({ error: 'a text' });
  const round = new Error('round');
  round.cause = round;
  expect(String(factsOf(round).causes).split('|')).toHaveLength(5);
});
