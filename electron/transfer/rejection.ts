/** An answer of a store that is no success, as it may leave the HTTP layer: short and without secrets. */
import type { Rejection } from '#ports/transfer.ts';
import { parseRequestId, parseRetryAfter, parseSkew } from './answer-headers.ts';
import type { Answer } from './call.ts';
import type { Redact } from './redact.ts';
import { parseStoreError } from './store-error.ts';

export const messageLimit = 500;

export function toRejection(
  answer: Answer,
  context: { readonly host: string; readonly bytesSent: number; readonly redact: Redact },
): Rejection {
  const { status, headers, receivedAt } = answer;
  const error = parseStoreError(answer.body.toString('utf8'), headers['content-type'] ?? '');
  const serverSkew = error.serverTime === null ? null : error.serverTime - receivedAt;
  return {
    status,
    storeCode: plain(error.code, context.redact),
    message: shorten(context.redact(oneLine(error.message))),
    host: context.host,
    requestId: plain(parseRequestId(headers) ?? error.requestId, context.redact),
    retryAfterMs: parseRetryAfter(headers, receivedAt),
    skewMs: parseSkew(headers, receivedAt) ?? serverSkew,
    bytesSent: context.bytesSent,
  };
}

/** Codes and ids are short words. Others are dropped, and so are those that repeat a secret. */
export function plain(text: string | null, redact: Redact): string | null {
  if (text === null || !/^[\w.:=+/-]{1,128}$/.test(text)) return null;
  return redact(text) === text ? text : null;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}

function shorten(text: string): string {
  return text.length <= messageLimit ? text : `${text.slice(0, messageLimit - 1).toWellFormed()}…`;
}
