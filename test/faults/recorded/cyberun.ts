/** Cyberun: a key and a signed PUT; one sentence for any error. */
import { z } from 'zod';
import { address, json, type RecordedAnswer, text } from './answer.ts';

const error = (status: number): RecordedAnswer => json(status, z.strictObject({ error_message: text }));

export const cyberun = {
  presigned: json(
    200,
    z.strictObject({
      file_key: text,
      upload_url: address,
      upload_headers: z.record(z.string(), z.string()),
    }),
  ),
  workflows: json(200, z.strictObject({ workflow_list: z.array(z.looseObject({ id: text })) })),
  badRequest: error(400),
  unauthorized: error(401),
  forbidden: error(403),
  missing: error(404),
  tooLarge: error(413),
  throttled: error(429),
  serverError: error(500),
} satisfies Readonly<Record<string, RecordedAnswer>>;
