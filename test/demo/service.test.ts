import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  connectDemo,
  type DemoAddress,
  DemoAlreadyRunning,
  findDemo,
  openDemo,
  openDemoWith,
  startDemo,
  startDemoInWorker,
} from '#demo';
import { ask, bearer, demo, later, sha256, temporaryDirectory } from './support.ts';

const file = Buffer.from('words that stay');

function create(address: DemoAddress, sizeBytes = file.length) {
  const body = { filename: 'words.txt', mime_type: 'text/plain', size_bytes: sizeBytes };
  const { baseUrl, key } = address.runflow;
  return ask(`${baseUrl}/v1/asset-uploads`, { method: 'POST', body, headers: bearer(key) });
}

const put = (url: string, body = file) =>
  ask(url, { method: 'PUT', body, headers: { 'content-type': 'text/plain' } });
const confirm = (address: DemoAddress, id: string) =>
  ask(`${address.runflow.baseUrl}/v1/asset-uploads/${id}/confirmations`, {
    method: 'POST',
    headers: bearer(address.runflow.key),
  });

async function inChild(directory: string): Promise<{ child: ChildProcess; address: DemoAddress }> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./run-demo.ts', import.meta.url)), directory],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  later(() => kill(child));
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('The child ended.'))),
  ]);
  const address = await findDemo(directory);
  if (address === null) throw new Error('The child said that it is ready, and is not found.');
  return { child, address };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function strayFiles(directory: string): string[] {
  return existsSync(join(directory, 'objects')) ? readdirSync(join(directory, 'objects', 'incoming')) : [];
}

describe('one directory, one demo service', () => {
  it('keeps ports, keys and links over a restart', async () => {
    const directory = await temporaryDirectory();
    const first = await startDemo({ directory });
    const { json } = await create(first.address);
    await put(json.upload_url);
    await first.close();
    expect(await findDemo(directory)).toBeNull();

    const second = await demo({ directory });
    expect(second.address).toEqual(first.address);
    const asset = await confirm(second.address, json.asset_id);
    expect((await ask(asset.json.url)).bytes.equals(file)).toBe(true);
    expect(second.stats().uploads).toMatchObject([{ bodies: 1, sha256: sha256(file) }]);
  });

  it('is found by a second start, which starts nothing', async () => {
    const directory = await temporaryDirectory();
    const service = await demo({ directory });
    await expect(startDemo({ directory })).rejects.toMatchObject({
      name: 'DemoAlreadyRunning',
      address: service.address,
    });
    expect(await findDemo(directory)).toEqual(service.address);
    const opened = await openDemo({ directory });
    expect(opened).toMatchObject({ address: service.address, service: null });
    await opened.close();
    expect(await findDemo(directory)).toEqual(service.address);
  });

  it('is started by exactly one of many at once', async () => {
    const directory = await temporaryDirectory();
    const opened = await Promise.all([1, 2, 3, 4].map(() => openDemo({ directory })));
    later(async () => {
      for (const each of opened) await each.close();
    });
    expect(opened.filter(({ service }) => service !== null)).toHaveLength(1);
    expect(new Set(opened.map(({ address }) => address.origin)).size).toBe(1);
  });

  it('moves where its port was taken, and takes no stranger for itself', async () => {
    const directory = await temporaryDirectory();
    const first = await startDemo({ directory });
    await first.close();
    const stranger = createServer((request, response) => {
      seen.push(JSON.stringify(request.headers));
      response.end('{"service":"hoist-demo","proof":"0000"}');
    });
    const seen: string[] = [];
    stranger.listen(Number(new URL(first.address.origin).port), '127.0.0.1');
    await once(stranger, 'listening');
    later(async () => void stranger.close());
    expect(await findDemo(directory)).toBeNull();
    expect(seen).toHaveLength(1);
    expect(seen[0]).not.toContain('secret');

    const second = await demo({ directory });
    expect(second.address.origin).not.toBe(first.address.origin);
    expect(second.address.storeOrigin).toBe(first.address.storeOrigin);
    expect(second.address.runflow.key).toBe(first.address.runflow.key);
    expect(await findDemo(directory)).toEqual(second.address);
  });

  it('does not move from a port that was asked for', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    later(async () => void other.close());
    const directory = await temporaryDirectory();
    const { port } = other.address() as AddressInfo;
    await expect(startDemo({ directory, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect((await demo({ directory })).address.origin).not.toContain(`:${port}`);
  });

  it('starts after a kill, with everything that was answered and nothing half', async () => {
    const directory = await temporaryDirectory();
    const { child, address } = await inChild(directory);
    await expect(startDemo({ directory })).rejects.toBeInstanceOf(DemoAlreadyRunning);
    const whole = (await create(address)).json;
    expect((await put(whole.upload_url)).status).toBe(200);

    const size = 4_000_000;
    const half = (await create(address, size)).json;
    const sending = httpRequest(half.upload_url, {
      method: 'PUT',
      headers: { 'content-type': 'text/plain', 'content-length': size },
      agent: false,
    });
    const broken = once(sending, 'error');
    sending.on('error', () => undefined);
    sending.write(Buffer.alloc(size / 2));
    await expect.poll(() => strayFiles(directory).length).toBe(1);
    await kill(child);
    await broken;

    const service = await demo({ directory });
    expect(service.address).toEqual(address);
    expect(strayFiles(directory)).toEqual([]);
    expect(service.stats().uploads).toMatchObject([
      { id: half.asset_id, sizeBytes: null, bodies: 0 },
      { id: whole.asset_id, sha256: sha256(file), bodies: 1 },
    ]);
    expect((await confirm(service.address, whole.asset_id)).status).toBe(201);
    expect((await confirm(service.address, half.asset_id)).status).toBe(404);
    expect((await put(half.upload_url, Buffer.alloc(size))).status).toBe(200);
    expect((await confirm(service.address, half.asset_id)).json.size_bytes).toBe(size);
  });

  it('sets a damaged or newer database aside, and deletes none', async () => {
    const directory = await temporaryDirectory();
    writeFileSync(join(directory, 'demo.db'), 'no database');
    const first = await startDemo({ directory });
    await first.close();
    const database = new DatabaseSync(join(directory, 'demo.db'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect((await create((await demo({ directory })).address)).status).toBe(201);
    expect(readdirSync(directory).filter((name) => name.includes('set-aside')).length).toBeGreaterThanOrEqual(
      1,
    );
  });

  it('breaks open connections when it closes', async () => {
    const directory = await temporaryDirectory();
    const service = await startDemo({
      directory,
      faults: { stallAfterBytes: { value: 1, stage: 'upload' } },
    });
    const { json } = await create(service.address);
    const stalled = put(json.upload_url).then(
      () => 'answered',
      () => 'broken',
    );
    await expect.poll(() => service.stats().dialects.runflow.uploads).toBe(1);
    await service.close();
    expect(await stalled).toBe('broken');
    expect(strayFiles(directory)).toEqual([]);
  });
});

describe('the demo service from outside', () => {
  it('shows its statistics and takes faults, but only from who knows the directory', async () => {
    const directory = await temporaryDirectory();
    expect(await connectDemo(directory)).toBeNull();
    const service = await demo({ directory });
    const control = await connectDemo(directory);
    const { json } = await create(service.address);
    await put(json.upload_url);
    expect(await control?.stats()).toEqual(service.stats());

    const faults = await control?.setFaults({
      latencyMs: 1,
      status: [{ value: 503, stage: 'upload', first: 2 }],
    });
    expect(faults).toEqual(service.faults);
    expect(service.faults).toMatchObject({
      latencyMs: 1,
      status: [{ value: 503, stage: 'upload', first: 2 }],
      slow: null,
    });
    expect(await control?.setFaults({ latencyMs: null })).toMatchObject({
      latencyMs: null,
      status: [{ first: 2 }],
    });
    await expect(control?.setFaults({ slow: -1 })).rejects.toThrow(/slow/);

    const { origin } = service.address;
    for (const path of ['/demo/stats', '/demo/faults', `/demo/objects/runflow-assets/x`]) {
      expect((await ask(`${origin}${path}`)).status).toBe(403);
      expect((await ask(`${origin}${path}`, { headers: { 'x-demo-secret': 'guess' } })).status).toBe(403);
    }
    expect((await ask(`${service.address.storeOrigin}/demo/stats`)).status).toBe(403);
  });

  it('remembers requests without their queries', async () => {
    const service = await demo();
    const { json } = await create(service.address);
    await put(json.upload_url);
    const { recent } = service.stats();
    expect(recent.map(({ dialect, stage, method, status }) => [dialect, stage, method, status])).toEqual([
      ['runflow', 'reserve', 'POST', 201],
      ['runflow', 'upload', 'PUT', 200],
    ]);
    expect(JSON.stringify(recent)).not.toContain('X-Amz');
  });

  it('runs the same in a worker thread', async () => {
    const directory = await temporaryDirectory();
    const worker = await startDemoInWorker({
      directory,
      clockScale: 100,
      runflow: { repeatedConfirm: 'again' },
    });
    later(() => worker.close());
    const { json } = await create(worker.address);
    await put(json.upload_url);
    await confirm(worker.address, json.asset_id);
    expect((await confirm(worker.address, json.asset_id)).status).toBe(201);
    expect((await worker.stats()).dialects.runflow).toMatchObject({ uploads: 1, completes: 2, assets: 1 });
    expect((await worker.setFaults({ status: 500 })).status).toBe(500);
    expect((await create(worker.address)).status).toBe(500);

    await expect(startDemoInWorker({ directory })).rejects.toBeInstanceOf(DemoAlreadyRunning);
    await expect(startDemo({ directory })).rejects.toBeInstanceOf(DemoAlreadyRunning);
    expect((await openDemoWith({ directory }, startDemoInWorker)).service).toBeNull();
    await worker.close();
    await worker.ended;
    expect(await findDemo(directory)).toBeNull();
    const again = await openDemoWith({ directory }, startDemoInWorker);
    later(() => again.close());
    expect(again.address).toEqual(worker.address);
  });

  it('says why a worker could not start', async () => {
    const directory = await temporaryDirectory();
    writeFileSync(join(directory, 'blocker'), '');
    await expect(startDemoInWorker({ directory: join(directory, 'blocker', 'x') })).rejects.toThrow(
      /ENOTDIR/,
    );
  });
});
