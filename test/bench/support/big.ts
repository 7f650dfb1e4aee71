/** One large file: how fast the transfer layer, the whole engine and the peers bring it to a sink. */
import { systemClock } from '#ports/clock.ts';
import type { UploadTarget } from '#ports/reservation.ts';
import { createHttp, type Http, readFileVersion } from '#transfer';
import { openBenchEngine } from './engine.ts';
import type { Sink } from './sink/start.ts';

/** MB/s, with MB of a million bytes, as networks count. */
export const speedOf = (sizeBytes: number, ms: number): number => sizeBytes / 1000 / ms;

export function createBenchHttp(certFile: string): Http {
  return createHttp({
    clock: systemClock,
    environment: certFile === '' ? {} : { NODE_EXTRA_CA_CERTS: certFile },
    userAgent: 'hoist-bench/1',
  });
}

/** Sends a file as the queue does: with its hash, its progress, and a look at the file afterwards. */
export async function sendFile(http: Http, path: string, target: UploadTarget): Promise<void> {
  const outcome = await http.transfer.send({
    path,
    expected: await readFileVersion(path, { followSymlink: false }),
    fileName: 'large.bin',
    mimeType: 'application/octet-stream',
    target,
    followSymlink: false,
    allowPlainHttp: false,
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  if (outcome.kind !== 'stored') throw new Error(`Not stored: ${JSON.stringify(outcome)}`);
}

/** Milliseconds from giving the file to the engine until its job is completed. */
export async function timeEngine(
  workspace: string,
  sink: Pick<Sink, 'certFile'>,
  origin: string,
  path: string,
): Promise<number> {
  const bench = await openBenchEngine({
    workspace,
    kind: 'cyberun',
    origin: `${origin}/api/v1`,
    certFile: sink.certFile,
    lanes: 4,
  });
  const begun = performance.now();
  await bench.upload([path], 1);
  const ms = performance.now() - begun;
  await bench.close();
  return ms;
}
