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

const provider = () => createProviders().runflow;
const destination = (more: Record<string, unknown> = {}) =>
  testCall({ kind: 'runflow', baseUrl: server.origin, ...more });

const uploadUrl =
  'https://storage.example/k?X-Amz-Date=20260421T202927Z&X-Amz-Expires=900&X-Amz-Signature=s%2Fx';
const asset = (more: Record<string, unknown> = {}) => ({
  id: 'a/1',
  url: 'https://cdn.example/a?X-Amz-Date=20260421T202927Z&X-Amz-Expires=60&X-Amz-Signature=t',
  size_bytes: 1234,
  org_id: null,
  ...more,
});
const reservation = (more: Partial<Reservation> = {}): Reservation => ({
  remoteId: 'a/1',
  target: { method: 'PUT', url: uploadUrl, headers: {} },
  issuedAt: Date.now(),
  memo: {},
  ...more,
});
const create = 'POST /v1/asset-uploads';
const confirmation = 'POST /v1/asset-uploads/a%2F1/confirmations';
const read = 'GET /v1/assets/a%2F1';

describe('reserve', () => {
  it('declares name, type and size, and gives a target with the same type and the end of the URL', async () => {
    server.expect([create, { status: 201, json: { asset_id: 'a/1', upload_url: uploadUrl, extra: 1 } }]);
    const { call } = destination({ organizationId: 'org7' });
    const [reserved] = await provider().reserve([testFile({ name: 'cafe\u0301.png' })], 'key', call);
    expect(server.received[0]?.json).toEqual({
      filename: 'caf\u00e9.png',
      mime_type: 'image/png',
      size_bytes: 1234,
    });
    expect(server.received[0]?.headers['x-organization-id']).toBe('org7');
    expect(reserved).toMatchObject({
      remoteId: 'a/1',
      target: { method: 'PUT', url: uploadUrl, headers: { 'Content-Type': 'image/png' } },
      expiresAt: expect.any(Number),
    });
  });

  it('sends no organization where none is set, and knows no end where the URL says none', async () => {
    server.expect([create, { status: 201, json: { asset_id: 'a', upload_url: 'https://s.example/k' } }]);
    const [reserved] = await provider().reserve([testFile()], 'key', destination().call);
    expect(server.received[0]?.headers['x-organization-id']).toBeUndefined();
    expect(reserved).not.toHaveProperty('expiresAt');
  });

  it('cuts a name to 500 characters and keeps its extension', async () => {
    server.expect([create, { status: 201, json: { asset_id: 'a', upload_url: uploadUrl } }]);
    await provider().reserve(
      [testFile({ name: `${'\u{1F600}'.repeat(600)}.jpeg` })],
      'key',
      destination().call,
    );
    expect(server.received[0]?.json).toMatchObject({ filename: `${'\u{1F600}'.repeat(495)}.jpeg` });
  });

  it('renews by creating again', async () => {
    server.expect([create, { status: 201, json: { asset_id: 'b', upload_url: uploadUrl } }]);
    const [renewed] = await provider().renew([reservation()], [testFile()], 'key', destination().call);
    expect(renewed?.remoteId).toBe('b');
  });

  it.each([
    [201, { asset_id: 'a' }, 'bad-answer'],
    [201, { asset_id: 'a', upload_url: 'ftp://s.example/k' }, 'bad-answer'],
    [422, { code: 'VALIDATION', message: 'mime_type is not allowed' }, 'type-refused'],
    [402, { code: 'INSUFFICIENT_CREDIT', message: 'no balance' }, 'no-credit'],
    [403, { code: 'EMAIL_NOT_VERIFIED', message: 'verify' }, 'forbidden'],
  ])('reads %i %j', async (status, json, code) => {
    server.expect([create, { status, json }]);
    const error = await uploadErrorOf(provider().reserve([testFile()], 'key', destination().call));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('s.example');
  });

  it('passes an abort through untouched', async () => {
    const reason = new Error('stopped');
    const { call } = testCall(
      { kind: 'runflow', baseUrl: server.origin },
      { signal: AbortSignal.abort(reason) },
    );
    await expect(provider().reserve([testFile()], 'key', call)).rejects.toBe(reason);
  });
});

describe('limits', () => {
  it('asks for the types once, also when many ask at the same time', async () => {
    const gate = Promise.withResolvers<void>();
    server.expect(['GET /v1/assets/types', { json: { image: ['image/png'] }, after: gate.promise }]);
    const runflow = provider();
    const { call } = destination();
    const asked = [runflow.limits(call), runflow.limits(call)];
    gate.resolve();
    const all = [...(await Promise.all(asked)), await runflow.limits(call)];
    expect(all).toEqual(
      Array(3).fill({ maxBytes: 52_428_800, minBytes: 1, types: ['image/png'], edges: null }),
    );
  });

  it.each([
    [
      ['image/png', 'IMAGE/JPEG'],
      ['image/png', 'image/jpeg'],
    ],
    [{ types: [{ mime_type: 'image/png', extensions: ['.png'] }] }, ['image/png']],
    [{ items: [{ type: 'video/mp4' }] }, ['video/mp4']],
    [{ data: { image: ['image/*'], video: ['video/mp4'] } }, ['image/*', 'video/mp4']],
    [{ image: [{ content_type: 'image/svg+xml' }] }, ['image/svg+xml']],
    [{ hello: 'world' }, null],
    [[1, null, 'png'], null],
    ['text', null],
  ])('reads types from %j', async (json, types) => {
    server.expect(['GET /v1/assets/types', { json }]);
    expect((await provider().limits(destination().call)).types).toEqual(types);
  });

  it.each([404, 405])('remembers that a service has no list (%i)', async (status) => {
    server.expect(['GET /v1/assets/types', { status }]);
    const runflow = provider();
    const { call } = destination();
    await runflow.limits(call);
    expect((await runflow.limits(call)).types).toBeNull();
  });

  it('goes on without a list that fails, and asks again', async () => {
    server.expect(
      ['GET /v1/assets/types', { status: 503 }],
      ['GET /v1/assets/types', { json: ['image/png'] }],
    );
    const runflow = provider();
    const { call } = destination();
    expect((await runflow.limits(call)).types).toBeNull();
    expect((await runflow.limits(call)).types).toEqual(['image/png']);
  });
});

describe('check', () => {
  const limits = { maxBytes: 52_428_800, minBytes: 1, types: ['image/png', 'video/*'], edges: null };
  it.each([
    [{}, undefined],
    [{ sizeBytes: 52_428_800 }, undefined],
    [{ sizeBytes: 52_428_801 }, 'too-large'],
    [{ sizeBytes: 0 }, 'empty-file'],
    [{ mimeType: 'video/webm' }, undefined],
    [{ mimeType: 'image/PNG; charset=binary' }, undefined],
    [{ mimeType: 'image/gif' }, 'type-refused'],
    [{ mimeType: '' }, 'type-refused'],
    [{ name: ' ' }, 'name-refused'],
    [{ name: `${'x'.repeat(600)}.png` }, undefined],
  ])('%j', (file, code) => {
    expect(provider().check(testFile(file), destination().call.destination, limits)?.code).toBe(code);
  });

  it('names limit and size', () => {
    const refused = provider().check(testFile({ sizeBytes: 6e7 }), destination().call.destination, limits);
    expect(refused?.facts).toEqual({ limitBytes: 52_428_800, sizeBytes: 60_000_000 });
  });

  it('takes every type where none are known', () => {
    const unknown = { ...limits, types: null };
    expect(provider().check(testFile({ mimeType: '' }), destination().call.destination, unknown)).toBeNull();
  });
});

const kept = {
  id: 'a/1',
  link: 'runflow://assets/a/1',
  linkKind: 'reference',
  linkExpiresAt: null,
  hasFreshUrl: true,
  confirmedBytes: 1234,
  artifacts: [],
};

describe('complete', () => {
  it('confirms with the folder, and keeps the reference, never the short-lived URL', async () => {
    server.expect([confirmation, { status: 201, json: asset() }]);
    const { call } = destination({ folderId: 'f1' });
    const completion = await provider().complete(reservation(), testFile(), false, call);
    expect(completion).toEqual({ done: true, asset: kept });
    expect(server.received[0]?.json).toEqual({ folder_id: 'f1' });
  });

  it('looks before it confirms a second time', async () => {
    server.expect([read, { json: asset() }]);
    expect(await provider().complete(reservation(), testFile(), true, destination().call)).toEqual({
      done: true,
      asset: kept,
    });
  });

  it('confirms again where nothing is there, or only a record without a URL', async () => {
    server.expect([read, { status: 404 }], [confirmation, { status: 201, json: asset() }]);
    await provider().complete(reservation(), testFile(), true, destination().call);
    server.expect([read, { json: { id: 'a/1', url: null } }], [confirmation, { status: 201, json: asset() }]);
    await provider().complete(reservation(), testFile(), true, destination().call);
    expect(server.received[3]?.json).toEqual({});
  });

  it('reads a conflict by looking', async () => {
    server.expect([confirmation, { status: 409, json: { message: 'race' } }], [read, { json: asset() }]);
    const completion = await provider().complete(reservation(), testFile(), false, destination().call);
    expect(completion.done).toBe(true);
  });

  it.each([
    ['a conflict with nothing behind it', 409, { message: 'race' }, 'conflict', true],
    [
      'a conflict for want of bytes',
      409,
      { message: 'The file has not been uploaded.' },
      'not-arrived',
      true,
    ],
    [
      'an upload it does not know',
      404,
      { code: 'NOT_FOUND', message: 'no such upload' },
      'not-arrived',
      false,
    ],
    ['no bytes', 422, { message: 'object not uploaded' }, 'not-arrived', false],
    ['a refused type', 422, { message: 'mime_type is not allowed' }, 'type-refused', false],
    ['a 404 of something else', 404, undefined, 'bad-answer', false],
    ['a failure', 500, { message: 'oops' }, 'server-error', false],
  ])('says what %s means', async (_name, status, json, code, looks) => {
    server.expect([confirmation, json === undefined ? { status } : { status, json }]);
    if (looks) server.expect([read, { status: 404 }]);
    const error = await uploadErrorOf(
      provider().complete(reservation(), testFile(), false, destination().call),
    );
    expect(error.code).toBe(code);
  });

  it('does not take a wrong folder for missing bytes', async () => {
    server.expect([confirmation, { status: 404, json: { message: 'folder not found' } }]);
    const { call } = destination({ folderId: 'f1' });
    const error = await uploadErrorOf(provider().complete(reservation(), testFile(), false, call));
    expect(error.code).toBe('rejected');
  });

  it('refuses an asset of another size', async () => {
    server.expect([confirmation, { status: 201, json: asset({ size_bytes: 1000 }) }]);
    const error = await uploadErrorOf(
      provider().complete(reservation(), testFile(), false, destination().call),
    );
    expect(error.failure).toMatchObject({
      code: 'asset-failed',
      message: 'The service has 1.0 kB (1000 bytes) of 1234 bytes.',
    });
  });

  it('confirms no size where none is given', async () => {
    server.expect([confirmation, { status: 201, json: asset({ size_bytes: null }) }]);
    const completion = await provider().complete(reservation(), testFile(), false, destination().call);
    expect(completion).toMatchObject({ done: true, asset: { confirmedBytes: null } });
  });
});

describe('inspect', () => {
  it('looks first, so that a second inspection confirms nothing', async () => {
    server.expect([read, { json: asset() }]);
    expect(await provider().inspect(reservation(), testFile(), destination().call)).toEqual({
      found: 'completed',
      asset: kept,
    });
  });

  it('confirms what is not confirmed', async () => {
    server.expect([read, { status: 404 }], [confirmation, { status: 201, json: asset() }]);
    const inspection = await provider().inspect(reservation(), testFile(), destination().call);
    expect(inspection.found).toBe('completed');
  });

  it.each([
    [404, { message: 'gone' }],
    [422, { message: 'object not found in storage' }],
  ])('sends again while the URL lives (%i)', async (status, json) => {
    server.expect([read, { status: 404 }], [confirmation, { status, json }]);
    expect(await provider().inspect(reservation(), testFile(), destination().call)).toEqual({
      found: 'missing',
    });
  });

  it('reserves anew where the URL has run out', async () => {
    server.expect([read, { status: 404 }], [confirmation, { status: 404, json: { message: 'gone' } }]);
    const old = reservation({ expiresAt: Date.now() - 1 });
    expect(await provider().inspect(old, testFile(), destination().call)).toEqual({
      found: 'missing',
      reservation: null,
    });
  });
});

describe('link', () => {
  const stored = { ...kept, linkKind: 'reference' as const };

  it('asks for a fresh URL and says when it ends', async () => {
    server.expect([read, { json: asset() }]);
    const link = await provider().link(stored, destination().call);
    expect(link).toMatchObject({ text: asset().url, kind: 'url', expiresAt: expect.any(Number) });
  });

  it.each([500, 401, 429])('gives the reference where the service cannot say (%i)', async (status) => {
    server.expect([read, { status }]);
    expect(await provider().link(stored, destination().call)).toEqual({
      text: 'runflow://assets/a/1',
      kind: 'reference',
      expiresAt: null,
    });
  });

  it('gives the reference where the service cannot be reached', async () => {
    const { call } = testCall({ kind: 'runflow', baseUrl: 'http://127.0.0.1:9' });
    expect((await provider().link(stored, call)).kind).toBe('reference');
  });

  it.each([
    [404, undefined],
    [200, asset({ deleted_at: '2026-01-01T00:00:00Z' })],
  ])('throws where the asset is gone (%i)', async (status, json) => {
    server.expect([read, json === undefined ? { status } : { status, json }]);
    expect((await uploadErrorOf(provider().link(stored, destination().call))).code).toBe('not-found');
  });
});

describe('verify', () => {
  it.each([
    [{ email: 'maya@example.org', organization: { name: 'Studio North' } }, 'maya@example.org, Studio North'],
    [{ user: { first_name: 'Maya', last_name: 'Ito' } }, 'Maya Ito'],
    [{ id: 'u1' }, 'u1'],
    [{}, 'key accepted'],
  ])('names the account of %j', async (json, proof) => {
    server.expect(['GET /v1/auth/me', { json }], ['GET /v1/assets/types', { status: 404 }]);
    expect((await provider().verify(destination().call)).proof).toBe(proof);
    expect(server.received[0]?.headers.authorization).toBe('Bearer test-key');
  });

  it('says that the key was refused', async () => {
    server.expect(['GET /v1/auth/me', { status: 401, json: { code: 'UNAUTHORIZED', message: 'no' } }]);
    expect((await uploadErrorOf(provider().verify(destination().call))).code).toBe('key-refused');
  });
});
