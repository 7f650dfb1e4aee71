/** Who gets into the browser host, and what a stranger sees. */
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { greetingMessage } from '#shared/wire.ts';
import { cookieLifetimeMs, cookieName, createAccess } from '../../electron/headless/serve/access.ts';
import { judge, type Knock } from '../../electron/headless/serve/gate.ts';
import { keepAccess } from '../../electron/headless/serve/kept-access.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { cookieOf, openWindows } from './window-support.ts';

const pathOf = (address: string) => address.slice(address.indexOf('/?'));

describe('the address', () => {
  test('works once; then a fresh one stands in the terminal, and only one', async () => {
    const { server, ask, addresses } = await openWindows();
    const path = pathOf(server.address());
    const first = await ask(path);
    expect(first.status).toBe(200);
    expect(first.text).toContain('url=/');
    expect(first.headers['set-cookie']?.[0]).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/);

    const second = await ask(path);
    expect(second.status).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.text).toContain('Look at the terminal');
    await ask(path);
    await ask('/');
    expect(addresses).toHaveLength(1);

    expect((await ask(path)).status).toBe(401);
    expect((await ask(pathOf(addresses[0] ?? ''))).status).toBe(200);
    await ask('/');
    expect(addresses).toHaveLength(2);
  });

  test('a wrong token uses nothing up', async () => {
    const { server, ask, addresses } = await openWindows();
    for (const wrong of ['/?token=', '/?token=x', `${pathOf(server.address())}x`]) {
      expect((await ask(wrong)).status).toBe(401);
    }
    expect(addresses).toEqual([]);
    expect((await ask(pathOf(server.address()))).status).toBe(200);
  });

  test('opened again by a browser that is known, an old address leads to the screens', async () => {
    const { server, ask, signIn, addresses } = await openWindows();
    const path = pathOf(server.address());
    const cookie = await signIn();
    const again = await ask(path, { headers: { cookie } });
    expect([again.status, again.headers.location]).toEqual([303, '/']);
    expect(addresses).toEqual([]);
  });

  test('a HEAD request of something that only looks does not use it up', async () => {
    const { server, ask } = await openWindows();
    expect((await ask(pathOf(server.address()), { method: 'HEAD' })).status).toBe(401);
    expect((await ask(pathOf(server.address()))).status).toBe(200);
  });
});

describe('the cookie', () => {
  test('lets in, and survives a restart on the same port', async () => {
    const first = await openWindows();
    const cookie = await first.signIn();
    expect((await first.ask('/', { headers: { cookie } })).text).toContain('the screens');
    const { port } = first.server;
    await first.close();
    const second = await openWindows({ dataDir: first.dataDir, ports: [port] });
    expect(second.server.port).toBe(port);
    const answer = await second.ask('/', { headers: { cookie } });
    expect(answer.text).toContain('the screens');
    // And is good for another month from now on.
    expect(cookieOf(answer)).toContain(cookieName(port));
    const elsewhere = await openWindows({ ports: [] });
    expect((await elsewhere.ask('/', { headers: { cookie } })).status).toBe(401);
  });

  test('is refused when it is old, forged, or of another secret', () => {
    const clock = createManualClock();
    const access = createAccess(new Uint8Array(32).fill(1), clock);
    const cookie = access.issue();
    expect(access.isGood(cookie)).toBe(true);
    const [issuedAt, signature] = cookie.split('.');
    for (const bad of [null, '', '.', issuedAt ?? '', `${Number(issuedAt) + 1}.${signature}`, `${cookie}x`]) {
      expect(access.isGood(bad)).toBe(false);
    }
    expect(createAccess(new Uint8Array(32).fill(2), clock).isGood(cookie)).toBe(false);
    const later = createAccess(new Uint8Array(32).fill(1), { now: () => clock.now() + cookieLifetimeMs });
    expect(later.isGood(cookie)).toBe(false);
  });

  test('its secret is a file for this user only, made again where it is damaged', async () => {
    const dataDir = await temporaryDirectory();
    const kept = await keepAccess(dataDir);
    const path = join(dataDir, 'browser.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await keepAccess(dataDir)).toEqual(kept);
    for (const junk of ['', '{', '{"port":1,"secret":"AA"}']) {
      await writeFile(path, junk);
      const made = await keepAccess(dataDir);
      expect(made.secret).toHaveLength(32);
      expect(made.secret).not.toEqual(kept.secret);
      expect(JSON.parse(await readFile(path, 'utf8')).port).toBe(made.port);
    }
  });
});

describe('a stranger', () => {
  test('without a cookie gets a page in plain words, whatever is asked for', async () => {
    const { ask, base } = await openWindows();
    for (const path of ['/', '/assets/index-B1c2D3e4.js', '/thumbnail/1?size=64', '/nothing']) {
      const answer = await ask(path);
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.text).toContain('Look at the terminal');
    }
    const posted = await ask('/inbox?name=a&size=0&lastModified=0', {
      method: 'POST',
      headers: { origin: base },
    });
    expect([posted.status, JSON.parse(posted.text).failure.code]).toEqual([401, 'invalid']);
  });

  test('of another name is refused, cookie or not (DNS rebinding)', async () => {
    const { ask, signIn, server } = await openWindows();
    const cookie = await signIn();
    for (const host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1', '127.0.0.1:1']) {
      const answer = await ask('/', { headers: { host, cookie } });
      expect([host, answer.status]).toEqual([host, 403]);
    }
    expect((await ask('/', { headers: { host: `localhost:${server.port}`, cookie } })).status).toBe(200);
  });

  test('of another origin may not post', async () => {
    const { ask, signIn, server, base, inboxDir } = await openWindows();
    const cookie = await signIn();
    const path = '/inbox?name=a&size=1&lastModified=0';
    const post = (headers: Record<string, string>) =>
      ask(path, { method: 'POST', body: 'x', headers: { cookie, ...headers } });
    for (const origin of [
      'https://evil.example',
      'null',
      'http://127.0.0.1',
      `https://127.0.0.1:${server.port}`,
    ]) {
      expect([origin, (await post({ origin })).status]).toEqual([origin, 403]);
    }
    expect((await post({})).status).toBe(403);
    expect((await post({ origin: base, 'sec-fetch-site': 'same-site' })).status).toBe(403);
    const mine = await post({ origin: base, 'sec-fetch-site': 'same-origin' });
    expect(mine.status).toBe(200);
    expect(JSON.parse(mine.text).path).toContain(inboxDir);
    expect(mine.headers['access-control-allow-origin']).toBeUndefined();
  });

  test.each<[string, Partial<Knock>, string]>([
    ['a typed address', { site: 'none', mode: 'navigate' }, 'in'],
    ['a link on another page', { site: 'cross-site', mode: 'navigate' }, 'in'],
    ['a picture on another page', { site: 'cross-site', mode: 'no-cors' }, 'wrong-origin'],
    ['a picture on another port', { site: 'same-site', mode: 'no-cors' }, 'wrong-origin'],
    ['a browser that says nothing', {}, 'in'],
    [
      'a form on another page',
      { method: 'POST', origin: 'http://x', site: 'cross-site', mode: 'navigate' },
      'wrong-origin',
    ],
    ['a WebSocket without an origin', { isUpgrade: true }, 'wrong-origin'],
    ['our WebSocket', { isUpgrade: true, origin: 'http://127.0.0.1:80' }, 'in'],
    ['localhost asking 127.0.0.1', { isUpgrade: true, origin: 'http://localhost:80' }, 'wrong-origin'],
    ['no host at all', { host: undefined }, 'wrong-host'],
    ['OPTIONS before a post', { method: 'OPTIONS', origin: 'http://x' }, 'wrong-origin'],
  ])('%s', (_name, knock, verdict) => {
    const plain = {
      method: 'GET',
      host: '127.0.0.1:80',
      origin: undefined,
      site: undefined,
      mode: undefined,
    };
    expect(judge({ ...plain, isUpgrade: false, ...knock }, 80)).toBe(verdict);
  });
});

describe('the WebSocket', () => {
  const open = (url: string, headers: Record<string, string>) =>
    new Promise<number | string>((resolve) => {
      const webSocket = new WebSocket(url, { headers });
      webSocket.on('unexpected-response', (_request, response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      });
      webSocket.on('error', () => {});
      webSocket.on('message', (data) => {
        resolve(String(data));
        webSocket.terminate();
      });
    });

  test('needs cookie, origin, host and an engine', async () => {
    const { base, signIn, server } = await openWindows();
    const url = `${base.replace('http', 'ws')}/api`;
    const cookie = await signIn();
    const good = { cookie, origin: base };
    expect(await open(url, good)).toBe(greetingMessage());
    expect(await open(url, { origin: base })).toBe(401);
    expect(await open(url, { ...good, cookie: `${cookie}x` })).toBe(401);
    expect(await open(url, { cookie })).toBe(403);
    expect(await open(url, { ...good, origin: 'http://evil.example' })).toBe(403);
    expect(await open(url, { ...good, host: 'evil.example' })).toBe(403);
    expect(await open(`${url}/more`, good)).toBe(404);
    await server.detach();
    expect(await open(url, good)).toBe(503);
  });

  test('is told to come again when the engine is gone', async () => {
    const { base, signIn, server } = await openWindows();
    const webSocket = new WebSocket(`${base.replace('http', 'ws')}/api`, {
      headers: { cookie: await signIn(), origin: base },
    });
    await once(webSocket, 'message');
    const closed = once(webSocket, 'close');
    await server.detach();
    expect((await closed)[0]).toBe(1012);
  });
});

describe('the files', () => {
  test('are those of the folder, and nothing else', async () => {
    const { ask, signIn } = await openWindows();
    const cookie = await signIn();
    const get = (path: string) => ask(path, { headers: { cookie } });
    const script = await get('/assets/index-B1c2D3e4.js');
    expect([script.status, script.text]).toEqual([200, 'export {};']);
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    const plain = await get('/assets/plain.css');
    expect(plain.headers).toMatchObject({
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'no-store',
    });
    for (const path of [
      '/assets/',
      '/assets',
      '/assets/nothing.js',
      '/secret.txt',
      '/index.html',
      '/assets/../secret.txt',
      '/assets/..%2fsecret.txt',
      '/assets/%2e%2e/secret.txt',
      '/assets/%2e%2e%2fsecret.txt',
      '/assets/..%5csecret.txt',
      '/assets/..\\secret.txt',
      '/assets/....//secret.txt',
      '/assets//etc/passwd',
      '//etc/passwd',
      '/assets/%00',
      '/assets/plain.css%00.js',
      '/thumbnail/',
      '/thumbnail/x?size=64',
      '/thumbnail/1?size=64',
      '/api',
    ]) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toContain('not served');
    }
    expect((await get('/thumbnail/1?size=65')).status).toBe(400);
  });

  test('every answer carries the policy, and none is kept', async () => {
    const { ask, signIn } = await openWindows();
    const cookie = await signIn();
    const answers = [
      await ask('/', { headers: { cookie } }),
      await ask('/nothing', { headers: { cookie } }),
      await ask('/', { headers: { host: 'evil.example' } }),
      await ask('/'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 403, 401]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; /);
      expect(headers['content-security-policy']).toMatch(/; frame-ancestors 'none'$/);
      expect(headers['content-security-policy']).not.toContain('unsafe');
    }
  });

  test('methods that a route does not have are refused', async () => {
    const { ask, signIn, base } = await openWindows();
    const headers = { cookie: await signIn(), origin: base };
    expect((await ask('/', { method: 'POST', headers })).status).toBe(405);
    expect((await ask('/assets/plain.css', { method: 'DELETE', headers })).status).toBe(405);
    expect((await ask('/inbox', { headers })).status).toBe(405);
  });
});

test('a port that is taken is left alone', async () => {
  const stranger = createServer();
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  onTestFinished(() => void stranger.close());
  const address = stranger.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { server } = await openWindows({ ports: [port] });
  expect(server.port).not.toBe(port);
  expect(server.port).toBeGreaterThan(0);
});

test('a thumbnail is of the path of a job, and of nothing else', async () => {
  const asked: unknown[] = [];
  const windows = await openWindows({
    thumbnail: async (path, size) => {
      asked.push([path, size]);
      return path === '/b.png' ? null : new Uint8Array([1, 2, 3]);
    },
  });
  const [a, b] = [windows.engine.add('/a.png'), windows.engine.add('/b.png')];
  const headers = { cookie: await windows.signIn() };
  const picture = await windows.ask(`/thumbnail/${a.id}?size=512`, { headers });
  expect([picture.status, [...picture.bytes]]).toEqual([200, [1, 2, 3]]);
  expect(picture.headers).toMatchObject({ 'content-type': 'image/webp', 'cache-control': 'no-store' });
  expect((await windows.ask(`/thumbnail/${b.id}?size=64`, { headers })).status).toBe(404);
  expect((await windows.ask('/thumbnail/99?size=64', { headers })).status).toBe(404);
  expect((await windows.ask('/thumbnail/0?size=64', { headers })).status).toBe(404);
  expect((await windows.ask('/thumbnail/..%2fa?size=64', { headers })).status).toBe(404);
  expect(asked).toEqual([
    ['/a.png', 512],
    ['/b.png', 64],
  ]);
  expect(windows.bugs).toEqual([]);
});
