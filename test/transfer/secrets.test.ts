import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UploadError } from '#ports/upload-error.ts';
import { sourceError } from '../../electron/transfer/file-version.ts';
import { classifyNetworkError } from '../../electron/transfer/network-failure.ts';
import { createRedactor, secretsOfUrl } from '../../electron/transfer/redact.ts';
import { parseStoreError } from '../../electron/transfer/store-error.ts';
import { createClient, createFile, put, serveHttp, serveTcp } from '../support/transfer-stage.ts';

const secret = fc
  .string({ minLength: 10, maxLength: 40, unit: fc.constantFrom(...'ABCDEFGHabcdefgh0123456789+/=<>&"\'ü ') })
  // Blanks are folded in messages, and texts of blanks are no secrets.
  .filter((text) => /^\S.*\S$/.test(text) && !/\s{2}/.test(text));

/** The ways in which a server may quote what it was sent. */
const quotings: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => JSON.stringify(text).slice(1, -1),
  (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
];

const pages: readonly ((quoted: string) => { body: string; type: string })[] = [
  (q) => ({
    body: `<?xml version="1.0"?><Error><Code>${q}</Code><Message>bad ${q}.</Message><RequestId>${q}</RequestId></Error>`,
    type: 'application/xml',
  }),
  (q) => ({
    body: JSON.stringify({ message: `no ${q}`, code: q, error: { message: q } }),
    type: 'application/json',
  }),
  (q) => ({ body: `<html><title>${q}</title></html>`, type: 'text/html' }),
  (q) => ({ body: `cannot PUT https://h/p?sig=${q}`, type: 'text/plain' }),
  (q) => ({ body: `{broken ${q}`, type: 'text/plain' }),
];

function assertSilent(value: unknown, secrets: readonly string[]): void {
  const texts = [JSON.stringify(value), inspect(value, { depth: 20, showHidden: true })];
  if (value instanceof Error) texts.push(value.message, value.stack ?? '', String(value.cause));
  for (const text of texts) {
    for (const one of secrets) expect(text).not.toContain(one);
  }
}

test('no secret of a target comes back in any outcome', async () => {
  const file = await createFile(100);
  let answer = { body: '', type: '', status: 200, header: '' };
  const { origin } = await serveHttp((request, response) => {
    const headers = { 'content-type': answer.type, etag: answer.header, 'request-id': answer.header };
    request.resume().on('end', () => response.writeHead(answer.status, headers).end(answer.body));
  });
  const dead = 'https://127.0.0.1:1';
  const broken = await serveTcp((socket) => socket.destroy());
  const { transfer, createApiClient } = createClient();
  await fc.assert(
    fc.asyncProperty(
      secret,
      secret,
      fc.constantFrom(...quotings),
      fc.constantFrom(...pages),
      fc.constantFrom(200, 302, 400, 403, 500),
      async (inQuery, inField, quote, page, status) => {
        const header = /^[\x21-\x7e]+$/.test(inQuery) ? inQuery : 'x';
        answer = { ...page(quote(inQuery) + quote(inField)), status, header };
        const exchanges: unknown[] = [];
        const onExchange = (exchange: unknown) => exchanges.push(exchange);
        const secrets = [inQuery, inField, encodeURIComponent(inQuery)];
        for (const at of [origin, dead, broken.origin, 'http://plain.test', 'https://u:p@h.test']) {
          const url = `${at}/o?sig=${encodeURIComponent(inQuery)}&x=1`;
          const fields: [string, string][] = [['policy', inField]];
          const form = { method: 'POST', url, fields, fileField: 'file' } as const;
          assertSilent(await transfer.send(put(file, url, { onExchange })), secrets.slice(0, 1));
          assertSilent(await transfer.send(put(file, url, { target: form, onExchange })), secrets);
        }
        assertSilent(exchanges, secrets);
        const destination = {
          id: 'd',
          name: 'n',
          kind: 'flora',
          lanes: 1,
          isPaused: false,
          isDemo: false,
          workspaceId: 'ws_1',
        } as const;
        for (const baseUrl of [dead, broken.origin]) {
          const api = createApiClient({
            destination: { ...destination, baseUrl },
            credential: 'sk_live_verysecret',
          });
          const asked = api.request({
            method: 'GET',
            path: '/x',
            query: { q: inQuery },
            signal: new AbortController().signal,
          });
          const error = await asked.catch((thrown: unknown) => thrown);
          expect(error).toBeInstanceOf(UploadError);
          assertSilent(error, [inQuery, 'verysecret']);
        }
      },
    ),
    { numRuns: 40 },
  );
});

describe('the redactor', () => {
  const redact = createRedactor(secretsOfUrl('https://h/p?X-Amz-Signature=abcdef012345&d=3600#f'));
  test.each([
    ['signature abcdef012345 is wrong', 'signature … is wrong'],
    ['see https://x.test/a?b=c#d, then', 'see https://x.test/a?… then'],
    ['token=abc, policy: "xyz"', 'token=…, policy: "…"'],
    ['Authorization: Bearer abc.def', 'Authorization: … …'],
    ['X-Amz-Credential=AKIA/2026', 'X-Amz-Credential=…'],
    [`id ${'a1'.repeat(30)}`, 'id …'],
    ['The bucket 3600 of h was not found.', 'The bucket 3600 of h was not found.'],
  ])('%s', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });
});

describe('parseStoreError', () => {
  const nothing = { code: null, message: '', requestId: null, serverTime: null };
  test.each([
    [
      '<?xml version="1.0"?>\n<Error><Code>RequestTimeTooSkewed</Code><Message>a &lt;b&gt; &#x41;&#66;</Message><RequestId>r</RequestId><ServerTime>2026-01-01T00:00:00Z</ServerTime></Error>',
      'application/xml',
      { code: 'RequestTimeTooSkewed', message: 'a <b> AB', requestId: 'r', serverTime: Date.UTC(2026, 0, 1) },
    ],
    [
      '{"message":"Your request is old","help":"h"}',
      'application/json',
      { ...nothing, message: 'Your request is old' },
    ],
    ['{"error":{"code":"c","message":"m"}}', '', { ...nothing, code: 'c', message: 'm' }],
    ['{"error":"e"}', '', { ...nothing, message: 'e' }],
    ['<!DOCTYPE html><html>Sign in</html>', '', { ...nothing, message: 'an HTML page' }],
    ['Sign in', 'text/html; charset=utf-8', { ...nothing, message: 'an HTML page' }],
    ['<feed></feed>', 'application/xml', { ...nothing, message: 'an XML page' }],
    ['{broken', 'application/json', { ...nothing, message: '{broken' }],
    ['plain words', 'text/plain', { ...nothing, message: 'plain words' }],
    ['', '', nothing],
  ])('%s', (text, type, parsed) => {
    expect(parseStoreError(text, type)).toEqual(parsed);
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (text, type) => void parseStoreError(text, type)));
    fc.assert(fc.property(fc.json(), (text) => void parseStoreError(text, 'application/json')));
  });
});

describe('classifyNetworkError', () => {
  const withCode = (code: string, more: object = {}) =>
    Object.assign(new Error(`secret ${code}`), { code, ...more });
  test.each([
    ['ENOTFOUND', 'unreachable'],
    ['EAI_AGAIN', 'unreachable'],
    ['ECONNREFUSED', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ECONNRESET', 'connection-broken'],
    ['EPIPE', 'connection-broken'],
    ['ETIMEDOUT', 'timeout'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['HPE_INVALID_CONSTANT', 'bad-answer'],
    ['ERR_TARGET_REFUSED', 'target-refused'],
    ['EWHATEVER', 'connection-broken'],
  ])('%s: %s, plain, wrapped or among others', (code, expected) => {
    for (const error of [
      withCode(code),
      withCode('ERR_GOT_REQUEST_ERROR', { cause: withCode(code) }),
      new AggregateError([withCode(code)], 'secret'),
    ]) {
      const failure = classifyNetworkError(error);
      expect(failure.code).toBe(expected);
      expect(failure.detail).not.toContain('secret');
    }
  });

  test.each([
    [407, 'proxy-refused'],
    [502, 'unreachable'],
    [undefined, 'unreachable'],
  ])('a tunnel that was answered %s: %s', (statusCode, expected) => {
    const tunnel = withCode('ERR_PROXY_TUNNEL', statusCode === undefined ? {} : { statusCode });
    expect(classifyNetworkError(withCode('X', { cause: tunnel })).code).toBe(expected);
  });

  test('takes anything', () => {
    fc.assert(
      fc.property(fc.anything(), (thrown) => classifyNetworkError(thrown).code === 'connection-broken'),
    );
  });
});

test.each([
  ['ENOENT', 'file-missing'],
  ['EACCES', 'file-unreadable'],
  ['EPERM', 'file-unreadable'],
  ['EBUSY', 'file-locked'],
  ['EIO', 'read-failed'],
  ['ESTALE', 'read-failed'],
  ['ELOOP', 'not-a-file'],
  ['EMFILE', 'internal'],
])('a file that gives %s is %s', (errno, expected) => {
  expect(sourceError(Object.assign(new Error('x'), { code: errno })).code).toBe(expected);
});
