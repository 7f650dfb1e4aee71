import { type Api, ContractError } from '#shared/ipc.ts';
import type { ThumbnailSize, Thumbnails } from '#thumbnails';

export interface PictureRequest {
  readonly id: number;
  readonly size: ThumbnailSize;
}

/** What `/thumbnail/ID?size=64|512` asks for; null: it is not such an address. */
export function pictureRequest(url: URL): PictureRequest | 'bad-size' | null {
  const id = /^\/thumbnail\/(\d{1,15})$/.exec(url.pathname)?.[1];
  if (id === undefined) return null;
  const size = url.searchParams.get('size');
  if (size !== '64' && size !== '512') return 'bad-size';
  return { id: Number(id), size: size === '64' ? 64 : 512 };
}

/**
 * A WebP picture of a job's file; null where there is none. Only files of jobs are ever opened: there is no picture either
 * where there is no such job, or the engine has just gone.
 */
export async function pictureOfJob(
  { id, size }: PictureRequest,
  api: Pick<Api, 'getJob'>,
  thumbnail: Thumbnails['get'],
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const path = await pathOf(api, id);
  return path === null ? null : await thumbnail(path, size, signal);
}

async function pathOf(api: Pick<Api, 'getJob'>, id: number): Promise<string | null> {
  try {
    return (await api.getJob(id)).job.path;
  } catch (error) {
    if (error instanceof ContractError) return null;
    throw error;
  }
}
