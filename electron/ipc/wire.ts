/**
 * What goes over the local socket: one JSON object per line. The server greets with its protocol number; the client
 * asks with an id; answers carry that id and may come in any order; pushes carry a name.
 */
import { z } from 'zod';
import { failure, failureCodes } from '#shared/failure.ts';

/** Changes when an older side could not understand a newer one. */
export const protocol = 1;

/** A request may carry a million paths; an answer as many results. */
export const maxRequestBytes = 64 * 1024 * 1024;
export const maxAnswerBytes = 256 * 1024 * 1024;

export const requestMessageSchema = z.strictObject({
  id: z.number().int().nonnegative(),
  name: z.string().max(64),
  args: z.array(z.unknown()).max(8),
});
export type RequestMessage = z.infer<typeof requestMessageSchema>;

const failureSchema = z.object({
  // A newer engine may know a code that this side does not.
  code: z.enum(failureCodes as [string, ...string[]]).catch('internal'),
  message: z.string(),
  facts: z.record(z.string(), z.unknown()).catch({}),
});

export const serverMessageSchema = z.union([
  z.object({ hoist: z.number() }),
  z.object({
    id: z.number().int(),
    answer: z.object({ ok: z.literal(true), value: z.unknown().optional() }),
  }),
  z.object({ id: z.number().int(), answer: z.object({ ok: z.literal(false), failure: failureSchema }) }),
  z.object({ push: z.string().max(64), payload: z.unknown() }),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;

/** The line of an answer; one that cannot be sent becomes a failure that can. */
export function answerLine(id: number, answer: unknown): string {
  const line = JSON.stringify({ id, answer });
  if (line.length <= maxAnswerBytes) return `${line}\n`;
  return answerLine(id, {
    ok: false,
    failure: failure('invalid', 'The answer is too large for the local socket; ask for less at once.'),
  });
}
