/** A place to upload to, as it is stored (sealed: targets are secrets) and as transfer and providers hand it on. */
import { z } from 'zod';

const headers = z.record(z.string(), z.string());

export const uploadTargetSchema = z.discriminatedUnion('method', [
  z.object({ method: z.literal('PUT'), url: z.string(), headers }),
  z.object({
    method: z.literal('POST'),
    url: z.string(),
    /** In the server's order; the file part comes last. */
    fields: z.array(z.tuple([z.string(), z.string()])),
    fileField: z.string(),
  }),
]);
export type UploadTarget = z.infer<typeof uploadTargetSchema>;

export const reservationSchema = z.object({
  /** The service's name for the reserved file: asset id, file key, flow run id. */
  remoteId: z.string(),
  target: uploadTargetSchema,
  /** Epoch ms by this machine's clock, taken when the answer came. */
  issuedAt: z.number(),
  /** Epoch ms; absent where neither the API nor the URL says it. */
  expiresAt: z.number().optional(),
  /** When the store checks the expiry: at the start of a request or at its end. */
  checksAt: z.enum(['start', 'end']).optional(),
  /** What the provider must remember between its calls (Pupload: edge, artifact, dialect). Strings only. */
  memo: z.record(z.string(), z.string()).default({}),
});
export type Reservation = z.infer<typeof reservationSchema>;
