/** One HTTP exchange: the request goes out through got, the head and a bounded part of the answer come back. */
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { Request } from 'got';
import { type AnswerHeaders, flattenHeaders } from './answer-headers.ts';
import type { Client } from './client.ts';
import { watchConnect } from './connect-watch.ts';
import { hearLastWords } from './last-words.ts';
import { classifyNetworkError, type NetworkFailure } from './network-failure.ts';
import type { Wire } from './pump.ts';

export interface CallOptions {
  readonly client: Client;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  /** Path and query as they go out. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body; `stream` where it is given piece by piece through the call. */
  readonly body: Buffer | 'stream' | null;
  /** More of an answer's body than this is not read. */
  readonly answerLimitBytes: number;
  /**
   * The head of the answer is here; its body follows. Says whether the rest of the request is only on its way, so
   * that it is worth a moment to see it off.
   */
  readonly onHead: () => 'see-off' | 'cut';
}

export interface Answer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: Buffer;
  /** False where the body was longer than the limit, or broke off. */
  readonly isWhole: boolean;
  /** The body was longer than the limit. */
  readonly isTooLong: boolean;
  /** Epoch ms when the head came. */
  readonly receivedAt: number;
}

export type CallEnd =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'broken'; readonly failure: NetworkFailure };

export interface Call extends Wire {
  /** Never rejects. An answer whose head came counts as answered, however its body went. */
  readonly ended: Promise<CallEnd>;
  socket(): Socket | null;
  /** Ends the call from our side and closes its connection. Without an answer it counts as broken by `failure`. */
  abandon(failure: NetworkFailure): void;
}

export function startCall(options: CallOptions): Call {
  const { clock, timeouts, lines, got } = options.client;
  const { promise: ended, resolve } = Promise.withResolvers<CallEnd>();
  const { promise: opened, resolve: open } = Promise.withResolvers<ClientRequest>();
  const undoes: (() => void)[] = [];
  const parts: Buffer[] = [];
  let received = 0;
  let head: Pick<Answer, 'status' | 'headers' | 'receivedAt'> | null = null;
  let request: ClientRequest | null = null;
  let isSettled = false;
  let isTooLong = false;
  let rest: 'see-off' | 'cut' = 'cut';

  const stream: Request = got.stream(options.url, {
    method: options.method,
    headers: options.headers,
    request: (url, native, callback) => openRequest(url, native as RequestOptions, options, callback),
  });

  function settle(end: CallEnd, mayKeepConnection: boolean): void {
    if (isSettled) return;
    isSettled = true;
    for (const undo of undoes) undo();
    if (!mayKeepConnection) stream.destroy();
    resolve(end);
  }

  function settleWithAnswer(isWhole: boolean): void {
    if (head === null) return;
    const answer: Answer = { ...head, body: Buffer.concat(parts), isWhole, isTooLong };
    // A connection on which a part of the body is missing is of no use to the next request.
    settle({ kind: 'answered', answer }, isWhole && request?.writableFinished === true);
  }

  function abandon(failure: NetworkFailure): void {
    if (head === null) settle({ kind: 'broken', failure }, false);
    else settleWithAnswer(false);
  }

  function bound(delayMs: number, detail: string): void {
    if (!isSettled) undoes.push(clock.setTimer(delayMs, () => abandon({ code: 'timeout', detail })));
  }

  stream.on('request', (made: ClientRequest) => {
    request = made;
    // got listens once; whatever comes after the first error would end the process.
    made.on('error', () => undefined);
    made.once('finish', () => bound(timeouts.answerMs, 'no answer'));
    undoes.push(
      watchConnect(
        made,
        { mayTunnel: lines.mayUseProxy(options.url), phaseMs: timeouts.connectMs, clock },
        abandon,
      ),
    );
    onSocket(made, (socket) => hearLastWords(socket, clock));
    // Not as got's `body`: it would be cloned with every request, for hooks that there are none of.
    if (options.body !== 'stream' && !made.writableEnded) made.end(options.body ?? undefined);
    open(made);
  });
  stream.on('response', (response: IncomingMessage) => {
    head = {
      status: response.statusCode ?? 0,
      headers: flattenHeaders(response.headers),
      receivedAt: clock.now(),
    };
    if (request?.writableFinished === true) return;
    rest = options.onHead();
    bound(timeouts.earlyBodyMs, 'answer broke off');
  });
  stream.on('data', (part: Buffer) => {
    const room = options.answerLimitBytes - received;
    parts.push(part.length > room ? part.subarray(0, room) : part);
    received += part.length;
    if (received <= options.answerLimitBytes) return;
    isTooLong = true;
    settleWithAnswer(false);
  });
  stream.on('end', () => {
    if (rest === 'see-off' && request !== null && !request.writableFinished && !request.destroyed) {
      request.once('finish', () => settleWithAnswer(true));
      request.once('close', () => settleWithAnswer(true));
    } else settleWithAnswer(true);
  });
  stream.on('error', (error: unknown) => abandon(classifyNetworkError(error)));
  stream.on('close', () => abandon({ code: 'connection-broken', detail: 'closed' }));

  return {
    ended,
    socket: () => request?.socket ?? null,
    // Not through got: it reports a piece for a request that died meanwhile as sent.
    write(bytes, taken) {
      void opened.then((to) => to.write(bytes, (error) => taken(error === null || error === undefined)));
    },
    end(flushed) {
      void opened.then((to) => to.end(() => flushed(true)));
    },
    abandon,
  };
}

function onSocket(request: ClientRequest, act: (socket: Socket) => void): void {
  if (request.socket === null) request.once('socket', act);
  else act(request.socket);
}

/** The agent is chosen per URL, and the path goes out as it was given, not as a URL parser would write it. */
function openRequest(
  url: URL,
  native: RequestOptions,
  { client, path }: CallOptions,
  callback?: (response: IncomingMessage) => void,
): ClientRequest {
  const open = url.protocol === 'https:' ? requestHttps : requestHttp;
  return open(url, { ...native, agent: client.lines.agentFor(url), path }, callback);
}
