/** FLORA: every answer has a request id; errors are wrapped, and their codes come from a list. */
import { z } from 'zod';
import { address, json, type RecordedAnswer, text, time } from './answer.ts';

const requestId = { 'request-id': /^req_/ };

const error = (status: number, ...codes: readonly [string, ...string[]]): RecordedAnswer =>
  json(
    status,
    z.strictObject({
      error: z.strictObject({
        code: z.enum(codes),
        message: text,
        fields: z.array(z.strictObject({ field: text, message: text })).optional(),
      }),
    }),
    requestId,
  );

const assetId = z.string().regex(/^asset_/);
const workspaceId = z.string().regex(/^ws_/);
const status = z.enum(['pending_upload', 'ready', 'failed']);

const target = {
  upload: z
    .strictObject({
      url: address,
      method: z.literal('POST'),
      content_type: z.literal('multipart/form-data'),
      file_field: text,
      form_fields: z.record(z.string(), z.string()),
    })
    .optional(),
  upload_url: address.optional(),
  expires_at: time.optional(),
};

const progress = z.strictObject({
  asset_id: assetId,
  status,
  url: address.nullable(),
  workspace_id: workspaceId.nullable(),
  visibility: z.literal('workspace'),
  uploaded_via: z.enum(['url', 'signed_url', 'direct']).optional(),
  failure_message: z.string().nullish(),
  ...target,
});

const described = {
  asset_id: assetId,
  name: z.string().nullable(),
  description: z.string().nullable(),
  workspace_id: workspaceId,
  url: address.nullable(),
  content_type: z.string().nullable(),
  upload_content_type: z.string().nullable(),
  uploaded_via: z.enum(['url', 'signed_url', 'direct']),
  status,
  width: z.number().nullable(),
  height: z.number().nullable(),
  size_bytes: z.number().nullable(),
};

export const flora = {
  reserved: json(
    201,
    z.strictObject({
      asset_id: assetId,
      status: z.literal('pending_upload'),
      uploaded_via: z.literal('signed_url'),
      url: address,
      visibility: z.literal('workspace'),
      workspace_id: workspaceId,
      ...target,
    }),
    requestId,
  ),
  completed: json(200, progress, requestId),
  retried: json(200, progress, requestId),
  read: json(
    200,
    z.strictObject({ ...described, failure_message: z.string().nullable(), created_at: time }),
    requestId,
  ),
  listed: json(
    200,
    z.strictObject({
      assets: z.array(
        z.strictObject({
          ...described,
          created_at: z.int(),
          node_id: z.string().nullable(),
          project_id: z.string().nullable(),
        }),
      ),
      meta: z.strictObject({ next_cursor: z.string().nullable(), total_estimate: z.number().optional() }),
    }),
    requestId,
  ),
  attached: json(
    201,
    z.strictObject({
      project_id: z.string().regex(/^prj_/),
      asset_id: assetId,
      node_id: text,
      canvas_url: address,
    }),
    requestId,
  ),
  invalid: error(400, 'invalid_json', 'input_validation_error'),
  unauthorized: error(401, 'unauthorized', 'invalid_api_key'),
  noCredit: error(402, 'insufficient_credits'),
  forbidden: error(403, 'forbidden'),
  missing: error(404, 'not_found'),
  conflict: error(409, 'conflict', 'idempotency_duplicate'),
  otherBody: error(422, 'idempotency_conflict'),
  throttled: error(429, 'rate_limited'),
  serverError: error(500, 'internal_error', 'unknown_error'),
  unavailable: error(503, 'service_unavailable'),
} satisfies Readonly<Record<string, RecordedAnswer>>;
