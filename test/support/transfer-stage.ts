/** Files, servers and clients of one test; all of it is gone when the test is over. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '#ports/clock.ts';
import type { FileVersion, TransferOutcome, TransferRequest } from '#ports/transfer.ts';
import { createHttp, type Http, readFileVersion, type Timeouts } from '#transfer';
import { type Certificate, makeCertificate } from './certificate.ts';

export async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hoist-transfer-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface SentFile {
  readonly path: string;
  readonly content: Buffer;
  readonly version: FileVersion;
}

/** Content that repeats nowhere near a chunk's size, so that a swapped or doubled piece shows. */
export function contentOf(bytes: number): Buffer {
  const content = Buffer.alloc(bytes);
  let state = 2463534242;
  for (let at = 0; at < bytes; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    content[at] = state & 255;
  }
  return content;
}

export async function createFile(content: Buffer | number, name = 'photo.bin'): Promise<SentFile> {
  const path = join(await createFolder(), name);
  const bytes = typeof content === 'number' ? contentOf(content) : content;
  await writeFile(path, bytes);
  return { path, content: bytes, version: await readFileVersion(path, { followSymlink: false }) };
}

function closeWithSockets(server: Server | TcpServer): void {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  onTestFinished(async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  });
}

async function listen(server: Server | TcpServer): Promise<number> {
  closeWithSockets(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** `http://127.0.0.1:port`, and the server itself. */
export async function serveHttp(listener: RequestListener): Promise<{ origin: string; server: Server }> {
  const server = createServer(listener);
  return { origin: `http://127.0.0.1:${await listen(server)}`, server };
}

export async function serveTcp(
  onSocket: (socket: Socket) => void,
): Promise<{ origin: string; port: number }> {
  const port = await listen(createTcpServer({ allowHalfOpen: true }, onSocket));
  return { origin: `http://127.0.0.1:${port}`, port };
}

export async function createCertificate(names?: string): Promise<Certificate> {
  return makeCertificate(await createFolder(), names);
}

export async function serveHttps(
  { key, cert }: Certificate,
  listener: RequestListener,
): Promise<{ origin: string; port: number }> {
  const server = createTlsServer({ key, cert }, listener);
  server.on('tlsClientError', () => undefined);
  const port = await listen(server);
  return { origin: `https://localhost:${port}`, port };
}

export function createClient(
  options: { clock?: Clock; environment?: Record<string, string>; timeouts?: Partial<Timeouts> } = {},
): Http {
  const http = createHttp({
    clock: options.clock ?? systemClock,
    environment: options.environment ?? {},
    userAgent: 'hoist-test/1',
    ...(options.timeouts === undefined ? {} : { timeouts: options.timeouts }),
  });
  onTestFinished(() => http.close());
  return http;
}

export function put(file: SentFile, url: string, more: Partial<TransferRequest> = {}): TransferRequest {
  return {
    path: file.path,
    expected: file.version,
    fileName: 'photo.bin',
    mimeType: 'application/octet-stream',
    target: { method: 'PUT', url, headers: {} },
    followSymlink: false,
    allowPlainHttp: false,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...more,
  };
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Narrows an outcome, with the outcome itself in the message where it is another one. */
export function expectKind<K extends TransferOutcome['kind']>(
  outcome: TransferOutcome,
  kind: K,
): Extract<TransferOutcome, { kind: K }> {
  if (outcome.kind !== kind) throw new Error(`expected ${kind}, got ${JSON.stringify(outcome)}`);
  return outcome as Extract<TransferOutcome, { kind: K }>;
}

/** Where the open descriptors of this process lead to (Linux). */
export async function openDescriptors(): Promise<readonly string[]> {
  const { readlink } = await import('node:fs/promises');
  const names = await readdir('/proc/self/fd');
  const links = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
  return links.filter((link) => link !== '');
}
