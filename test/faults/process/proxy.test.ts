/**
 * Between Hoist and a service stands somebody who cuts, holds up and answers for it: on the way to the API and to the
 * store, before the request, in the middle of it, and after the service has done it. What he does is drawn from a seed.
 */
import { readFile } from 'node:fs/promises';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ProviderKind, providerKinds } from '#shared/destination.ts';
import type { JobId } from '#shared/job.ts';
import { type FaultBench, openFaultBench, secretIn } from '../../support/fault-bench.ts';
import { type SimRandom, seeded } from '../../support/sim-random.ts';
import { sha256 } from '../../support/temporary.ts';

const tricks = [
  'passes',
  'passes',
  'passes',
  'cuts before',
  'cuts in the middle',
  'cuts after',
  'holds up',
  'forbids early',
  'forbids late',
  'agrees early',
  'is overloaded',
] as const;
type Trick = (typeof tricks)[number];

class Meddler {
  isMeddling = false;
  readonly met = new Set<Trick>();
  /** Words in answers that are put for others: the store's address for that of the one in front of it. */
  readonly #words: readonly (readonly [from: string, to: string])[];
  readonly #to: URL;
  readonly #random: SimRandom;

  constructor(to: string, random: SimRandom, words: readonly (readonly [string, string])[] = []) {
    this.#to = new URL(to);
    this.#random = random;
    this.#words = words;
  }

  async open(): Promise<string> {
    const server = createServer((request, response) => void this.#serve(request, response));
    server.on('clientError', (_error, socket) => void socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const trick = this.isMeddling ? this.#random.pick(tricks) : 'passes';
    this.met.add(trick);
    request.on('error', () => {});
    switch (trick) {
      case 'cuts before':
        request.socket.destroy();
        return;
      case 'cuts in the middle':
        request.once('data', () => request.socket.destroy());
        request.once('end', () => request.socket.destroy());
        return;
      case 'forbids early':
        forbid(response);
        return;
      case 'agrees early':
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Please sign in</h1>');
        return;
      case 'is overloaded':
        request.resume().once('end', () => response.writeHead(503).end());
        return;
      default:
        this.#forward(request, response, trick);
    }
  }

  #forward(request: IncomingMessage, response: ServerResponse, trick: Trick): void {
    const { host, hostname, port } = this.#to;
    const headers = { ...request.headers, host };
    const { method = 'GET', url = '/' } = request;
    const onward = httpRequest(
      { hostname, port, method, path: url, headers, agent: false },
      async (answer) => {
        const parts: Buffer[] = [];
        for await (const part of answer) parts.push(part as Buffer);
        if (trick === 'cuts after') {
          request.socket.destroy();
          return;
        }
        if (trick === 'forbids late') {
          forbid(response);
          return;
        }
        if (trick === 'holds up') await new Promise((resolve) => setTimeout(resolve, 50));
        let text = Buffer.concat(parts).toString('latin1');
        for (const [from, to] of this.#words) text = text.replaceAll(from, to);
        const { 'content-length': _length, 'transfer-encoding': _encoding, ...rest } = answer.headers;
        response.writeHead(answer.statusCode ?? 502, { ...rest, 'content-length': text.length });
        response.end(Buffer.from(text, 'latin1'));
      },
    );
    onward.on('error', () => request.socket.destroy());
    request.pipe(onward);
  }
}

function forbid(response: ServerResponse): void {
  response.writeHead(403, { 'content-type': 'text/html' }).end('<h1>Blocked by your network</h1>');
}

/**
 * How often the service made a file go again that may have been there. Cyberun cannot be asked: a key that ran out in doubt
 * is given up. Pupload forgets a run ten minutes after its end: who asks later cannot know how it ended.
 */
async function forcedBy(bench: FaultBench, kind: ProviderKind, ids: readonly JobId[]): Promise<number> {
  if (kind !== 'cyberun' && kind !== 'pupload') return 0;
  const told = await Promise.all(ids.map((id) => bench.engine.getJob(id)));
  return told.reduce((sum, { job, timeline }) => {
    const forgotten = timeline.filter(({ note }) => note?.includes('does not know the flow run any more'));
    return sum + job.renewals + forgotten.length;
  }, 0);
}

describe.each(providerKinds)('a proxy that meddles: %s', (kind) => {
  it('every file arrives once, whatever it does, and none is said to be there that is not', {
    timeout: 240_000,
  }, async () => {
    const bench = await openFaultBench(onTestFinished);
    const { demo, engine } = bench;
    const random = seeded(1 + providerKinds.indexOf(kind));
    const store = new Meddler(demo.address.storeOrigin, random);
    const storeOrigin = await store.open();
    const words = [[new URL(demo.address.storeOrigin).host, new URL(storeOrigin).host]] as const;
    const api = new Meddler(demo.address.origin, random, words);
    const apiOrigin = await api.open();
    const baseUrl = demo.address[kind].baseUrl.replace(demo.address.origin, apiOrigin);

    const id = await bench.destination(kind, { baseUrl });
    const paths: string[] = [];
    for (let index = 0; index < 12; index += 1)
      paths.push(await bench.file(index % 3 === 0 ? 300_000 : 4000));
    const ids = await bench.add(id, paths);
    store.isMeddling = true;
    api.isMeddling = true;
    await bench.settled(ids);
    const told = (await engine.rows(ids)).filter(({ state }) => state.name === 'completed').length;
    expect(told).toBeLessThanOrEqual(bench.seen(kind).assets);

    store.isMeddling = false;
    api.isMeddling = false;
    for (let round = 0; round < 4; round += 1) {
      await engine.unblockDestination(id);
      await engine.retryJobs({ ids });
      await bench.settled(ids);
    }
    const jobs = await engine.rows(ids);
    expect(jobs.map(({ state }) => state.name)).toEqual(ids.map(() => 'completed'));
    const hashes = await Promise.all(paths.map(async (path) => sha256(await readFile(path))));
    const stored = new Set(demo.stats().uploads.map((upload) => upload.sha256));
    // Pupload forgets a run ten minutes after its end, and this clock hurries: there the count has to do.
    const isRemembered = kind !== 'pupload';
    expect(hashes.filter((hash) => isRemembered && !stored.has(hash))).toEqual([]);
    const forced = await forcedBy(bench, kind, ids);
    expect(bench.seen(kind).assets).toBeGreaterThanOrEqual(ids.length);
    expect(bench.seen(kind).assets).toBeLessThanOrEqual(ids.length + forced);
    await bench.census({ forced });
    for (const job of ids) expect(secretIn(await bench.said(job), demo)).toBe(null);
    expect(demo.stats().leakedCredentials).toBe(0);
    // It did meddle.
    expect(new Set([...store.met, ...api.met]).size).toBeGreaterThan(3);
  });
});
