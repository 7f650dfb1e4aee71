import { describe, expect, it } from 'vitest';
import type { DemoOptions, DemoService } from '#demo';
import { type Ask, ask, bearer, demo, fakeClock, formOf, sha256 } from './support.ts';

const file = Buffer.from('a hero');

function api(service: DemoService, path: string, options: Ask = {}) {
  const { baseUrl, key } = service.address.flora;
  return ask(`${baseUrl}${path}`, { ...options, headers: { ...bearer(key), ...options.headers } });
}

function bodyFor(service: DemoService, extra: object = {}) {
  return {
    source: 'signed-url',
    workspace_id: service.address.flora.workspaceId,
    file_name: 'hero.png',
    content_type: 'image/png',
    folder: 'api-uploads',
    ...extra,
  };
}

const reserve = (service: DemoService, extra: object = {}, headers = {}) =>
  api(service, '/assets', { method: 'POST', body: bodyFor(service, extra), headers });
const complete = (service: DemoService, id: string) =>
  api(service, `/assets/${id}/complete`, { method: 'POST' });
const retry = (service: DemoService, id: string) => api(service, `/assets/${id}/retry`, { method: 'POST' });

interface Upload {
  readonly url: string;
  readonly form_fields: Record<string, string>;
}

function post(
  { url, form_fields }: Upload,
  change: (fields: [string, string][]) => [string, string][] = (same) => same,
) {
  const { body, headers } = formOf(change(Object.entries(form_fields)), file);
  return ask(url, { method: 'POST', body, headers });
}

async function ready(options: Partial<DemoOptions> = {}) {
  const service = await demo({ ...options, flora: { readyAfterMs: 0, ...options.flora } });
  const { json } = await reserve(service);
  await post(json.upload);
  const completed = await complete(service, json.asset_id);
  return { service, id: json.asset_id as string, completed };
}

describe('FLORA', () => {
  it('takes a file through reserve, form, complete, poll and attach', async () => {
    const clock = fakeClock();
    const service = await demo({ clock });
    const reserved = await reserve(service);
    expect(reserved.status).toBe(201);
    expect(reserved.headers['request-id']).toMatch(/^req_/);
    expect(reserved.json).toMatchObject({
      asset_id: expect.stringMatching(/^asset_/),
      status: 'pending_upload',
      uploaded_via: 'signed_url',
      visibility: 'workspace',
      workspace_id: service.address.flora.workspaceId,
      upload: { method: 'POST', content_type: 'multipart/form-data', file_field: 'file' },
      upload_url: reserved.json.upload.url,
      expires_at: '2026-07-01T12:30:00.000Z',
    });
    const { asset_id: id, url, upload } = reserved.json;
    expect(Object.keys(upload.form_fields)).toEqual([
      'fileName',
      'folder',
      'useUniqueFileName',
      'publicKey',
      'signature',
      'expire',
      'token',
    ]);
    expect((await ask(url)).status).toBe(404);

    expect((await post(upload)).status).toBe(200);
    const completed = await complete(service, id);
    expect([completed.status, completed.json.status]).toEqual([200, 'pending_upload']);
    expect(completed.json.upload).toBeUndefined();
    expect((await ask(url)).status).toBe(409);

    clock.advance(1500);
    const got = await api(service, `/assets/${id}`);
    expect(got.json).toMatchObject({
      asset_id: id,
      name: 'hero.png',
      status: 'ready',
      size_bytes: file.length,
      failure_message: null,
      content_type: 'image/png',
      upload_content_type: 'image/png',
      created_at: '2026-07-01T12:00:00.000Z',
      url,
    });
    const bytes = await ask(url);
    expect([bytes.status, bytes.bytes.equals(file), bytes.headers['content-type']]).toEqual([
      200,
      true,
      'image/png',
    ]);

    const project = service.address.flora.projectId;
    const attached = await api(service, `/projects/${project}/assets/${id}/attach`, { method: 'POST' });
    expect(attached.status).toBe(201);
    expect(attached.json).toEqual({
      project_id: project,
      asset_id: id,
      node_id: expect.stringMatching(/^node_/),
      canvas_url: expect.any(String),
    });
    expect(service.stats().dialects.flora).toMatchObject({
      reservations: 1,
      uploads: 1,
      bodies: 1,
      completes: 1,
      polls: 1,
      assets: 1,
    });
    expect(service.stats().uploads[0]).toMatchObject({ sha256: sha256(file), state: 'ready', bodies: 1 });
  });

  it('answers workspaces and projects', async () => {
    const service = await demo();
    const { workspaceId, projectId } = service.address.flora;
    expect((await api(service, '/workspaces')).json.workspaces).toEqual([
      { workspace_id: workspaceId, name: expect.any(String), role: 'owner', created_at: expect.any(Number) },
    ]);
    expect((await api(service, `/projects?workspace_id=${workspaceId}`)).json.projects[0].project_id).toBe(
      projectId,
    );
  });

  it.each([
    ['a property that is not in the schema', { idempotency_key: 'x' }, 'idempotency_key'],
    ['a project on create', { project_id: 'prj_1' }, 'project_id'],
    ['a workspace id of another kind', { workspace_id: 'prj_1' }, 'workspace_id'],
    ['a placeholder as source', { source: 'upload' }, 'source'],
    ['a number as name', { file_name: 7 }, 'file_name'],
  ])('refuses %s', async (_name, extra, field) => {
    const service = await demo();
    const { status, json, headers } = await reserve(service, extra);
    expect(status).toBe(400);
    expect(json.error).toMatchObject({ code: 'input_validation_error', fields: [{ field }] });
    expect(headers['request-id']).toMatch(/^req_/);
  });

  it('refuses foreign keys, workspaces, ids and bodies', async () => {
    const service = await demo();
    const { baseUrl } = service.address.flora;
    expect((await ask(`${baseUrl}/workspaces`)).json.error.code).toBe('unauthorized');
    expect((await api(service, '/workspaces', { headers: bearer('sk_live_x') })).json.error.code).toBe(
      'invalid_api_key',
    );
    expect((await reserve(service, { workspace_id: 'ws_other' })).status).toBe(403);
    expect((await api(service, '/assets/asset_unknown')).json.error.code).toBe('not_found');
    expect((await api(service, '/assets/prj_1')).json.error.code).toBe('input_validation_error');
    expect((await api(service, '/assets', { method: 'POST', body: '{' })).json.error.code).toBe(
      'invalid_json',
    );
    const direct = {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    };
    expect((await api(service, '/assets', direct)).status).toBe(415);
  });

  it('answers a used Idempotency-Key with 409, or with the first answer again', async () => {
    const key = { 'idempotency-key': '5a7f0d1e-0000-4000-8000-000000000000' };
    const clock = fakeClock();
    const strict = await demo({ clock });
    const first = await reserve(strict, {}, key);
    expect((await reserve(strict, {}, key)).json.error.code).toBe('idempotency_duplicate');
    const other = await reserve(strict, { file_name: 'other.png' }, key);
    expect([other.status, other.json.error.code]).toEqual([422, 'idempotency_conflict']);
    expect(strict.stats().dialects.flora.reservations).toBe(1);
    const found = await api(strict, `/assets?workspace_id=${strict.address.flora.workspaceId}&query=HERO`);
    expect(found.json.assets).toMatchObject([
      { asset_id: first.json.asset_id, status: 'pending_upload', created_at: clock.now() },
    ]);
    clock.advance(2 * 3_600_000);
    expect((await reserve(strict, {}, key)).status).toBe(201);

    const mild = await demo({ flora: { usedKey: 'replay' } });
    const original = await reserve(mild, {}, key);
    const replayed = await reserve(mild, {}, key);
    expect([replayed.status, replayed.text]).toEqual([201, original.text]);
    expect(replayed.headers['idempotent-replayed']).toBe('true');
  });

  it('pages through its list', async () => {
    const service = await demo();
    for (let index = 0; index < 3; index += 1) await reserve(service, { file_name: `${index}.png` });
    const first = await api(service, '/assets?limit=2');
    const second = await api(service, `/assets?limit=2&cursor=${first.json.meta.next_cursor}`);
    const names = [...first.json.assets, ...second.json.assets].map(({ name }: { name: string }) => name);
    expect(names).toEqual(['2.png', '1.png', '0.png']);
    expect(second.json.meta.next_cursor).toBeNull();
    expect((await api(service, '/assets?limit=101')).status).toBe(400);
  });

  it.each([
    ['fields in another order', (fields: [string, string][]) => fields.toReversed()],
    ['a missing field', (fields: [string, string][]) => fields.slice(1)],
    [
      'a changed name',
      (fields: [string, string][]) =>
        fields.map(([n, v]): [string, string] => [n, n === 'fileName' ? 'x' : v]),
    ],
    [
      'a longer life',
      (fields: [string, string][]) =>
        fields.map(([n, v]): [string, string] => [n, n === 'expire' ? `${v}9` : v]),
    ],
    [
      'an unknown token',
      (fields: [string, string][]) => fields.map(([n, v]): [string, string] => [n, n === 'token' ? 'x' : v]),
    ],
  ])('refuses a form with %s', async (_name, change) => {
    const service = await demo();
    const { json } = await reserve(service);
    expect((await post(json.upload, change)).status).toBe(400);
    expect(service.stats().uploads[0]?.sizeBytes).toBeNull();
  });

  it('refuses the file before the fields, a chunked form, and a credential', async () => {
    const service = await demo();
    const { upload } = (await reserve(service)).json;
    const fields = Object.entries<string>(upload.form_fields);
    const swapped = formOf(fields, file, true);
    expect((await ask(upload.url, { method: 'POST', ...swapped })).status).toBe(400);
    const good = formOf(fields, file);
    expect((await ask(upload.url, { method: 'POST', ...good, isChunked: true })).status).toBe(411);
    const headers = { ...good.headers, ...bearer(service.address.flora.key) };
    expect((await ask(upload.url, { method: 'POST', body: good.body, headers })).status).toBe(400);
    expect(service.stats().leakedCredentials).toBe(1);
    expect((await ask(upload.url, { method: 'POST', ...good })).status).toBe(200);
  });

  it('takes a form once: not again after it was accepted, refused or broken', async () => {
    const service = await demo();
    const once = (await reserve(service)).json;
    expect((await post(once.upload)).status).toBe(200);
    const again = await post(once.upload);
    expect([again.status, again.json.message]).toEqual([400, expect.stringContaining('same token')]);

    const refused = (await reserve(service)).json;
    await post(refused.upload, (fields) => fields.toReversed());
    expect((await post(refused.upload)).status).toBe(400);

    const broken = (await reserve(service)).json;
    service.setFaults({ dropAfterBytes: { value: 400, dialect: 'flora', stage: 'upload', first: 1 } });
    await expect(post(broken.upload)).rejects.toThrow();
    service.setFaults({ dropAfterBytes: null });
  });

  it('refuses an expired form, and renews it', async () => {
    const clock = fakeClock();
    const service = await demo({ clock, ttlMs: 60_000 });
    const { asset_id: id, upload } = (await reserve(service)).json;
    expect((await retry(service, id)).json.error.code).toBe('conflict');
    clock.advance(60_001);
    expect((await post(upload)).json.message).toContain('expired');
    const renewed = await retry(service, id);
    expect(renewed.status).toBe(200);
    expect(renewed.json).toMatchObject({ asset_id: id, status: 'pending_upload' });
    expect((await post(renewed.json.upload)).status).toBe(200);
    expect((await retry(service, id)).status).toBe(409);
    expect(service.stats().dialects.flora).toMatchObject({ reservations: 1, renewals: 1 });
  });

  it('renews after a broken transfer', async () => {
    const service = await demo();
    const { asset_id: id, upload } = (await reserve(service)).json;
    service.setFaults({ dropUnprocessed: { value: true, stage: 'upload', first: 1 } });
    await expect(post(upload)).rejects.toThrow();
    // The server never looked at that form, so it is still good.
    expect((await retry(service, id)).status).toBe(409);
    await post(upload, (fields) => fields.slice(1));
    const renewed = await retry(service, id);
    expect(renewed.status).toBe(200);
    expect((await post(renewed.json.upload)).status).toBe(200);
  });

  it('offers a target where complete finds no bytes', async () => {
    const service = await demo({ flora: { readyAfterMs: 0 } });
    const { asset_id: id, upload } = (await reserve(service)).json;
    const early = await complete(service, id);
    expect(early.json).toMatchObject({ status: 'pending_upload', upload });
    await post(upload, (fields) => fields.slice(1));
    const second = await complete(service, id);
    expect(second.json.upload.form_fields.token).not.toBe(upload.form_fields.token);
    await post(second.json.upload);
    expect((await complete(service, id)).json.status).toBe('ready');
  });

  it('calls it a conflict to complete twice, unless told otherwise', async () => {
    const strict = await ready();
    expect(strict.completed.json.status).toBe('ready');
    expect((await complete(strict.service, strict.id)).json.error.code).toBe('conflict');
    const mild = await ready({ flora: { repeatedComplete: 'again' } });
    expect((await complete(mild.service, mild.id)).json.status).toBe('ready');
  });

  it('is ready after so many polls', async () => {
    const { service, id, completed } = await ready({ flora: { readyAfterPolls: 2 } });
    expect(completed.json.status).toBe('pending_upload');
    const statuses = [];
    for (let poll = 1; poll <= 2; poll += 1) statuses.push((await api(service, `/assets/${id}`)).json.status);
    expect(statuses).toEqual(['pending_upload', 'ready']);
  });

  it('fails an asset, and takes it again after retry', async () => {
    const { service, id, completed } = await ready({
      faults: { assetFails: { value: 'Unreadable image', first: 1 } },
    });
    expect(completed.json).toMatchObject({ status: 'failed', failure_message: 'Unreadable image' });
    const attach = `/projects/${service.address.flora.projectId}/assets/${id}/attach`;
    expect((await api(service, attach, { method: 'POST' })).status).toBe(409);
    const renewed = (await retry(service, id)).json;
    await post(renewed.upload);
    expect((await complete(service, id)).json.status).toBe('ready');
    expect(service.stats().uploads[0]).toMatchObject({ bodies: 2, state: 'ready' });
  });

  it('plays the older spelling, no expiry, and PUT', async () => {
    const camel = await demo({ flora: { keys: 'camelCase', expiresAt: false } });
    const { json } = await reserve(camel);
    expect(Object.keys(json.upload)).toEqual(['url', 'method', 'contentType', 'fileField', 'formFields']);
    expect(json.expires_at).toBeUndefined();

    const plain = await demo({ flora: { target: 'put', readyAfterMs: 0 } });
    const reserved = (await reserve(plain)).json;
    expect(reserved.upload).toBeUndefined();
    const put = { method: 'PUT', body: file, headers: { 'content-type': 'image/png' } };
    expect((await ask(reserved.upload_url, put)).status).toBe(200);
    expect((await complete(plain, reserved.asset_id)).json.status).toBe('ready');
    expect((await ask(reserved.url)).bytes.equals(file)).toBe(true);
  });
});
