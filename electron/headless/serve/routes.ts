import type { IncomingMessage } from 'node:http';
import { failure } from '#shared/failure.ts';
import { type Api, ContractError } from '#shared/ipc.ts';
import { type Answer, methodNotAllowed, notFound, refusal, text } from './answer.ts';
import { takeIntoInbox } from './inbox/inbox-request.ts';
import type { ReceiveOptions } from './inbox/receive-file.ts';
import type { StaticFiles } from './static-files.ts';

export type ThumbnailSize = 64 | 512;

export interface RouteParts {
  readonly files: StaticFiles;
  readonly inbox: ReceiveOptions;
  /** A WebP picture; null where there is none. */
  readonly thumbnail: (path: string, size: ThumbnailSize, signal: AbortSignal) => Promise<Uint8Array | null>;
  readonly engine: { readonly api: Pick<Api, 'getJob'> } | null;
  readonly onBug: (error: unknown) => void;
}

/** Answers a request that may come in. `signal`: its sender is gone. */
export async function answerRoute(
  request: IncomingMessage,
  url: URL,
  parts: RouteParts,
  signal: AbortSignal,
): Promise<Answer> {
  const { pathname, searchParams } = url;
  if (pathname === '/inbox') {
    if (request.method !== 'POST') return methodNotAllowed('POST');
    return takeIntoInbox(request, searchParams, parts.inbox, parts.onBug);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return methodNotAllowed('GET, HEAD');
  if (pathname === '/') return parts.files.page();
  if (pathname.startsWith('/assets/')) return parts.files.asset(pathname.slice('/assets/'.length));
  const id = /^\/thumbnail\/(\d{1,15})$/.exec(pathname)?.[1];
  if (id !== undefined) return answerThumbnail(Number(id), searchParams.get('size'), parts, signal);
  return notFound;
}

async function answerThumbnail(
  id: number,
  size: string | null,
  { engine, thumbnail }: RouteParts,
  signal: AbortSignal,
): Promise<Answer> {
  if (size !== '64' && size !== '512') return text(400, 'size is 64 or 512.');
  if (engine === null) return refusal(503, failure('connection-broken'));
  const path = await pathOf(engine.api, id);
  const picture = path === null ? null : await thumbnail(path, size === '64' ? 64 : 512, signal);
  if (picture === null) return notFound;
  return { status: 200, headers: { 'Content-Type': 'image/webp' }, body: picture };
}

/** Only files of jobs are ever opened. Null where there is no such job, or the engine has just gone. */
async function pathOf(api: Pick<Api, 'getJob'>, id: number): Promise<string | null> {
  try {
    return (await api.getJob(id)).job.path;
  } catch (error) {
    if (error instanceof ContractError) return null;
    throw error;
  }
}
