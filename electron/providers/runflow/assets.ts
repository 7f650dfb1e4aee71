/** Runflow's asset records and the requests about them. */
import { z } from 'zod';
import type { ApiResponse } from '#ports/api-client.ts';
import type { OutgoingFile, ProviderCall } from '#ports/provider.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { Asset } from '#shared/asset.ts';
import type { DestinationOf } from '#shared/destination.ts';
import { formatBytes } from '#shared/failure.ts';
import { isSuccess, parseAnswer, refusalOf } from '../answers.ts';
import { runflowDialect, saysNotUploaded } from './dialect.ts';

export type RunflowCall = ProviderCall<DestinationOf<'runflow'>>;

/** Every field may be null by the schema; a record without id and URL is none. */
const assetSchema = z.looseObject({
  id: z.string().min(1),
  url: z.string().min(1),
  size_bytes: z.number().nonnegative().nullish(),
  deleted_at: z.unknown().optional(),
});
export type RunflowAsset = z.infer<typeof assetSchema>;

export type Confirmation =
  | { readonly kind: 'confirmed'; readonly asset: RunflowAsset }
  /** The service has no bytes, or does not know the upload (any more). */
  | { readonly kind: 'missing'; readonly refusal: UploadError; readonly isForgotten: boolean };

export function callHeaders(call: RunflowCall): Record<string, string> {
  const { organizationId } = call.destination;
  return organizationId === undefined ? {} : { 'X-Organization-Id': organizationId };
}

export async function getAsset(id: string, call: RunflowCall): Promise<ApiResponse> {
  return call.api.request({
    method: 'GET',
    path: `/v1/assets/${encodeURIComponent(id)}`,
    headers: callHeaders(call),
    signal: call.signal,
  });
}

/** The record, or null where there is none yet (404, or a record without URL: not confirmed). */
export async function findAsset(id: string, call: RunflowCall): Promise<RunflowAsset | null> {
  const response = await getAsset(id, call);
  if (response.status === 404 || response.status === 410) return null;
  if (!isSuccess(response)) throw refusalOf(response, runflowDialect);
  const parsed = assetSchema.safeParse(response.body);
  if (parsed.success) return parsed.data.deleted_at == null ? parsed.data : null;
  const isRecord = z.looseObject({ id: z.string(), url: z.null().optional() }).safeParse(response.body);
  return isRecord.success ? null : parseAnswer(response, assetSchema, runflowDialect);
}

export function parseAsset(response: ApiResponse): RunflowAsset {
  return parseAnswer(response, assetSchema, runflowDialect);
}

/**
 * Tells the service that the bytes are there. Not idempotent (its documents: "mutations are not idempotent by
 * default"): whoever may have told it before looks with `findAsset` first.
 */
export async function confirm(id: string, call: RunflowCall): Promise<Confirmation> {
  const { folderId } = call.destination;
  const response = await call.api.request({
    method: 'POST',
    path: `/v1/asset-uploads/${encodeURIComponent(id)}/confirmations`,
    json: folderId === undefined ? {} : { folder_id: folderId },
    headers: callHeaders(call),
    signal: call.signal,
  });
  if (isSuccess(response)) return { kind: 'confirmed', asset: parseAsset(response) };
  const refusal = refusalOf(response, runflowDialect);
  if (response.status === 409) {
    const asset = await findAsset(id, call);
    return asset === null ? { kind: 'missing', refusal, isForgotten: false } : { kind: 'confirmed', asset };
  }
  if (response.status !== 404 && response.status !== 422) throw refusal;
  const words = refusal.failure.message;
  if (folderId !== undefined && /folder/i.test(words))
    throw new UploadError('rejected', words, { facts: refusal.failure.facts });
  // A 404 that is not this API's (a wrong base URL, a page) proves nothing about the upload.
  if (response.status === 404 && runflowDialect.wordsOf(response.body) === null) throw refusal;
  if (response.status === 422 && !saysNotUploaded(words)) throw refusal;
  return { kind: 'missing', refusal, isForgotten: response.status === 404 };
}

/** Checks the size that the service read from its own store. */
export function toAsset(record: RunflowAsset, file: OutgoingFile): Asset {
  const size = record.size_bytes ?? null;
  if (size !== null && size !== file.sizeBytes) {
    throw new UploadError(
      'asset-failed',
      `The service has ${formatBytes(size)} (${size} bytes) of ${file.sizeBytes} bytes.`,
      { facts: { sizeBytes: file.sizeBytes } },
    );
  }
  return {
    id: record.id,
    // The signed URL dies within minutes: it is asked for anew, and never kept.
    link: `runflow://assets/${record.id}`,
    linkKind: 'reference',
    linkExpiresAt: null,
    hasFreshUrl: true,
    confirmedBytes: size,
    artifacts: [],
  };
}
