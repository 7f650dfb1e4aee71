/**
 * Runflow: create an upload, PUT the bytes, confirm. The confirmation HEADs the stored object, so the Asset carries the
 * real size and type, whatever was declared.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { buckets } from '../address.ts';
import { type DemoContext, type Dialect, describeUpload, targetTtl } from '../context.ts';
import { type Answer, json } from '../http/answer.ts';
import { readJson } from '../http/body.ts';
import type { Call, Surface } from '../http/surface.ts';
import { openRecords, type Records } from '../records.ts';
import { type AssetRecord, account, assetSchema, listAssets, present } from './asset.ts';
import { refuse, refuseFields } from './envelope.ts';
import { assetTypes } from './types.ts';

const uploadSchema = z.object({
  id: z.string(),
  fileName: z.string(),
  mimeType: z.string(),
  key: z.string(),
  isConfirmed: z.boolean(),
});
const maxBytes = 52_428_800;
const defaultTtlMs = 15 * 60_000;

const createBody = z.object({
  filename: z.string().min(1).max(500),
  mime_type: z
    .string()
    .min(1)
    .max(255)
    .refine((type) => assetTypes.some((known) => known.mime_type === type), 'This type is not supported.'),
  size_bytes: z.number().int().min(1).max(maxBytes, 'The maximum is 52428800 bytes.'),
});
const confirmBody = z.object({ folder_id: z.uuid().nullable().optional() }).optional();

export function runflow(context: DemoContext): Dialect {
  const uploads = openRecords(context.database, 'runflow-upload', uploadSchema);
  const assets = openRecords(context.database, 'runflow-asset', assetSchema);
  const { settings, address } = context;
  const surface: Surface = {
    prefix: '/runflow',
    dialectOf: () => 'runflow',
    guard: (call) =>
      call.request.headers.authorization === `Bearer ${address.runflow.key}` ? null : refuse(401),
    refuse: (status) => refuse(status),
    headers: () => (settings.runflow.rateLimitHeaders ? rateLimit : {}),
    routes: [
      {
        method: 'GET',
        pattern: '/v1/health',
        stage: 'other',
        isOpen: true,
        handle: () => json(200, { status: 'ok' }),
      },
      { method: 'GET', pattern: '/v1/auth/me', stage: 'other', handle: () => json(200, account) },
      { method: 'GET', pattern: '/v1/assets/types', stage: 'other', handle: () => types(context) },
      {
        method: 'POST',
        pattern: '/v1/asset-uploads',
        stage: 'reserve',
        handle: (call) => create(context, uploads, call),
      },
      {
        method: 'POST',
        pattern: '/v1/asset-uploads/:id/confirmations',
        stage: 'complete',
        handle: (call) => confirm(context, uploads, assets, call),
      },
      {
        method: 'GET',
        pattern: '/v1/assets',
        stage: 'other',
        handle: (call) => listAssets(context, assets, call),
      },
      {
        method: 'GET',
        pattern: '/v1/assets/:id',
        stage: 'poll',
        handle: ({ params }) => {
          const asset = assets.get(params.id ?? '');
          return asset === null ? refuse(404, 'Asset not found.') : json(200, present(context, asset));
        },
      },
    ],
  };
  return {
    surface,
    *uploads() {
      for (const { value: upload } of uploads.newest()) {
        const object = { bucket: buckets.runflow, key: upload.key };
        const state = upload.isConfirmed ? 'confirmed' : 'reserved';
        yield describeUpload(context, {
          dialect: 'runflow',
          id: upload.id,
          fileName: upload.fileName,
          state,
          object,
        });
      }
    },
  };
}

async function create(
  context: DemoContext,
  uploads: Records<z.infer<typeof uploadSchema>>,
  call: Call,
): Promise<Answer | null> {
  const body = await readJson(call.body);
  if (body.kind === 'broken') return null;
  if (body.kind === 'invalid') return refuse(400);
  const parsed = createBody.safeParse(body.value);
  if (!parsed.success) return refuseFields(parsed.error);

  const { filename, mime_type, size_bytes } = parsed.data;
  const id = randomUUID();
  const key = `assets/${id}/original`;
  // Signing the length binds the declared size, as an S3-compatible signer does when it is told to.
  const headers = { 'content-type': mime_type, 'content-length': String(size_bytes) };
  const ttlMs = targetTtl(context, 'runflow', defaultTtlMs);
  const target = context.targets.put('runflow', { bucket: buckets.runflow, key }, headers, ttlMs);
  uploads.put(id, { id, fileName: filename, mimeType: mime_type, key, isConfirmed: false });
  context.counters.dialects.runflow.reservations += 1;
  return json(201, { asset_id: id, upload_url: target.url });
}

async function confirm(
  context: DemoContext,
  uploads: Records<z.infer<typeof uploadSchema>>,
  assets: Records<AssetRecord>,
  call: Call,
): Promise<Answer | null> {
  const body = await readJson(call.body);
  if (body.kind === 'broken') return null;
  if (body.kind === 'invalid') return refuse(400);
  const parsed = confirmBody.safeParse(body.value);
  if (!parsed.success) return refuseFields(parsed.error);
  context.counters.dialects.runflow.completes += 1;

  const upload = uploads.get(call.params.id ?? '');
  if (upload === null) return refuse(404, 'Upload session not found.');
  const object = context.objects.find(buckets.runflow, upload.key);
  if (object === null)
    return refuse(context.settings.runflow.missingObject, 'The file has not been uploaded.');
  const repeat = upload.isConfirmed ? context.settings.runflow.repeatedConfirm : null;
  if (repeat === 'conflict') return refuse(409, 'This upload is confirmed already.');
  const before = assets.get(upload.id);
  if (repeat === 'again' && before !== null) return json(201, present(context, before));

  const asset: AssetRecord = {
    id: repeat === 'duplicate' ? randomUUID() : upload.id,
    uploadId: upload.id,
    name: upload.fileName,
    key: upload.key,
    mimeType: object.contentType ?? upload.mimeType,
    sizeBytes: object.sizeBytes,
    folderId: parsed.data?.folder_id ?? null,
    createdAt: context.now(),
  };
  assets.put(asset.id, asset);
  uploads.put(upload.id, { ...upload, isConfirmed: true });
  context.counters.dialects.runflow.assets += 1;
  return json(201, present(context, asset));
}

function types(context: DemoContext): Answer {
  switch (context.settings.runflow.typesShape) {
    case 'items':
      return json(200, { items: assetTypes });
    case 'strings':
      return json(
        200,
        assetTypes.map((type) => type.mime_type),
      );
    case 'absent':
      return refuse(404);
  }
}

const rateLimit = { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '999', 'x-ratelimit-reset': '60' };
