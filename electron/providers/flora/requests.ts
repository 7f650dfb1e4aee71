/** The requests to FLORA. Each answers with what it was told; what to make of a refusal is the caller's. */
import type { ApiResponse } from '#ports/api-client.ts';
import type { OutgoingFile, ProviderCall } from '#ports/provider.ts';
import type { DestinationOf } from '#shared/destination.ts';
import { parseAnswer } from '../answers.ts';
import { declaredType, sentName } from '../file-facts.ts';
import { type AssetAnswer, assetAnswerSchema, assetListSchema } from './asset-answer.ts';
import { floraDialect } from './dialect.ts';

export type FloraCall = ProviderCall<DestinationOf<'flora'>>;

/** Exactly the fields of the specification, which forbids any other (so no `project_id`: ready assets are attached). */
export function createAsset(file: OutgoingFile, key: string, call: FloraCall): Promise<ApiResponse> {
  const { workspaceId, folder } = call.destination;
  return call.api.request({
    method: 'POST',
    path: '/assets',
    json: {
      source: 'signed-url',
      workspace_id: workspaceId,
      file_name: sentName(file.name),
      content_type: declaredType(file),
      ...(folder === undefined ? {} : { folder }),
    },
    headers: { 'Idempotency-Key': key },
    signal: call.signal,
  });
}

export function postAsset(
  assetId: string,
  verb: 'complete' | 'retry',
  call: FloraCall,
): Promise<ApiResponse> {
  return call.api.request({
    method: 'POST',
    path: `/assets/${encodeURIComponent(assetId)}/${verb}`,
    signal: call.signal,
  });
}

/** Null where FLORA has no such asset, or does not show it. */
export async function getAsset(assetId: string, call: FloraCall): Promise<AssetAnswer | null> {
  const response = await call.api.request({
    method: 'GET',
    path: `/assets/${encodeURIComponent(assetId)}`,
    signal: call.signal,
  });
  return isGone(response) ? null : parseAssetAnswer(response);
}

export function parseAssetAnswer(response: ApiResponse): AssetAnswer {
  return parseAnswer(response, assetAnswerSchema, floraDialect);
}

/** One page; `isWhole` says whether there are more. */
export async function listAssets(
  query: Readonly<Record<string, string>>,
  call: FloraCall,
): Promise<{ readonly assets: readonly AssetAnswer[]; readonly isWhole: boolean }> {
  const response = await call.api.request({
    method: 'GET',
    path: '/assets',
    query: { workspace_id: call.destination.workspaceId, limit: '100', ...query },
    signal: call.signal,
  });
  const page = parseAnswer(response, assetListSchema, floraDialect);
  return { assets: page.assets ?? [], isWhole: (page.meta?.next_cursor ?? null) === null };
}

/** 404 in FLORA's own form; any other 404 is not about the asset. */
export function isGone(response: ApiResponse): boolean {
  return response.status === 404 && floraDialect.wordsOf(response.body) !== null;
}

/**
 * The call does not fit the state of the asset: 409 by the survey of its errors, "validation or lifecycle error" by its
 * guide.
 */
export function isWrongState(response: ApiResponse): boolean {
  return response.status === 409 || response.status === 400 || response.status === 422;
}
