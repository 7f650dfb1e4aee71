import type { IncomingMessage } from 'node:http';
import type { ReceiveOptions } from '#inbox';
import { type PictureRequest, pictureOfJob, pictureRequest } from '#screens';
import { failure } from '#shared/failure.ts';
import type { Api } from '#shared/ipc.ts';
import type { Thumbnails } from '#thumbnails';
import { type Answer, methodNotAllowed, notFound, refusal, text } from './answer.ts';
import { takeIntoInbox } from './inbox-request.ts';
import type { StaticFiles } from './static-files.ts';

export interface RouteParts {
  readonly files: StaticFiles;
  readonly inbox: ReceiveOptions;
  readonly thumbnail: Thumbnails['get'];
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
  const { pathname } = url;
  if (pathname === '/inbox') {
    if (request.method !== 'POST') return methodNotAllowed('POST');
    return takeIntoInbox(request, url.searchParams, parts.inbox, parts.onBug);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return methodNotAllowed('GET, HEAD');
  if (pathname === '/') return parts.files.page();
  if (pathname.startsWith('/assets/')) return parts.files.asset(pathname.slice('/assets/'.length));
  const picture = pictureRequest(url);
  return picture === null ? notFound : answerPicture(picture, parts, signal);
}

async function answerPicture(
  picture: PictureRequest | 'bad-size',
  { engine, thumbnail }: RouteParts,
  signal: AbortSignal,
): Promise<Answer> {
  if (picture === 'bad-size') return text(400, 'size is 64 or 512.');
  if (engine === null) return refusal(503, failure('connection-broken'));
  const body = await pictureOfJob(picture, engine.api, thumbnail, signal);
  return body === null ? notFound : { status: 200, headers: { 'Content-Type': 'image/webp' }, body };
}
