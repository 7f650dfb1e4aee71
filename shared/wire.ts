/**
 * What goes over a wire between an engine and a client of it: one JSON object per message (a line of the local socket, a
 * text frame of a WebSocket). The server greets with its protocol number; the client asks with an id; answers carry that
 * id and may come in any order; pushes carry a name, and those that are told together come in one message. Windows load
 * this: `zod/mini`, as in destination.ts.
 */
import * as z from 'zod/mini';
import { failure, failureCodes } from './failure.ts';
import type { Answer, Pushes, PushName, RequestName } from './ipc.ts';

/** Changes when an older side could not understand a newer one. */
export const protocol = 3;

/** A request may carry a million paths; an answer as many results. */
export const maxRequestBytes = 64 * 1024 * 1024;
export const maxAnswerBytes = 256 * 1024 * 1024;

/** One push, by its name. */
export type Push = { readonly [P in PushName]: { readonly name: P; readonly payload: Pushes[P] } }[PushName];

/** What is told at the same moment, in the order in which it is to be heard. */
export type PushRound = readonly Push[];

/** An answer to a name that nobody has checked yet. */
export type AnyAnswer = Answer<RequestName>;

const requestMessageSchema = z.strictObject({
  id: z.int().check(z.nonnegative()),
  name: z.string().check(z.maxLength(64)),
  args: z.array(z.unknown()).check(z.maxLength(8)),
});
export type RequestMessage = z.infer<typeof requestMessageSchema>;

const failureSchema = z.object({
  // A newer engine may know a code that this side does not.
  code: z.catch(z.enum(failureCodes as [string, ...string[]]), 'internal'),
  message: z.string(),
  facts: z.catch(z.record(z.string(), z.unknown()), {}),
});

const serverMessageSchema = z.union([
  z.object({ hoist: z.number() }),
  z.object({
    id: z.int(),
    answer: z.object({ ok: z.literal(true), value: z.optional(z.unknown()) }),
  }),
  z.object({ id: z.int(), answer: z.object({ ok: z.literal(false), failure: failureSchema }) }),
  z.object({ pushes: z.array(z.object({ name: z.string().check(z.maxLength(64)), payload: z.unknown() })) }),
]);
export type ServerMessage = z.infer<typeof serverMessageSchema>;

export const greetingMessage = (): string => JSON.stringify({ hoist: protocol });

export const pushMessage = (round: PushRound): string => JSON.stringify({ pushes: round });

/** An answer that is too large to be sent becomes a failure that can be. */
export function answerMessage(id: number, answer: AnyAnswer): string {
  const text = JSON.stringify({ id, answer });
  if (text.length <= maxAnswerBytes) return text;
  return answerMessage(id, {
    ok: false,
    failure: failure('invalid', 'The answer is too large to be sent; ask for less at once.'),
  });
}

/** What a client sent; null where it is no request at all. */
export function parseRequest(text: string): RequestMessage | null {
  try {
    const parsed = requestMessageSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Throws on what no engine says. */
export const parseServerMessage = (text: string): ServerMessage =>
  serverMessageSchema.parse(JSON.parse(text));
