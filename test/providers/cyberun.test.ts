import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reservation } from '#ports/reservation.ts';
import { createProviders } from '#providers';
import { testCall, testFile, uploadErrorOf } from '../support/provider-call.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(() => server.finish());

const provider = () => createProviders().cyberun;
const destination = (more: Record<string, unknown> = {}, now?: () => number) =>
  testCall(
    { kind: 'cyberun', baseUrl: `${server.origin}/api/v1`, ...more },
    now === undefined ? {} : { now },
  );
const presign = 'POST /api/v1/r/files/presign';
const answer = (more: Record<string, unknown> = {}) => ({
  file_key: 'inputs/a/b/aW1hZ2UvcG5n/photo.png',
  upload_url: 'https://s3.example/k?X-Amz-Date=20260421T202927Z&X-Amz-Expires=900&X-Amz-Signature=s',
  upload_headers: { 'Content-Length': '1234', 'If-None-Match': '*' },
  ...more,
});
const day = 86_400_000;
const reservation: Reservation = {
  remoteId: 'inputs/k',
  target: { method: 'PUT', url: 'https://s3.example/k', headers: {} },
  issuedAt: 5000,
  memo: {},
};

describe('presign', () => {
  it('declares the exact size, keeps every signed header as it is and adds no other', async () => {
    server.expect([presign, { json: answer() }]);
    const [reserved] = await provider().reserve([testFile()], 'key', destination().call);
    expect(server.received[0]?.json).toEqual({
      file_name: 'photo.png',
      file_size: 1234,
      content_type: 'image/png',
    });
    expect(server.received[0]?.headers['x-team-id']).toBeUndefined();
    expect(reserved).toMatchObject({
      remoteId: answer().file_key,
      target: {
        method: 'PUT',
        url: answer().upload_url,
        headers: { 'Content-Length': '1234', 'If-None-Match': '*' },
      },
      expiresAt: expect.any(Number),
    });
    expect(Object.keys(reserved?.target.method === 'PUT' ? reserved.target.headers : {})).toHaveLength(2);
  });

  it('names the team where there is one', async () => {
    server.expect([
      presign,
      { status: 201, json: answer({ upload_headers: { 'content-type': 'image/png' } }) },
    ]);
    const [reserved] = await provider().reserve([testFile()], 'key', destination({ teamId: 't1' }).call);
    expect(server.received[0]?.headers['x-team-id']).toBe('t1');
    expect(reserved?.target).toMatchObject({ headers: { 'content-type': 'image/png' } });
  });

  it.each([undefined, null, {}])('sends no header of its own where %j are signed', async (upload_headers) => {
    server.expect([presign, { json: answer({ upload_headers }) }]);
    const [reserved] = await provider().reserve([testFile()], 'key', destination().call);
    expect(reserved?.target).toEqual({ method: 'PUT', url: answer().upload_url, headers: {} });
  });

  it.each([
    ['another length', { upload_headers: { 'content-length': '1' } }],
    ['a line break in a header', { upload_headers: { 'X-A': 'b\r\nX-Evil: 1' } }],
    ['a name that is none', { upload_headers: { 'X A': 'b' } }],
    ['no key', { file_key: '' }],
    ['no URL', { upload_url: 'not a url' }],
  ])('refuses an answer with %s', async (_name, more) => {
    server.expect([presign, { json: answer(more) }]);
    const error = await uploadErrorOf(provider().reserve([testFile()], 'key', destination().call));
    expect(error.code).toBe('bad-answer');
    expect(error.message).not.toMatch(/s3\.example|Evil/);
  });

  it('presigns again to renew', async () => {
    server.expect([presign, { json: answer({ file_key: 'second' }) }]);
    const [renewed] = await provider().renew([reservation], [testFile()], 'key', destination().call);
    expect(renewed?.remoteId).toBe('second');
  });
});

describe('after the bytes', () => {
  it('completes without a request; the key lives for a day from the upload', async () => {
    const { call } = destination({}, () => 9000);
    const completion = await provider().complete(reservation, testFile(), false, call);
    expect(completion).toEqual({
      done: true,
      asset: {
        id: 'inputs/k',
        link: 'inputs/k',
        linkKind: 'key',
        linkExpiresAt: 9000 + day,
        hasFreshUrl: false,
        confirmedBytes: null,
        artifacts: [],
      },
    });
  });

  it('counts the day from the earliest possible upload after a crash', async () => {
    const { call } = destination({}, () => 9000);
    const completion = await provider().complete(reservation, testFile(), true, call);
    expect(completion).toMatchObject({ asset: { linkExpiresAt: 5000 + day } });
  });

  it('sends again in doubt: 412 then says that it had arrived', async () => {
    expect(await provider().inspect(reservation, testFile(), destination().call)).toEqual({
      found: 'missing',
    });
    const rejection = {
      status: 412,
      storeCode: 'PreconditionFailed',
      message: '',
      host: 's3.example',
      requestId: null,
      retryAfterMs: null,
      skewMs: null,
      bytesSent: 0,
    };
    const tried = { reservation, signatureRefusedBefore: false, sizeBytes: 1234, now: 6000 };
    expect(provider().judge(rejection, { ...tried, wasDoubted: true })).toEqual({ kind: 'arrived' });
    expect(provider().judge(rejection, { ...tried, wasDoubted: false }).kind).toBe('spent');
  });

  it.each([
    // [status, code, bytes that had left us, in doubt before, what it means]
    [403, null, 100, false, 'spent signature-refused'],
    [403, null, 1234, false, 'doubted bad-answer'],
    [403, null, 1234, true, 'doubted bad-answer'],
    [403, null, 100, true, 'failed bad-answer'],
    [302, null, 100, true, 'failed bad-answer'],
    [302, null, 1234, false, 'spent bad-answer'],
    [404, null, 1234, true, 'doubted bad-answer'],
    [200, null, 100, false, 'failed bad-answer'],
    [200, null, 1234, false, 'doubted bad-answer'],
    [200, null, 1234, true, 'doubted bad-answer'],
    [200, null, 100, true, 'failed bad-answer'],
    [503, null, 1234, false, 'failed server-error'],
    // The store's own word: what came under this signature was never taken.
    [403, 'SignatureDoesNotMatch', 1234, true, 'spent signature-refused'],
    [412, 'PreconditionFailed', 1234, true, 'arrived'],
  ] as const)(
    'reads %i with code %s after %i bytes, doubted before: %s, as %s',
    (status, storeCode, bytesSent, wasDoubted, meaning) => {
      const rejection = {
        status,
        storeCode,
        message: '',
        host: 's3.example',
        requestId: null,
        retryAfterMs: null,
        skewMs: null,
        bytesSent,
      };
      const tried = {
        reservation: { ...reservation, expiresAt: 3_600_000 },
        signatureRefusedBefore: false,
        sizeBytes: 1234,
        wasDoubted,
        now: reservation.issuedAt + 1000,
      };
      const verdict = provider().judge(rejection, tried);
      expect('failure' in verdict ? `${verdict.kind} ${verdict.failure.code}` : verdict.kind).toBe(meaning);
    },
  );

  it('gives the key while it lives, and says when it is gone', async () => {
    const asset = {
      id: 'k',
      link: 'k',
      linkKind: 'key' as const,
      linkExpiresAt: 10_000,
      hasFreshUrl: false,
      confirmedBytes: null,
      artifacts: [],
    };
    const alive = await provider().link(asset, destination({}, () => 9999).call);
    expect(alive).toEqual({ text: 'k', kind: 'key', expiresAt: 10_000 });
    const error = await uploadErrorOf(provider().link(asset, destination({}, () => 10_000).call));
    expect(error.code).toBe('not-found');
  });
});

describe('check and verify', () => {
  it('takes files up to the limit of the destination', async () => {
    const { call } = destination({ maxSizeBytes: 2000 });
    const limits = await provider().limits(call);
    const check = (sizeBytes: number) => provider().check(testFile({ sizeBytes }), call.destination, limits);
    expect([check(0), check(2000), check(2001)?.code]).toEqual([null, null, 'too-large']);
  });

  it.each([
    [{ workflow_list: [{}, {}] }, 'key accepted, 2 workflows visible'],
    [{ workflow_list: [{}] }, 'key accepted, 1 workflow visible'],
    [{ workflow_list: null }, 'key accepted, 0 workflows visible'],
    [{ workflow_list: [{}], page_meta: { total_count: 31 } }, 'key accepted, 31 workflows visible'],
  ])('counts the workflows of %j', async (json, proof) => {
    server.expect(['GET /api/v1/r/workflows', { json }]);
    expect((await provider().verify(destination({ teamId: 't1' }).call)).proof).toBe(proof);
    expect(server.received[0]?.headers['x-team-id']).toBe('t1');
  });

  it('does not take any JSON for its API', async () => {
    server.expect(['GET /api/v1/r/workflows', { json: { ok: true } }]);
    expect((await uploadErrorOf(provider().verify(destination().call))).code).toBe('bad-answer');
  });
});
