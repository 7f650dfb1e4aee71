/** Sends the bytes of one file to one target, once. */
import type { Transfer, TransferOutcome, TransferRequest } from '#ports/transfer.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { FailureCode } from '#shared/failure.ts';
import { failure } from '#shared/failure.ts';
import { checkUrl } from './addresses.ts';
import { createBandwidth } from './bandwidth.ts';
import type { Client } from './client.ts';
import { readFileVersion } from './file-version.ts';
import { frame } from './framing.ts';
import { sendBody } from './send-body.ts';
import { openSource, SourceChanged, type SourceFile } from './source-file.ts';

export function createTransfer(client: Client): Transfer {
  const { lines, clock } = client;
  const bandwidth = createBandwidth(clock);
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();

  async function send(request: TransferRequest): Promise<TransferOutcome> {
    request.signal.throwIfAborted();
    const destined = checkUrl(request.target.url, { allowPlainHttp: request.allowPlainHttp });
    if (!destined.ok) return refused('target-refused', destined.why, destined.host);
    const { url, path } = destined;
    const framed = frame(request.target, {
      sizeBytes: request.expected.sizeBytes,
      fileName: request.fileName,
      mimeType: request.mimeType,
    });
    if (framed.kind === 'refused') return refused('target-refused', framed.why, url.host);
    if (framed.kind === 'size-differs') return await sizeDiffers(request);
    const source = await open(request);
    if ('kind' in source) return source;
    try {
      request.signal.throwIfAborted();
      return await sendBody({
        client,
        bandwidth,
        request,
        url,
        path,
        framing: framed.framing,
        source,
        closing: closing.signal,
      });
    } catch (error) {
      return sourceOutcome(error);
    } finally {
      await source.close();
    }
  }

  async function open(request: TransferRequest): Promise<SourceFile | TransferOutcome> {
    try {
      return await openSource(request.path, {
        expected: request.expected,
        followSymlink: request.followSymlink,
        clock,
      });
    } catch (error) {
      return sourceOutcome(error);
    }
  }

  return {
    send(request) {
      const sending = send(request);
      running.add(sending);
      const forget = () => running.delete(sending);
      sending.then(forget, forget);
      return sending;
    },
    setBandwidthLimit: (bytesPerSecond) => bandwidth.setLimit(bytesPerSecond),
    dropIdleConnections: () => lines.dropIdle(),
    async close() {
      closing.abort();
      await Promise.allSettled(running);
      lines.close();
    },
  };
}

function refused(code: FailureCode, why: string, host: string): TransferOutcome {
  return {
    kind: 'broken',
    failure: failure(code, why, host === '' ? {} : { host }),
    bytesSent: 0,
    allBytesGiven: false,
  };
}

/** The store was told another size than the file was checked with; a new reservation is needed either way. */
async function sizeDiffers(request: TransferRequest): Promise<TransferOutcome> {
  const current = await readFileVersion(request.path, request).catch(() => null);
  return {
    kind: 'source',
    failure: failure('file-changed', 'the upload link was made for another size'),
    bytesSent: 0,
    current,
  };
}

function sourceOutcome(error: unknown): TransferOutcome {
  if (!(error instanceof UploadError)) throw error;
  const current = error instanceof SourceChanged ? error.current : null;
  return { kind: 'source', failure: error.failure, bytesSent: 0, current };
}
