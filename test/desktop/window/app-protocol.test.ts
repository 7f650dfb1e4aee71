import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { failure } from '#shared/failure.ts';
import { ContractError, type JobDetails } from '#shared/ipc.ts';
import { type AppProtocolParts, answerAppRequest } from '../../../electron/desktop/window/app-protocol.ts';
import { screenFiles } from '../../../electron/screens/screen-files.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

let directory: string;
let parts: AppProtocolParts;
const bugs: unknown[] = [];
const seen: (readonly [string, number])[] = [];

beforeEach(async () => {
  const root = await temporaryDirectory();
  directory = join(root, 'renderer');
  await mkdir(join(directory, 'assets', 'deep'), { recursive: true });
  await writeFile(join(root, 'secret.txt'), 'secret');
  await writeFile(join(directory, 'index.html'), '<p>the screens</p>');
  await writeFile(join(directory, 'secret.txt'), 'secret');
  await writeFile(join(directory, 'assets', 'index-B1c2D3e4.js'), 'export {};');
  await writeFile(join(directory, 'assets', 'plain.css'), 'p{}');
  await writeFile(join(directory, 'assets', '.hidden'), 'secret');
  bugs.length = 0;
  seen.length = 0;
  parts = {
    files: screenFiles(directory),
    api: {
      async getJob(id) {
        if (id !== 7) throw new ContractError(failure('not-found'));
        return { job: { path: '/pictures/a.png' } } as unknown as JobDetails;
      },
    },
    async thumbnail(path, size) {
      seen.push([path, size]);
      return size === 64 ? new Uint8Array([1, 2, 3]) : null;
    },
    onBug: (_what, error) => void bugs.push(error),
  };
});

const ask = (address: string, init?: RequestInit) => answerAppRequest(new Request(address, init), parts);

test('the page and its assets, each with its type', async () => {
  const page = await ask('app://bundle/');
  expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([
    200,
    'text/html; charset=utf-8',
    'no-store',
  ]);
  expect(await page.text()).toBe('<p>the screens</p>');
  const script = await ask('app://bundle/assets/index-B1c2D3e4.js');
  expect(script.headers.get('content-type')).toMatch(/^text\/javascript/);
  expect(script.headers.get('cache-control')).toContain('immutable');
  const style = await ask('app://bundle/assets/plain.css');
  expect(style.headers.get('content-type')).toMatch(/^text\/css/);
  expect(style.headers.get('cache-control')).toBe('no-store');
});

test.each([
  'app://bundle/secret.txt',
  'app://bundle/index.html',
  'app://bundle/assets/../secret.txt',
  'app://bundle/assets/%2e%2e/secret.txt',
  'app://bundle/assets/..%2fsecret.txt',
  'app://bundle/assets/..%5csecret.txt',
  'app://bundle/assets/..\\secret.txt',
  'app://bundle/assets/....//secret.txt',
  'app://bundle/assets//etc/passwd',
  'app://bundle/assets//',
  'app://bundle/assets/',
  'app://bundle/assets/deep',
  'app://bundle/assets/.hidden',
  'app://bundle/assets/plain.css%00.js',
  'app://bundle/assets/C:/Windows/win.ini',
  'app://bundle//etc/passwd',
  'app://bundle/../../etc/passwd',
  'app://other/',
  'app://bundle.other/',
  'app://bundle:1/',
  'https://bundle/',
  'app://bundle/thumbnail/',
  'app://bundle/thumbnail/7/8?size=64',
  'app://bundle/thumbnail/-7?size=64',
  'app://bundle/thumbnail/7.png?size=64',
  'app://bundle/thumbnail/9999999999999999?size=64',
])('%s is not there', async (address) => {
  const answer = await ask(address);
  expect([answer.status, await answer.text()]).toEqual([404, '']);
  expect(seen).toEqual([]);
});

test('a picture of a job that is there; nothing else is ever opened', async () => {
  const picture = await ask('app://bundle/thumbnail/7?size=64');
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp']);
  expect(new Uint8Array(await picture.arrayBuffer())).toEqual(new Uint8Array([1, 2, 3]));
  expect((await ask('app://bundle/thumbnail/7?size=512')).status).toBe(404);
  expect((await ask('app://bundle/thumbnail/8?size=64')).status).toBe(404);
  expect((await ask('app://bundle/thumbnail/7?size=65')).status).toBe(400);
  expect((await ask('app://bundle/thumbnail/7')).status).toBe(400);
  expect(seen).toEqual([
    ['/pictures/a.png', 64],
    ['/pictures/a.png', 512],
  ]);
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
  expect((await ask('app://bundle/', { method })).status).toBe(405);
});

test('every answer carries the whole policy, whatever it is', async () => {
  const answers = [
    await ask('app://bundle/'),
    await ask('app://bundle/assets/plain.css'),
    await ask('app://bundle/thumbnail/7?size=64'),
    await ask('app://bundle/nothing'),
    await ask('app://bundle/', { method: 'POST' }),
  ];
  for (const { headers } of answers) {
    expect(headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "font-src 'self'",
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  }
});

test('screens that are not built say so; a fault of ours is no fault of the page', async () => {
  parts = { ...parts, files: screenFiles(join(directory, 'nowhere')) };
  const missing = await ask('app://bundle/');
  expect(missing.status).toBe(503);
  expect(await missing.text()).toContain('npm run build');
  parts = { ...parts, thumbnail: () => Promise.reject(new Error('bug')) };
  expect((await ask('app://bundle/thumbnail/7?size=64')).status).toBe(500);
  expect(bugs).toEqual([new Error('bug')]);
});
