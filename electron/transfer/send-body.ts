/** One request with a file in its body: the pump on one side, the answer on the other, and what becomes of it. */
import type { Exchange } from '#ports/api-client.ts';
import type { TransferOutcome, TransferRequest } from '#ports/transfer.ts';
import { UploadError } from '#ports/upload-error.ts';
import { failure } from '#shared/failure.ts';
import { parseRequestId } from './answer-headers.ts';
import type { Bandwidth } from './bandwidth.ts';
import { type Answer, type Call, type CallEnd, startCall } from './call.ts';
import type { Client } from './client.ts';
import type { Framing } from './framing.ts';
import type { NetworkFailure } from './network-failure.ts';
import { createProgress } from './progress.ts';
import { type Pump, type PumpState, startPump } from './pump.ts';
import { createRedactor, type Redact, secretsOfUrl } from './redact.ts';
import { plain, toRejection } from './rejection.ts';
import { SourceChanged, type SourceFile } from './source-file.ts';
import { watchStall } from './stall-watch.ts';

export interface Sending {
  readonly client: Client;
  readonly bandwidth: Bandwidth;
  readonly request: TransferRequest;
  readonly url: URL;
  readonly path: string;
  readonly framing: Framing;
  readonly source: SourceFile;
  /** The whole client goes down. */
  readonly closing: AbortSignal;
}

/** More words than this no store uses, and none of them would be shown. */
const answerLimitBytes = 64 * 1024;

/** Rejects with the signal's reason; everything else is an outcome. */
export async function sendBody(sending: Sending): Promise<TransferOutcome> {
  const startedAt = sending.client.clock.monotonic();
  const { signal } = sending.request;
  const run = startRun(sending);
  const onAbort = () => run.call.abandon({ code: 'connection-broken', detail: 'stopped' });
  signal.addEventListener('abort', onAbort, { once: true });
  sending.closing.addEventListener('abort', onAbort, { once: true });
  if (sending.closing.aborted) onAbort();
  try {
    const end = await run.finished;
    signal.throwIfAborted();
    sending.request.onExchange?.(toExchange(sending, end, startedAt, run.redact));
    return await judge(sending, run, end);
  } finally {
    signal.removeEventListener('abort', onAbort);
    sending.closing.removeEventListener('abort', onAbort);
  }
}

interface Run {
  readonly call: Call;
  readonly pump: Pump;
  readonly redact: Redact;
  /** How the request ended, once nothing touches the file any more. */
  readonly finished: Promise<CallEnd>;
  /** What had left us when the head of the answer came. */
  atHead(): PumpState | null;
  sourceError(): UploadError | null;
}

function startRun(sending: Sending): Run {
  const { client, source, framing, request } = sending;
  const { clock } = client;
  let atHead: PumpState | null = null;
  let sourceError: UploadError | null = null;
  const progress = createProgress(clock, request.onProgress);
  const call = startCall({
    client,
    method: request.target.method,
    url: sending.url,
    path: sending.path,
    headers: framing.headers,
    body: 'stream',
    answerLimitBytes,
    onHead() {
      atHead = pump.state();
      if (atHead.isAllHanded) return 'see-off';
      // Nobody reads the rest.
      pump.stop();
      return 'cut';
    },
  });
  const pump = startPump({
    ...framing,
    source,
    wire: call,
    bandwidth: sending.bandwidth,
    clock,
    onTaken: progress.report,
  });
  const stopWatch = watchStall({
    clock,
    stallMs: sending.client.timeouts.stallMs,
    taken: () => taken(call),
    isIdle: () => pump.state().isHeld || pump.state().isAllGiven || call.socket()?.connecting !== false,
    onStall: () => call.abandon({ code: 'stalled', detail: '' }),
  });
  const pumping = pump.done.catch((error: unknown) => {
    if (!(error instanceof UploadError)) throw error;
    sourceError = error;
    call.abandon({ code: 'connection-broken', detail: 'file' });
  });
  const finished = (async () => {
    const end = await call.ended;
    pump.stop();
    stopWatch();
    progress.stop();
    await pumping;
    return end;
  })();
  return {
    call,
    pump,
    redact: createRedactor(secretsOf(request)),
    finished,
    atHead: () => atHead,
    sourceError: () => sourceError,
  };
}

/** What the system took off the socket, at whatever grain Node knows. */
function taken(call: Call): number {
  const socket = call.socket();
  return socket === null ? 0 : socket.bytesWritten - socket.writableLength;
}

/** Values of signed headers and form fields are as secret as the query of the URL. */
function secretsOf({ target }: TransferRequest): string[] {
  const carried =
    target.method === 'PUT' ? Object.values(target.headers) : target.fields.map((field) => field[1]);
  return [...secretsOfUrl(target.url), ...carried];
}

async function judge(sending: Sending, run: Run, end: CallEnd): Promise<TransferOutcome> {
  const state = run.pump.state();
  const { fileBytes: bytesSent, isAllGiven: allBytesGiven } = state;
  const changed = run.sourceError() ?? (await verify(sending, state));
  if (changed instanceof UploadError) {
    const current = changed instanceof SourceChanged ? changed.current : null;
    return { kind: 'source', failure: changed.failure, bytesSent, current };
  }
  if (end.kind === 'broken') return broken(sending, end.failure, state);
  const { answer } = end;
  if (answer.status === 407 && sending.client.lines.mayUseProxy(sending.url)) {
    return broken(sending, { code: 'proxy-refused', detail: 'HTTP 407 from the proxy' }, state);
  }
  const { sha256 } = state;
  // Captive portals and broken proxies answer 200 to whatever they are sent, at once; and with a page, as no store does.
  const isSuccess = answer.status >= 200 && answer.status < 300;
  const isPage = isSuccess && /\bhtml\b/i.test(answer.headers['content-type'] ?? '');
  if (isSuccess && !isPage && allBytesGiven && sha256 !== null) {
    return {
      kind: 'stored',
      status: answer.status,
      etag: etagOf(answer, run.redact),
      sha256,
      bytesSent,
      movedTo: changed,
    };
  }
  const { host } = sending.url;
  const rejection = toRejection(answer, {
    host,
    bytesSent: (run.atHead() ?? state).bodyBytes,
    redact: run.redact,
  });
  const problem = isPage
    ? 'A web page came instead of an answer of the store.'
    : 'The store answered before it had read the whole file.';
  const message = isSuccess ? problem : rejection.message;
  return { kind: 'rejected', rejection: { ...rejection, message }, bytesSent, allBytesGiven };
}

/** The new path, null, or why the file is not what was sent. Whatever the store says of torn bytes is worth nothing. */
async function verify(sending: Sending, state: PumpState): Promise<UploadError | string | null> {
  try {
    return await sending.source.verify(state.sha256, sending.request.signal);
  } catch (error) {
    if (error instanceof UploadError) return error;
    throw error;
  }
}

function broken(sending: Sending, of: NetworkFailure, state: PumpState): TransferOutcome {
  const { host } = sending.url;
  return {
    kind: 'broken',
    failure: failure(of.code, of.detail === '' ? host : `${host}: ${of.detail}`, { host }),
    bytesSent: state.fileBytes,
    allBytesGiven: state.isAllGiven,
  };
}

function etagOf(answer: Answer, redact: Redact): string | null {
  const etag = answer.headers.etag ?? null;
  return etag !== null && /^[\x20-\x7e]{1,200}$/.test(etag) && redact(etag) === etag ? etag : null;
}

function toExchange(sending: Sending, end: CallEnd, startedAt: number, redact: Redact): Exchange {
  return {
    method: sending.request.target.method,
    host: sending.url.host,
    status: end.kind === 'answered' ? end.answer.status : null,
    durationMs: sending.client.clock.monotonic() - startedAt,
    requestId: end.kind === 'answered' ? plain(parseRequestId(end.answer.headers), redact) : null,
  };
}
