/** FLORA's asset answers: create, complete, retry and retrieve share most of their fields. */
import { z } from 'zod';
import type { UploadTarget } from '#ports/reservation.ts';
import { fieldOf } from '../read-json.ts';
import { uploadUrlSchema } from '../upload-url.ts';

const formValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** Snake case since May 2026; the prose and older servers write camel case. Both are read. */
const uploadSchema = z.preprocess(
  (value) =>
    typeof value !== 'object' || value === null
      ? value
      : {
          url: fieldOf(value, 'url'),
          method: fieldOf(value, 'method'),
          fileField: fieldOf(value, 'file_field') ?? fieldOf(value, 'fileField'),
          formFields: fieldOf(value, 'form_fields') ?? fieldOf(value, 'formFields'),
        },
  z.object({
    url: uploadUrlSchema,
    method: z.string().nullish(),
    fileField: z.string().min(1).nullish(),
    formFields: z.record(z.string(), formValue).nullish(),
  }),
);

export const assetAnswerSchema = z.preprocess(
  (value) =>
    typeof value !== 'object' || value === null
      ? value
      : {
          assetId: fieldOf(value, 'asset_id') ?? fieldOf(value, 'assetId'),
          status: fieldOf(value, 'status'),
          url: fieldOf(value, 'url'),
          upload: fieldOf(value, 'upload'),
          uploadUrl: fieldOf(value, 'upload_url') ?? fieldOf(value, 'uploadUrl'),
          expiresAt: fieldOf(value, 'expires_at') ?? fieldOf(value, 'expiresAt'),
          failureMessage: fieldOf(value, 'failure_message') ?? fieldOf(value, 'failureMessage'),
          sizeBytes: fieldOf(value, 'size_bytes') ?? fieldOf(value, 'sizeBytes'),
          projectId: fieldOf(value, 'project_id') ?? fieldOf(value, 'projectId'),
          name: fieldOf(value, 'name') ?? fieldOf(value, 'file_name'),
          createdAt: fieldOf(value, 'created_at') ?? fieldOf(value, 'createdAt'),
        },
  z.object({
    assetId: z.string().min(1),
    /** `pending_upload`, `ready`, `failed`; any other counts as not ready yet. */
    status: z.string(),
    url: z.string().min(1).nullish(),
    upload: uploadSchema.nullish(),
    uploadUrl: uploadUrlSchema.nullish(),
    expiresAt: z.unknown().optional(),
    failureMessage: z.string().nullish(),
    sizeBytes: z.number().nonnegative().nullish(),
    projectId: z.string().nullish(),
    name: z.string().nullish(),
    createdAt: z.unknown().optional(),
  }),
);
export type AssetAnswer = z.output<typeof assetAnswerSchema>;

export const assetListSchema = z.looseObject({
  assets: z.array(assetAnswerSchema).nullish(),
  meta: z.looseObject({ next_cursor: z.string().nullish() }).nullish(),
});

/** `ready` without a URL has nothing to give yet. */
export function isReady(answer: AssetAnswer): boolean {
  return answer.status === 'ready';
}

/** Where the bytes go; null where the answer offers no target. */
export function targetOf(answer: AssetAnswer, type: string): UploadTarget | null {
  const { upload, uploadUrl } = answer;
  if (upload != null) {
    if ((upload.method ?? 'POST').toUpperCase() === 'PUT')
      return { method: 'PUT', url: upload.url, headers: { 'Content-Type': type } };
    return {
      method: 'POST',
      url: upload.url,
      fields: Object.entries(upload.formFields ?? {}),
      fileField: upload.fileField ?? 'file',
    };
  }
  return uploadUrl == null ? null : { method: 'PUT', url: uploadUrl, headers: { 'Content-Type': type } };
}
