/** Files that are larger than anything should hold in memory, or than a service takes. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { expectCensus, judgeCensus } from '../../support/census.ts';
import { openFaultBench } from '../../support/fault-bench.ts';
import { temporaryDirectory } from '../../support/temporary.ts';

const mebi = 1024 ** 2;
const child = fileURLToPath(new URL('./support/send-file-child.ts', import.meta.url));

async function sparseFile(name: string, sizeBytes: number): Promise<string> {
  const path = join(await temporaryDirectory(), name);
  const handle = await open(path, 'w');
  await handle.write('begin', 0);
  await handle.write('end', sizeBytes - 3);
  await handle.close();
  return path;
}

/** A store that counts and hashes, and keeps nothing. */
async function sink() {
  const heard: { bytes: number; sha256: string }[] = [];
  const server = createServer(async (request, response) => {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const part of request as AsyncIterable<Buffer>) {
      hash.update(part);
      bytes += part.length;
    }
    heard.push({ bytes, sha256: hash.digest('hex') });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/object` };
}

async function send(
  path: string,
  url: string,
): Promise<{ readonly sha256: string; readonly mostBytes: number }> {
  const { stdout } = await promisify(execFile)(process.execPath, [child, path, url]);
  return JSON.parse(stdout);
}

describe('a large file', () => {
  it('a sparse file arrives with its holes, and memory stays flat', { timeout: 240_000 }, async () => {
    const { heard, url } = await sink();
    const small = await send(await sparseFile('small.bin', 32 * mebi), url);
    const large = await send(await sparseFile('large.bin', 1024 * mebi), url);
    const given = [small, large].map(({ sha256 }, index) => ({
      kind: 'runflow' as const,
      path: `${index}`,
      sha256,
      end: 'asset' as const,
    }));
    const assets = heard.map(({ sha256 }, index) => ({
      kind: 'runflow' as const,
      id: `${index}`,
      sha256,
      path: null,
    }));
    expectCensus(given.length, judgeCensus(given, assets));
    expect(heard).toEqual([
      { bytes: 32 * mebi, sha256: small.sha256 },
      { bytes: 1024 * mebi, sha256: large.sha256 },
    ]);
    // 32 times the file; what a garbage collector leaves lying is far less than what a copy of it would be.
    expect(large.mostBytes).toBeLessThan(small.mostBytes + 96 * mebi);
  });

  it('is blocked before anything is reserved where its service takes none that large', async () => {
    const bench = await openFaultBench(onTestFinished);
    const path = await sparseFile('film.png', 5 * 1024 * mebi + 1);
    for (const kind of ['runflow', 'cyberun'] as const) {
      const id = await bench.destination(kind);
      const [job] = await bench.settled(await bench.add(id, [path]));
      expect(job?.state).toMatchObject({ name: 'blocked', failure: { code: 'too-large' } });
      expect(bench.seen(kind).reservations).toBe(0);
    }
  });
});
