/** `hoist serve` as a person runs it: real processes on one directory, a window as the screens would have one. */
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { buildApi, createExchange, createPushHub } from '#shared/api-client.ts';
import { browserCommand } from '../../electron/headless/serve/open-in-browser.ts';
import { temporaryDirectory } from '../support/temporary.ts';
import { type Child, startHoist } from './child.ts';
import { openTerminal } from './support.ts';
import { askHttp, cookieOf } from './window-support.ts';

function start(dataDir: string, ...argv: readonly string[]): Child {
  const child = startHoist(dataDir, argv);
  onTestFinished(async () => {
    child.process.kill('SIGKILL');
    await child.ended;
  });
  return child;
}

const serve = (dataDir: string, ...argv: readonly string[]) => start(dataDir, 'serve', '--no-open', ...argv);

async function addressOf(child: Child): Promise<URL> {
  await child.sees('stays known for a month.');
  const [address] = /http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+/.exec(child.err()) ?? [];
  return new URL(address ?? 'http://no.address');
}

const signIn = async (url: URL) => cookieOf(await askHttp(Number(url.port), `/${url.search}`, {}));

/** A window that comes back by itself, as long as it is refused. */
async function openWindow(url: URL, cookie: string) {
  for (;;) {
    const webSocket = new WebSocket(`ws://${url.host}/api`, { headers: { cookie, origin: url.origin } });
    onTestFinished(() => webSocket.terminate());
    const hub = createPushHub();
    const exchange = createExchange((text) => webSocket.send(text), hub);
    webSocket.on('message', (data) => exchange.receive(String(data)));
    webSocket.on('error', () => {});
    const closed = new Promise<number>((resolve) => {
      webSocket.on('close', (code) => {
        exchange.lose(new Error('closed'));
        resolve(code);
      });
    });
    try {
      await exchange.greeted;
      return { api: buildApi(exchange.ask, hub), closed };
    } catch {
      await closed;
    }
  }
}

test('a file that is dropped goes up, leaves the inbox, and Ctrl-C ends it with the words of run', async () => {
  const dataDir = await realpath(await temporaryDirectory());
  const child = serve(dataDir);
  const url = await addressOf(child);
  const cookie = await signIn(url);
  const { api, closed } = await openWindow(url, cookie);
  expect((await api.snapshot()).engine.host).toBe('browser');
  const taken = await askHttp(Number(url.port), '/inbox?name=drop.bin&size=5&lastModified=1700000000000', {
    method: 'POST',
    headers: { cookie, origin: url.origin },
    body: 'hello',
  });
  const { path } = JSON.parse(taken.text);
  expect(path).toMatch(new RegExp(`^${join(dataDir, 'inbox')}/[0-9a-f]{24}/drop\\.bin$`));
  const { files } = await api.addFiles([path], { destinationId: 'demo-flora' });
  expect(files).toMatchObject([{ outcome: 'added', failure: null }]);
  await child.sees('drop.bin');
  while ((await readdir(join(dataDir, 'inbox'))).some((name) => !name.startsWith('.'))) {
    await api.countJobs({});
  }
  const { job } = await api.getJob(files[0]?.jobId ?? 0);
  expect(job).toMatchObject({ name: 'drop.bin', bytesTotal: 5, state: { name: 'completed' } });

  // Other commands talk to this engine.
  const status = start(dataDir, 'status');
  expect(await status.ended).toBe(0);
  expect(status.out()).toContain(`The engine runs in process ${child.process.pid} (browser).`);

  child.process.kill('SIGINT');
  expect(await child.ended).toBe(130);
  expect(await closed).toBe(1012);
  expect(child.err()).toContain('Stopping…');
  expect(child.err()).toContain('Stopped. 1 completed.');
});

test('works while hoist run runs, and takes over when that ends; a window that is open heals', async () => {
  const dataDir = await temporaryDirectory();
  const runs = start(dataDir, 'run');
  await runs.sees('Running on');
  const child = serve(dataDir);
  const url = await addressOf(child);
  expect(child.err()).toContain(`Hoist runs already in process ${runs.process.pid}`);
  const cookie = await signIn(url);
  const first = await openWindow(url, cookie);
  expect((await first.api.snapshot()).engine).toMatchObject({ pid: runs.process.pid, host: 'cli' });

  runs.process.kill('SIGINT');
  await runs.ended;
  expect(await first.closed).toBe(1012);
  const second = await openWindow(url, cookie);
  expect((await second.api.snapshot()).engine).toMatchObject({ pid: child.process.pid, host: 'browser' });
  // Said once, not with each engine.
  expect(child.err().split('?token=')).toHaveLength(2);

  // A new process on the same directory: same port, same cookie, another address.
  child.process.kill('SIGKILL');
  await child.ended;
  const again = serve(dataDir);
  const newUrl = await addressOf(again);
  expect(newUrl.port).toBe(url.port);
  expect(newUrl.search).not.toBe(url.search);
  const third = await openWindow(url, cookie);
  expect((await third.api.snapshot()).engine.pid).toBe(again.process.pid);
});

test('a second one takes another port and says so; the kept one stays kept', async () => {
  const dataDir = await temporaryDirectory();
  const first = await addressOf(serve(dataDir));
  const other = serve(dataDir);
  const second = await addressOf(other);
  expect(second.port).not.toBe(first.port);
  expect(other.err()).toContain(`Port ${first.port} is taken; this time it is ${second.port}.`);
  expect(JSON.parse(await readFile(join(dataDir, 'browser.json'), 'utf8')).port).toBe(Number(first.port));
  for (const url of [first, second]) {
    const { api } = await openWindow(url, await signIn(url));
    expect(await api.countJobs({})).toMatchObject({ all: 0 });
  }
});

test('a window may ask the engine to end', async () => {
  const child = serve(await temporaryDirectory(), '--port', '0');
  const url = await addressOf(child);
  const { api } = await openWindow(url, await signIn(url));
  await api.shutdown();
  expect(await child.ended).toBe(0);
  expect(child.err()).toContain('another process asked for it');
});

test('opens a browser, unless told not to', async () => {
  for (const argv of [
    ['serve', '--port', '0'],
    ['serve', '--port', '0', '--no-open'],
  ]) {
    const opened: string[] = [];
    const terminal = await openTerminal({ surroundings: { openInBrowser: (url) => void opened.push(url) } });
    onTestFinished(() => terminal.close());
    const serving = terminal.hoist(...argv);
    await terminal.sees('stays known for a month.');
    terminal.interrupt();
    expect(await serving).toBe(130);
    expect(opened).toHaveLength(argv.includes('--no-open') ? 0 : 1);
    for (const url of opened) expect(terminal.err()).toContain(url);
  }
});

test('a port that is none is told', async () => {
  const terminal = await openTerminal();
  onTestFinished(() => terminal.close());
  for (const port of ['x', '-1', '65536', '1.5', '']) {
    expect(await terminal.hoist('serve', `--port=${port}`)).toBe(2);
  }
  expect(terminal.err()).toContain('--port 65536: use a number from 0 to 65535.');
});

test.each<[NodeJS.Platform, Record<string, string>, readonly string[] | null]>([
  ['linux', {}, null],
  ['linux', { DISPLAY: '' }, null],
  ['linux', { DISPLAY: ':0' }, ['xdg-open', 'http://a/?b']],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, ['xdg-open', 'http://a/?b']],
  ['darwin', {}, ['open', 'http://a/?b']],
  ['win32', {}, ['rundll32.exe', 'url.dll,FileProtocolHandler', 'http://a/?b']],
])('on %s with %j the browser is %j', (platform, env, command) => {
  expect(browserCommand('http://a/?b', { platform, env })).toEqual(command);
});
