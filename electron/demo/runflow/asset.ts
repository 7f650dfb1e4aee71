/** The Asset of Runflow, as it is kept and as it is shown. */
import { z } from 'zod';
import { buckets } from '../address.ts';
import type { DemoContext } from '../context.ts';
import { type Answer, json } from '../http/answer.ts';
import type { Call } from '../http/surface.ts';
import type { Records } from '../records.ts';
import { assetTypeOf } from './types.ts';

export const assetSchema = z.object({
  id: z.string(),
  uploadId: z.string(),
  name: z.string(),
  key: z.string(),
  mimeType: z.string(),
  sizeBytes: z.number(),
  folderId: z.string().nullable(),
  createdAt: z.number(),
});
export type AssetRecord = z.infer<typeof assetSchema>;

/** Lists take `limit` and a cursor `pq`, and answer `items`, `next_pq`, `prev_pq`; backwards is not played. */
export function listAssets(context: DemoContext, assets: Records<AssetRecord>, call: Call): Answer {
  const limit = Math.min(500, Math.max(1, Number(call.query.get('limit') ?? 50) || 50));
  const cursor = Number(call.query.get('pq') ?? Number.NaN);
  const items: object[] = [];
  let last = 0;
  for (const { seq, value } of assets.newest(Number.isSafeInteger(cursor) ? cursor : undefined)) {
    if (items.length === limit) return json(200, { items, next_pq: String(last), prev_pq: null });
    items.push(present(context, value));
    last = seq;
  }
  return json(200, { items, next_pq: null, prev_pq: null });
}

/** An Asset as the API shows it. `url` is signed anew on every answer and lives for minutes: nothing to keep. */
export function present(context: DemoContext, asset: AssetRecord): object {
  const object = { bucket: buckets.runflow, key: asset.key };
  const { url } = context.targets.get(object, context.settings.runflow.linkTtlMs);
  const assetType = assetTypeOf(asset.mimeType);
  const createdAt = new Date(asset.createdAt).toISOString();
  return {
    id: asset.id,
    org_id: account.org_id,
    folder_id: asset.folderId,
    name: asset.name,
    r2_key: asset.key,
    url,
    thumbnail_url: assetType === 'image' ? url : null,
    mime_type: asset.mimeType,
    size_bytes: asset.sizeBytes,
    asset_type: assetType,
    source_type: 'upload',
    source_id: asset.uploadId,
    created_by: account.id,
    created_at: createdAt,
    updated_at: createdAt,
    deleted_at: null,
    deleted_by: null,
  };
}

export const account = {
  id: 'demo-user',
  email: 'demo@example.invalid',
  first_name: 'Demo',
  last_name: 'Account',
  org_id: 'demo-organization',
};
