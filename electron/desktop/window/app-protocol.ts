/** Answers `app://bundle/…`: the built screens, and pictures of jobs' files. Nothing else is there. */
import {
  type PictureRequest,
  pictureOfJob,
  pictureRequest,
  type ScreenFile,
  type ScreenFiles,
} from '#screens';
import type { Api } from '#shared/ipc.ts';
import type { Thumbnails } from '#thumbnails';
import { isOwn } from './addresses.ts';

export interface AppProtocolParts {
  readonly files: ScreenFiles;
  readonly api: Pick<Api, 'getJob'>;
  readonly thumbnail: Thumbnails['get'];
  readonly onBug: (request: string, error: unknown) => void;
}

/** The window talks to the engine by messages, and to no network: not even to itself. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const securityHeaders = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

const notBuilt =
  'The screens are not built. Run npm run build, then start Hoist again. The queue is untouched.';

/** For `protocol.handle`. Never rejects. */
export async function answerAppRequest(request: Request, parts: AppProtocolParts): Promise<Response> {
  try {
    return await answer(request, parts);
  } catch (error) {
    parts.onBug('app-protocol', error);
    return plain(500);
  }
}

async function answer(request: Request, parts: AppProtocolParts): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405);
  const url = URL.parse(request.url);
  if (url === null || !isOwn(request.url)) return plain(404);
  if (url.pathname === '/') {
    const page = await parts.files.page();
    return page === null ? plain(503, notBuilt) : fileResponse(page);
  }
  if (url.pathname.startsWith('/assets/')) {
    const asset = await parts.files.asset(url.pathname.slice('/assets/'.length));
    return asset === null ? plain(404) : fileResponse(asset);
  }
  const picture = pictureRequest(url);
  if (picture === null) return plain(404);
  return picture === 'bad-size' ? plain(400) : answerPicture(picture, parts, request.signal);
}

async function answerPicture(
  picture: PictureRequest,
  { api, thumbnail }: AppProtocolParts,
  signal: AbortSignal,
): Promise<Response> {
  const webp = await pictureOfJob(picture, api, thumbnail, signal);
  return webp === null ? plain(404) : respond(200, 'image/webp', new Uint8Array(webp));
}

const fileResponse = ({ contentType, body, isForGood }: ScreenFile): Response =>
  respond(200, contentType, body, isForGood ? 'private, max-age=31536000, immutable' : 'no-store');

const plain = (status: number, text: string | null = null): Response =>
  respond(status, 'text/plain; charset=utf-8', text);

const respond = (
  status: number,
  contentType: string,
  body: Uint8Array<ArrayBuffer> | string | null,
  cacheControl = 'no-store',
): Response =>
  new Response(body, {
    status,
    headers: { ...securityHeaders, 'Content-Type': contentType, 'Cache-Control': cacheControl },
  });
