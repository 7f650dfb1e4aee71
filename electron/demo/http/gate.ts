/** What every request passes: the host check, the faults, the guard, the handler, the counters. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#ports/clock.ts';
import type { FaultBook, Where } from '../fault-book.ts';
import type { SeenRequest } from '../stats.ts';
import { type Answer, empty, send } from './answer.ts';
import { BodyReader } from './body.ts';
import { findRoute, type Match, type Surface } from './surface.ts';

export interface Gate {
  readonly surfaces: readonly Surface[];
  readonly faults: FaultBook;
  /** Ends waits of ours when the service closes. */
  readonly closing: AbortSignal;
  now(): number;
  readonly setTimer: Clock['setTimer'];
  saw(request: SeenRequest): void;
  /** An error that no handler foresaw; its request gets a 500. */
  onBug(error: unknown): void;
}

/** Serves one request to its end; never rejects. */
export async function pass(gate: Gate, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? 'GET';
  const [path = '/', rawQuery = ''] = splitOnce(request.url ?? '/', '?');
  const match = findRoute(gate.surfaces, method, path);
  const stage = match?.route?.stage ?? 'other';
  const dialect = match?.surface.dialectOf(match.params) ?? null;
  response.setHeader('date', new Date(gate.now()).toUTCString());
  for (const [name, value] of Object.entries(match?.surface.headers?.() ?? {}))
    response.setHeader(name, value);

  let answer: Answer | null = null;
  try {
    answer = isForeign(request) ? empty(403) : await serve(gate, match, { method, path, rawQuery }, request);
  } catch (error) {
    if (!gate.closing.aborted) gate.onBug(error);
    answer = match?.surface.refuse(500) ?? empty(500);
  }
  if (!match?.surface.isAdmin)
    gate.saw({ at: gate.now(), dialect, stage, method, path, status: answer?.status ?? null });
  if (answer === null || request.socket.destroyed) {
    request.socket.destroy();
    return;
  }
  await send(response, answer, method === 'HEAD');
}

interface RequestLine {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
}

/** The answer, or null where the connection broke or shall break. */
async function serve(
  gate: Gate,
  match: Match | null,
  line: RequestLine,
  request: IncomingMessage,
): Promise<Answer | null> {
  if (match === null) return empty(404);
  const { surface, route, params } = match;
  const where: Where = { dialect: surface.dialectOf(params), stage: route?.stage ?? 'other' };
  const take: FaultBook['take'] = (name, at) => (surface.isAdmin ? null : gate.faults.take(name, at));

  const latency = take('latencyMs', where);
  if (latency !== null) await sleep(latency, undefined, { signal: gate.closing });
  const closing = { connection: 'close' };
  if (take('earlyForbidden', where))
    return { ...surface.refuse(403), headers: { ...surface.refuse(403).headers, ...closing } };
  if (take('earlyOk', where)) return empty(200, closing);

  const body = new BodyReader(request, {
    bytesPerSecond: take('slow', where),
    dropAfterBytes: take('dropAfterBytes', where),
    stallAfterBytes: take('stallAfterBytes', where),
    setTimer: gate.setTimer,
  });
  const substitute = substituteFor(surface, take, where);
  if (substitute !== undefined) return (await body.drain()) ? substitute : null;
  if (route === null) return (await body.drain()) ? surface.refuse(404) : null;

  const call = {
    ...line,
    query: new URLSearchParams(line.rawQuery),
    params,
    request,
    body,
    dialect: where.dialect ?? null,
    stage: route.stage,
  };
  const refusal = route.isOpen ? null : surface.guard(call);
  if (refusal !== null) return (await body.drain()) ? refusal : null;
  const answer = await route.handle(call);
  if (answer === null || take('dropAnswer', where)) return null;
  return spoil(answer, take, where);
}

/** An answer that replaces all work; null: break the connection; undefined: go on. */
function substituteFor(surface: Surface, take: FaultBook['take'], where: Where): Answer | null | undefined {
  if (take('dropUnprocessed', where)) return null;
  const storm = take('status', where);
  if (storm !== null) {
    const { status, retryAfter } = typeof storm === 'number' ? { status: storm } : storm;
    const refused = surface.refuse(status);
    if (retryAfter === undefined) return refused;
    return { ...refused, headers: { ...refused.headers, 'retry-after': String(retryAfter) } };
  }
  if (take('captivePortal', where)) return signInPage;
  const location = take('redirect', where);
  return location === null ? undefined : empty(302, { location });
}

/** The answer of work that was done, made unreadable. */
function spoil(answer: Answer, take: FaultBook['take'], where: Where): Answer {
  if (take('malformedJson', where)) {
    const body = answer.body ?? '{"id":"';
    return { ...answer, body: body.slice(0, Math.max(1, Math.floor(body.length / 2))) };
  }
  const size = take('hugeJson', where);
  if (size === null) return answer;
  return {
    ...answer,
    body: `{"padding":"${'x'.repeat(size)}",${(answer.body ?? '{}').trimStart().slice(1)}`,
  };
}

const signInPage: Answer = {
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Guest network</title><h1>Please sign in</h1><form action="/login"><input name="room"></form>',
};

/**
 * A web page must not reach the demo service through the person's browser: not under a name of its own that leads to
 * this machine (Host), and not with a form or script that changes something (Origin).
 */
function isForeign(request: IncomingMessage): boolean {
  const host = request.headers.host?.replace(/:\d+$/, '');
  if (host !== '127.0.0.1' && host !== 'localhost') return true;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return !isRead && request.headers.origin !== undefined;
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
