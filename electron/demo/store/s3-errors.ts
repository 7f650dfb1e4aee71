import { randomBytes } from 'node:crypto';
import type { Answer } from '../http/answer.ts';

/** An error as S3-compatible stores write it: XML, not the JSON of the service. */
export function s3Error(
  status: number,
  code: string,
  message: string,
  details: Readonly<Record<string, string>> = {},
): Answer {
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  const fields = { Code: code, Message: message, ...details, RequestId: requestId, HostId: 'demo' };
  const inner = Object.entries(fields).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  return {
    status,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner.join('')}</Error>`,
  };
}

/** What a store says with a status when nothing more is known. */
export function s3Refusal(status: number): Answer {
  switch (status) {
    case 403:
      return s3Error(403, 'AccessDenied', 'Access Denied');
    case 404:
      return s3Error(404, 'NoSuchKey', 'The specified key does not exist.');
    case 412:
      return s3Error(
        412,
        'PreconditionFailed',
        'At least one of the pre-conditions you specified did not hold',
        {
          Condition: 'If-None-Match',
        },
      );
    case 409:
      return s3Error(
        409,
        'ConditionalRequestConflict',
        'The conditional request cannot succeed due to a conflicting operation.',
      );
    case 413:
      return s3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed object size.');
    case 429:
      return s3Error(429, 'TooManyRequests', 'Please reduce your request rate.');
    case 503:
      return s3Error(503, 'SlowDown', 'Please reduce your request rate.');
    default:
      return status >= 500
        ? s3Error(status, 'InternalError', 'We encountered an internal error. Please try again.')
        : s3Error(status, 'InvalidRequest', 'The request is not valid.');
  }
}

/** A body that ended before its Content-Length, written by hand because the connection is beyond HTTP by then. */
export function incompleteBody(): string {
  const { body = '' } = s3Error(
    400,
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );
  const head = [
    'HTTP/1.1 400 Bad Request',
    'Content-Type: application/xml',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return `${head.join('\r\n')}\r\nConnection: close\r\n\r\n${body}`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(value: string): string {
  return value.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
