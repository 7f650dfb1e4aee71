import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { connectDemo, type DemoService } from '#demo';
import { type Ask, ask, bearer, demo, fakeClock, sha256, storeCode, temporaryDirectory } from './support.ts';

const file = Buffer.from('a photo');
const declared = { file_name: 'photo.png', file_size: file.length, content_type: 'image/png' };

function presign(
  service: DemoService,
  body: Ask['body'] = declared,
  headers = bearer(service.address.cyberun.key),
) {
  return ask(`${service.address.cyberun.baseUrl}/r/files/presign`, { method: 'POST', body, headers });
}

const put = (url: string, headers: Record<string, string>, body = file) =>
  ask(url, { method: 'PUT', body, headers });

describe('Cyberun', () => {
  it('takes a file through presign and PUT; the key is the result', async () => {
    const directory = await temporaryDirectory();
    const service = await demo({ directory });
    const { status, json } = await presign(service);
    expect(status).toBe(200);
    expect(json).toEqual({
      file_key: expect.stringMatching(/^inputs\/[0-9a-f-]{36}\/[0-9a-f-]{36}\/aW1hZ2UvcG5n\/photo\.png$/),
      upload_url: expect.stringContaining('X-Amz-Signature='),
      upload_headers: { 'Content-Length': String(file.length), 'If-None-Match': '*' },
    });
    const stored = await put(json.upload_url, json.upload_headers);
    expect(stored.status).toBe(200);
    expect(service.stats().uploads[0]).toMatchObject({
      id: json.file_key,
      sha256: sha256(file),
      state: 'stored',
      bodies: 1,
    });

    const control = await connectDemo(directory);
    const [upload] = (await control?.stats())?.uploads ?? [];
    expect(upload && (await control?.readObject(upload.object))?.equals(file)).toBe(true);
  });

  it('answers 412 where the object exists', async () => {
    const service = await demo();
    const { upload_url, upload_headers } = (await presign(service)).json;
    await put(upload_url, upload_headers);
    const again = await put(upload_url, upload_headers);
    expect([again.status, storeCode(again)]).toEqual([412, 'PreconditionFailed']);
    expect(service.stats().uploads[0]).toMatchObject({ bodies: 1, sha256: sha256(file) });
  });

  it('lets one of two at once win, whatever the order of their bytes', async () => {
    const service = await demo();
    const { upload_url, upload_headers } = (await presign(service)).json;
    const open = () => {
      const sending = httpRequest(upload_url, { method: 'PUT', headers: upload_headers, agent: false });
      sending.flushHeaders();
      return { sending, answered: once(sending, 'response') };
    };
    const both = [open(), open()];
    await expect.poll(() => service.stats().dialects.cyberun.uploads).toBe(2);
    const statuses = [];
    for (const { sending, answered } of both) {
      sending.end(file);
      const [response] = await answered;
      response.resume();
      statuses.push(response.statusCode);
    }
    expect(statuses).toEqual([200, 412]);
    expect(service.stats().uploads[0]).toMatchObject({ bodies: 2, sha256: sha256(file) });
    expect(service.stats().dialects.cyberun.assets).toBe(1);
  });

  it.each([
    ['no If-None-Match', { 'Content-Length': '7' }],
    ['another If-None-Match', { 'Content-Length': '7', 'If-None-Match': '"etag"' }],
  ])('refuses %s', async (_name, headers) => {
    const service = await demo();
    const reply = await put((await presign(service)).json.upload_url, headers);
    expect([reply.status, storeCode(reply)]).toEqual([403, 'SignatureDoesNotMatch']);
  });

  it('refuses another length', async () => {
    const service = await demo();
    const { upload_url, upload_headers } = (await presign(service)).json;
    const longer = Buffer.concat([file, file]);
    const reply = await put(
      upload_url,
      { ...upload_headers, 'Content-Length': String(longer.length) },
      longer,
    );
    expect(storeCode(reply)).toBe('SignatureDoesNotMatch');
  });

  it('lets each kind of credential in as it may', async () => {
    const service = await demo();
    const { deviceKey, userToken, teamId } = service.address.cyberun;
    expect((await presign(service, declared, bearer(deviceKey))).status).toBe(200);
    expect(userToken).toMatch(/^eyJ/);
    const withoutTeam = await presign(service, declared, bearer(userToken));
    expect([withoutTeam.status, withoutTeam.json]).toEqual([
      400,
      { error_message: 'X-Team-ID header is required' },
    ]);
    expect((await presign(service, declared, { ...bearer(userToken), 'x-team-id': teamId })).status).toBe(
      200,
    );
    expect((await presign(service, declared, { ...bearer(userToken), 'x-team-id': 'another' })).status).toBe(
      403,
    );
    expect((await presign(service, declared, bearer('ak-agent'))).status).toBe(403);
    expect((await presign(service, declared, bearer('sk-wrong'))).status).toBe(401);
    expect((await presign(service, declared, {})).status).toBe(401);
  });

  it('refuses bodies and sizes with an error_message', async () => {
    const service = await demo({ cyberun: { maxBytes: 1000 } });
    for (const body of [
      '{',
      {},
      { ...declared, file_size: '7' },
      { ...declared, file_size: -1 },
      { ...declared, file_name: '' },
    ]) {
      const { status, json } = await presign(service, body);
      expect([status, typeof json.error_message]).toEqual([400, 'string']);
    }
    expect((await presign(service, { ...declared, file_size: 1000 })).status).toBe(200);
    const tooLarge = await presign(service, { ...declared, file_size: 1001 });
    expect([tooLarge.status, tooLarge.json.error_message]).toEqual([413, expect.stringContaining('1000')]);
  });

  it('keeps a name in one segment of the key', async () => {
    const service = await demo();
    for (const file_name of ['../../x.png', '..', 'ä b?#%.png']) {
      const { json } = await presign(service, { ...declared, file_name });
      expect(json.file_key.split('/')).toHaveLength(5);
      expect((await put(json.upload_url, json.upload_headers)).status).toBe(200);
    }
  });

  it('takes an empty file', async () => {
    const service = await demo();
    const { json } = await presign(service, { ...declared, file_size: 0 });
    expect((await put(json.upload_url, json.upload_headers, Buffer.alloc(0))).status).toBe(200);
    expect(service.stats().uploads[0]).toMatchObject({ sizeBytes: 0, sha256: sha256('') });
  });

  it('deletes an input one day after the upload', async () => {
    const clock = fakeClock();
    const service = await demo({ clock, ttlMs: 2 * 24 * 3_600_000 });
    const { upload_url, upload_headers } = (await presign(service)).json;
    await put(upload_url, upload_headers);
    clock.advance(24 * 3_600_000 - 1);
    expect(service.stats().uploads[0]?.state).toBe('stored');
    expect((await put(upload_url, upload_headers)).status).toBe(412);
    clock.advance(1);
    expect(service.stats().uploads[0]?.state).toBe('deleted');
    expect((await put(upload_url, upload_headers)).status).toBe(200);
  });

  it('answers its workflows, and the sample of the reference page', async () => {
    const service = await demo({ cyberun: { uploadHeaders: false } });
    const { key, baseUrl } = service.address.cyberun;
    const list = await ask(`${baseUrl}/r/workflows`, { headers: bearer(key) });
    expect(list.json.workflow_list).toHaveLength(4);
    const one = await ask(`${baseUrl}/r/workflows/${list.json.workflow_list[0].id}`, {
      headers: bearer(key),
    });
    expect(one.json.parameters).toContainEqual(expect.objectContaining({ key: 'input_image', type: 'file' }));
    expect((await ask(`${baseUrl}/r/workflows/none`, { headers: bearer(key) })).json).toEqual({
      error_message: 'resource not found',
    });

    const { upload_url, upload_headers } = (await presign(service)).json;
    expect(upload_headers).toEqual({});
    expect((await put(upload_url, {})).status).toBe(200);
  });
});
