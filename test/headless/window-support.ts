/** The browser host's real server on a port of its own, over an engine in memory, and bare requests to it. */
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { createSession, localApi } from '#ipc';
import { type Clock, systemClock } from '#ports/clock.ts';
import type { ThumbnailSize } from '#thumbnails';
import { createAccess } from '../../electron/headless/serve/access.ts';
import { keepAccess } from '../../electron/headless/serve/kept-access.ts';

import { staticFiles } from '../../electron/headless/serve/static-files.ts';
import { openWindowServer } from '../../electron/headless/serve/window-server.ts';
import { createFakeEngine } from '../support/fake-engine.ts';
import { temporaryDirectory } from '../support/temporary.ts';

export interface WindowOptions {
  readonly dataDir?: string;
  readonly clock?: Clock;
  readonly ports?: readonly number[];
  readonly freeBytes?: () => Promise<number>;
  readonly thumbnail?: (path: string, size: ThumbnailSize) => Promise<Uint8Array | null>;
}

/** A tiny page in the place of the screens. */
export async function buildPage(dataDir: string): Promise<string> {
  const directory = join(dataDir, 'renderer');
  await mkdir(join(directory, 'assets'), { recursive: true });
  await writeFile(join(directory, 'index.html'), '<!doctype html><p>the screens</p>');
  await writeFile(join(directory, 'secret.txt'), 'not served');
  await writeFile(join(directory, 'assets/index-B1c2D3e4.js'), 'export {};');
  await writeFile(join(directory, 'assets/plain.css'), 'p{}');
  return directory;
}

export async function openWindows(options: WindowOptions = {}) {
  const { clock = systemClock } = options;
  const dataDir = options.dataDir ?? (await temporaryDirectory());
  const inboxDir = join(dataDir, 'inbox');
  await mkdir(inboxDir, { recursive: true });
  const engine = createFakeEngine({ dataDir });
  const addresses: string[] = [];
  const bugs: unknown[] = [];
  const kept = await keepAccess(dataDir);
  const server = await openWindowServer({
    access: createAccess(kept.secret, clock),
    clock,
    ports: options.ports ?? [],
    files: staticFiles(await buildPage(dataDir)),
    inbox: {
      inboxDir,
      platform: process.platform,
      freeBytes: options.freeBytes ?? (async () => Number.MAX_SAFE_INTEGER),
      now: () => Date.now(),
    },
    thumbnail: options.thumbnail ?? (async () => null),
    onNewAddress: (address) => void addresses.push(address),
    onBug: (error) => void bugs.push(error),
  });
  let isClosed = false;
  const close = async () => {
    if (!isClosed) await server.close();
    isClosed = true;
  };
  onTestFinished(close);
  const api = localApi(engine.service, systemClock);
  onTestFinished(() => api.close());
  server.attach({ api, openSession: async (send) => createSession(engine.service, systemClock, send) });
  const base = `http://127.0.0.1:${server.port}`;
  const ask = (path: string, more: Ask = {}) => askHttp(server.port, path, more);
  /** The cookie that a browser keeps after it has opened the address. */
  const signIn = async () => cookieOf(await ask(server.address().slice(base.length)));
  return { server, engine, dataDir, inboxDir, addresses, bugs, base, ask, signIn, close };
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readable | Uint8Array | string;
}

export interface Told {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
}

/** As raw as can be: the path as given, and any Host. */
export async function askHttp(
  port: number,
  path: string,
  { method = 'GET', headers, body }: Ask,
): Promise<Told> {
  const sent = request({ host: '127.0.0.1', port, path, method, headers: { ...headers }, agent: false });
  if (body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array)) body.pipe(sent);
  else sent.end(body);
  const [response] = await once(sent, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return { status: response.statusCode ?? 0, headers: response.headers, bytes, text: bytes.toString() };
}

export function cookieOf({ status, headers, text }: Told): string {
  const cookie = headers['set-cookie']?.[0]?.split(';')[0];
  if (cookie === undefined) throw new Error(`No cookie came with ${status}: ${text}`);
  return cookie;
}
