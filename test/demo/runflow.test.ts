import { describe, expect, it } from 'vitest';
import type { DemoService } from '#demo';
import { type Ask, ask, bearer, demo, fakeClock, sha256, storeCode } from './support.ts';

const file = Buffer.from('a perfume bottle');
const declared = { filename: 'perfume-bottle.webp', mime_type: 'image/webp', size_bytes: file.length };

function api(service: DemoService, path: string, options: Ask = {}) {
  const { baseUrl, key } = service.address.runflow;
  return ask(`${baseUrl}${path}`, { ...options, headers: { ...bearer(key), ...options.headers } });
}

const create = (service: DemoService, body: object = declared) =>
  api(service, '/v1/asset-uploads', { method: 'POST', body });
const put = (url: string, body: Buffer = file, headers = {}) =>
  ask(url, { method: 'PUT', body, headers: { 'content-type': 'image/webp', ...headers } });
const confirm = (service: DemoService, id: string, body: object | undefined = {}) =>
  api(service, `/v1/asset-uploads/${id}/confirmations`, { method: 'POST', body });

describe('Runflow', () => {
  it('takes a file through create, PUT, confirm and get', async () => {
    const service = await demo();
    const created = await create(service);
    expect(created.status).toBe(201);
    expect(Object.keys(created.json)).toEqual(['asset_id', 'upload_url']);
    const url = new URL(created.json.upload_url);
    expect(url.origin).toBe(service.address.storeOrigin);
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host');

    const stored = await put(created.json.upload_url);
    expect(stored.status).toBe(200);
    expect(stored.headers.etag).toMatch(/^"[0-9a-f]{32}"$/);

    const confirmed = await confirm(service, created.json.asset_id);
    expect(confirmed.status).toBe(201);
    expect(confirmed.json).toMatchObject({
      id: created.json.asset_id,
      name: 'perfume-bottle.webp',
      mime_type: 'image/webp',
      size_bytes: file.length,
      asset_type: 'image',
      folder_id: null,
      deleted_at: null,
    });

    const got = await api(service, `/v1/assets/${created.json.asset_id}`);
    expect(got.status).toBe(200);
    const bytes = await ask(got.json.url);
    expect(bytes.bytes.equals(file)).toBe(true);
    expect(bytes.headers).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
    });

    const [upload] = service.stats().uploads;
    expect(upload).toMatchObject({
      sha256: sha256(file),
      bodies: 1,
      state: 'confirmed',
      sizeBytes: file.length,
    });
    expect(service.stats().dialects.runflow).toMatchObject({
      reservations: 1,
      uploads: 1,
      bodies: 1,
      completes: 1,
      assets: 1,
    });
    expect(service.stats().leakedCredentials).toBe(0);
  });

  it('answers the account, the types and the list', async () => {
    const service = await demo();
    expect((await api(service, '/v1/auth/me')).json.email).toContain('@');
    expect((await ask(`${service.address.runflow.baseUrl}/v1/health`)).status).toBe(200);
    expect((await api(service, '/v1/assets/types')).json.items).toContainEqual({
      mime_type: 'image/webp',
      asset_type: 'image',
    });
    for (let index = 0; index < 3; index += 1) {
      const { json } = await create(service);
      await put(json.upload_url);
      await confirm(service, json.asset_id);
    }
    const first = await api(service, '/v1/assets?limit=2');
    expect(first.json.items).toHaveLength(2);
    const second = await api(service, `/v1/assets?limit=2&pq=${first.json.next_pq}`);
    expect(second.json).toMatchObject({ items: [{ name: 'perfume-bottle.webp' }], next_pq: null });
  });

  it.each([
    ['an empty file', { ...declared, size_bytes: 0 }, 'size_bytes'],
    ['one byte too much', { ...declared, size_bytes: 52_428_801 }, 'size_bytes'],
    ['a type that is not in the list', { ...declared, mime_type: 'application/x-msdownload' }, 'mime_type'],
    ['no name', { ...declared, filename: '' }, 'filename'],
    ['a name of 501 characters', { ...declared, filename: 'x'.repeat(501) }, 'filename'],
  ])('refuses %s with 422 and the field', async (_name, body, field) => {
    const { status, json } = await create(await demo(), body);
    expect(status).toBe(422);
    expect(json).toMatchObject({ code: 'VALIDATION_ERROR', errors: [{ field }] });
  });

  it('takes the largest size there is', async () => {
    expect((await create(await demo(), { ...declared, size_bytes: 52_428_800 })).status).toBe(201);
  });

  it('refuses a missing or wrong key, and what is unknown', async () => {
    const service = await demo();
    const wrong = await api(service, '/v1/auth/me', { headers: bearer('rf_live_wrong') });
    expect(wrong.status).toBe(401);
    expect(wrong.json).toEqual({ code: 'UNAUTHORIZED', message: expect.any(String), errors: null });
    expect((await api(service, '/v1/assets/unknown')).json.code).toBe('NOT_FOUND');
    expect((await api(service, '/v1/asset-uploads', { method: 'POST', body: '{' })).status).toBe(400);
    expect((await confirm(service, 'unknown')).status).toBe(404);
  });

  it('refuses to confirm what never arrived, until it arrives', async () => {
    const service = await demo();
    const { json } = await create(service);
    expect((await confirm(service, json.asset_id)).status).toBe(404);
    await put(json.upload_url);
    expect((await confirm(service, json.asset_id, { folder_id: 'no-uuid' })).status).toBe(422);
    const folder_id = '3c90c3cc-0d44-4b50-8888-8dd25736052a';
    expect((await confirm(service, json.asset_id, { folder_id })).json.folder_id).toBe(folder_id);
  });

  it.each([
    ['conflict', 409, 1],
    ['again', 201, 1],
    ['duplicate', 201, 2],
  ] as const)('plays a repeated confirmation as %s', async (repeatedConfirm, status, assets) => {
    const service = await demo({ runflow: { repeatedConfirm } });
    const { json } = await create(service);
    await put(json.upload_url);
    const first = await confirm(service, json.asset_id);
    const second = await confirm(service, json.asset_id, undefined);
    expect(second.status).toBe(status);
    expect(service.stats().dialects.runflow.assets).toBe(assets);
    if (repeatedConfirm === 'again') expect(second.json.id).toBe(first.json.id);
    if (repeatedConfirm === 'duplicate') expect(second.json.id).not.toBe(first.json.id);
  });

  it('signs the declared type and length', async () => {
    const service = await demo();
    const { json } = await create(service);
    expect(storeCode(await put(json.upload_url, file, { 'content-type': 'image/png' }))).toBe(
      'SignatureDoesNotMatch',
    );
    expect(storeCode(await put(json.upload_url, Buffer.from('shorter')))).toBe('SignatureDoesNotMatch');
    expect((await put(json.upload_url)).status).toBe(200);
  });

  it('takes the same URL again while it lives, and none after', async () => {
    const clock = fakeClock();
    const service = await demo({ clock, ttlMs: 60_000 });
    const { json } = await create(service);
    expect((await put(json.upload_url)).status).toBe(200);
    clock.advance(60_000);
    expect((await put(json.upload_url)).status).toBe(200);
    clock.advance(1);
    const late = await put(json.upload_url);
    expect(late.status).toBe(403);
    expect(late.text).toContain('<Message>Request has expired</Message>');
    expect(late.text).toContain(
      '<Expires>2026-07-01T12:01:00Z</Expires><ServerTime>2026-07-01T12:01:00Z</ServerTime>',
    );
  });

  it('gives an asset a URL that dies, and a fresh one on request', async () => {
    const clock = fakeClock();
    const service = await demo({ clock, runflow: { linkTtlMs: 30_000 } });
    const { json } = await create(service);
    await put(json.upload_url);
    const { url } = (await confirm(service, json.asset_id)).json;
    clock.advance(31_000);
    expect((await ask(url)).status).toBe(403);
    const fresh = (await api(service, `/v1/assets/${json.asset_id}`)).json.url;
    expect((await ask(fresh)).status).toBe(200);
  });
});
