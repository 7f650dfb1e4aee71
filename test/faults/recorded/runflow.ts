/** Runflow: one envelope for all errors, whose `code` stays. */
import { z } from 'zod';
import { address, json, type RecordedAnswer, text, time } from './answer.ts';

const error = (status: number, code: string): RecordedAnswer =>
  json(
    status,
    z.strictObject({
      code: z.literal(code),
      message: text,
      errors: z.array(z.looseObject({ message: z.string() })).nullable(),
    }),
  );

const asset = z.strictObject({
  id: text,
  org_id: text.nullable(),
  folder_id: text.nullable(),
  name: text.nullable(),
  r2_key: text.nullable(),
  url: address,
  thumbnail_url: address.nullable(),
  mime_type: text.nullable(),
  size_bytes: z.int().nullable(),
  asset_type: text.nullable(),
  source_type: text.nullable(),
  source_id: text.nullable(),
  created_by: text.nullable(),
  created_at: time.nullable(),
  updated_at: time.nullable(),
  deleted_at: time.nullable(),
  deleted_by: text.nullable(),
  created_by_user: z.looseObject({}).nullish(),
});

export const runflow = {
  created: json(201, z.strictObject({ asset_id: text, upload_url: address })),
  confirmed: json(201, asset),
  read: json(200, asset),
  listed: json(
    200,
    z.strictObject({ items: z.array(asset), next_pq: text.nullable(), prev_pq: text.nullable() }),
  ),
  unauthorized: error(401, 'UNAUTHORIZED'),
  noCredit: error(402, 'INSUFFICIENT_CREDIT'),
  forbidden: error(403, 'PERMISSION_DENIED'),
  missing: error(404, 'NOT_FOUND'),
  conflict: error(409, 'CONFLICT'),
  invalid: error(422, 'VALIDATION_ERROR'),
  throttled: error(429, 'RATE_LIMITED'),
} satisfies Readonly<Record<string, RecordedAnswer>>;
