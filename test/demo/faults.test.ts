import { describe, expect, it } from 'vitest';
import { type DemoFaults, type DemoService, faultNames, parseFaults } from '#demo';
import { UploadError } from '#ports/upload-error.ts';
import { ask, bearer, demo, fakeClock, formOf, sha256, storeCode } from './support.ts';

const file = Buffer.alloc(200_000, 'x');

function create(service: DemoService) {
  const body = { filename: 'words.txt', mime_type: 'text/plain', size_bytes: file.length };
  const { baseUrl, key } = service.address.runflow;
  return ask(`${baseUrl}/v1/asset-uploads`, { method: 'POST', body, headers: bearer(key) });
}

const put = (url: string) =>
  ask(url, { method: 'PUT', body: file, headers: { 'content-type': 'text/plain' } });

async function withTarget(faults: Partial<DemoFaults> = {}) {
  const clock = fakeClock();
  const service = await demo({ clock });
  const { json } = await create(service);
  service.setFaults(faults);
  return { clock, service, id: json.asset_id as string, url: json.upload_url as string };
}

describe('faults', () => {
  it('ttlMs: shortens the life of new targets', async () => {
    const { service, clock } = await withTarget({ ttlMs: 5000 });
    const { json } = await create(service);
    expect(new URL(json.upload_url).searchParams.get('X-Amz-Expires')).toBe('5');
    clock.advance(5001);
    expect((await put(json.upload_url)).status).toBe(403);
  });

  it('clockSkewMs: moves the whole service', async () => {
    const { service } = await withTarget({ clockSkewMs: 7_200_000 });
    const { json, headers } = await create(service);
    expect(headers.date).toBe('Wed, 01 Jul 2026 14:00:00 GMT');
    expect(new URL(json.upload_url).searchParams.get('X-Amz-Date')).toBe('20260701T140000Z');
    expect((await put(json.upload_url)).status).toBe(200);
  });

  it('expiryCheckedAt: looks at the start, or at the end', async () => {
    const { service, clock } = await withTarget();
    const outcomes = [];
    for (const expiryCheckedAt of ['start', 'end'] as const) {
      const { json } = await create(service);
      service.setFaults({ expiryCheckedAt, slow: { value: 2_000_000, stage: 'upload' } });
      const sending = put(json.upload_url);
      const begun = service.stats().dialects.runflow.uploads + 1;
      await expect.poll(() => service.stats().dialects.runflow.uploads).toBe(begun);
      clock.advance(16 * 60_000);
      outcomes.push((await sending).status);
    }
    expect(outcomes).toEqual([200, 403]);
    const [late, early] = service.stats().uploads;
    expect([early?.sha256, early?.bodies]).toEqual([sha256(file), 1]);
    expect([late?.sha256, late?.bodies]).toEqual([null, 1]);
  });

  it('unreachableStore: hands out targets where nobody listens', async () => {
    const { service } = await withTarget({ unreachableStore: true });
    await expect(put((await create(service)).json.upload_url)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it('latencyMs, slow: only take time', async () => {
    const { service, url, id } = await withTarget({ latencyMs: 5, slow: 10_000_000 });
    expect((await put(url)).status).toBe(200);
    expect(service.stats().uploads[0]).toMatchObject({ id, sha256: sha256(file) });
  });

  it('dropAfterBytes: breaks in the middle and stores nothing', async () => {
    const { service, url } = await withTarget({ dropAfterBytes: { value: 50_000, first: 1 } });
    await expect(put(url)).rejects.toThrow();
    expect(service.stats().uploads[0]).toMatchObject({ bodies: 0, sizeBytes: null });
    expect((await put(url)).status).toBe(200);
  });

  it('stallAfterBytes: stops reading and never answers', async () => {
    const { service, url } = await withTarget({ stallAfterBytes: { value: 1, stage: 'upload' } });
    let isSettled = false;
    const stalled = put(url).finally(() => {
      isSettled = true;
    });
    stalled.catch(() => undefined);
    await expect.poll(() => service.stats().dialects.runflow.uploads).toBe(1);
    service.setFaults({ stallAfterBytes: null });
    await create(service);
    expect(isSettled).toBe(false);
    await service.close();
    await expect(stalled).rejects.toThrow();
  });

  it('dropUnprocessed: hears everything and does nothing', async () => {
    const { service, url } = await withTarget({ dropUnprocessed: { value: true, first: 2 } });
    await expect(put(url)).rejects.toThrow();
    await expect(create(service)).rejects.toThrow();
    expect(service.stats().uploads).toMatchObject([{ sizeBytes: null }]);
  });

  it('dropAnswer: does everything and says nothing', async () => {
    const { service, url } = await withTarget({ dropAnswer: { value: true, first: 2 } });
    await expect(put(url)).rejects.toThrow();
    await expect(create(service)).rejects.toThrow();
    expect(service.stats().uploads).toMatchObject([
      { state: 'reserved' },
      { sha256: sha256(file), bodies: 1 },
    ]);
  });

  it('earlyForbidden, earlyOk: answer before the body, and store nothing', async () => {
    const { service, url } = await withTarget({ earlyForbidden: true });
    const forbidden = await put(url);
    expect([forbidden.status, storeCode(forbidden)]).toEqual([403, 'AccessDenied']);
    service.setFaults({ earlyForbidden: null, earlyOk: true });
    expect((await put(url)).status).toBe(200);
    expect(service.stats().uploads[0]).toMatchObject({ bodies: 0, sizeBytes: null });
  });

  it('captivePortal, redirect: answer what is no API at all', async () => {
    const { service, url } = await withTarget({ captivePortal: true });
    const page = await create(service);
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    service.setFaults({ captivePortal: null, redirect: 'http://127.0.0.1/login' });
    const moved = await put(url);
    expect([moved.status, moved.headers.location]).toEqual([302, 'http://127.0.0.1/login']);
    expect(service.stats().uploads).toMatchObject([{ sizeBytes: null }]);
  });

  it('malformedJson, hugeJson: do the work and spoil the answer', async () => {
    const { service } = await withTarget({ malformedJson: true });
    const cut = await create(service);
    expect([cut.status, cut.json]).toEqual([201, undefined]);
    service.setFaults({ malformedJson: null, hugeJson: 3_000_000 });
    const huge = await create(service);
    expect(huge.bytes.length).toBeGreaterThan(3_000_000);
    expect(huge.json.asset_id).toMatch(/-/);
    expect(service.stats().dialects.runflow.reservations).toBe(3);
  });

  it.each([500, 502, 503])('status %i: in the words of each dialect', async (status) => {
    const { service, url } = await withTarget({ status });
    const { runflow, flora, cyberun, pupload } = service.address;
    expect((await create(service)).json).toMatchObject({ code: expect.any(String), errors: null });
    const floraReply = await ask(`${flora.baseUrl}/workspaces`, { headers: bearer(flora.key) });
    expect([floraReply.status, typeof floraReply.json.error.code]).toEqual([status, 'string']);
    expect((await ask(`${cyberun.baseUrl}/r/workflows`)).json).toEqual({ error_message: expect.any(String) });
    expect((await ask(`${pupload.baseUrl}/flow/status/x`)).headers['content-type']).toMatch(/^text\/plain/);
    expect((await ask(`${runflow.baseUrl}/v1/health`)).status).toBe(status);
    const stored = await put(url);
    expect([stored.status, storeCode(stored)]).toEqual([
      status,
      status === 503 ? 'SlowDown' : 'InternalError',
    ]);
  });

  it.each([
    [401, 'UNAUTHORIZED'],
    [402, 'INSUFFICIENT_CREDIT'],
    [403, 'PERMISSION_DENIED'],
    [404, 'NOT_FOUND'],
    [409, 'CONFLICT'],
    [422, 'VALIDATION_ERROR'],
    [429, 'RATE_LIMITED'],
  ])('status %i: %s at Runflow', async (status, code) => {
    const { service } = await withTarget({ status });
    const reply = await create(service);
    expect([reply.status, reply.json.code, reply.headers['retry-after']]).toEqual([status, code, undefined]);
  });

  it('status 429: with Retry-After as it was given', async () => {
    const { service, url } = await withTarget({ status: { status: 429, retryAfter: 7 } });
    expect((await create(service)).headers['retry-after']).toBe('7');
    service.setFaults({
      status: { value: { status: 503, retryAfter: 'Wed, 01 Jul 2026 12:00:30 GMT' }, stage: 'upload' },
    });
    expect((await put(url)).headers['retry-after']).toBe('Wed, 01 Jul 2026 12:00:30 GMT');
    expect((await create(service)).status).toBe(201);
  });

  it('meets only the requests it was made for', async () => {
    const service = await demo();
    const statuses = async (faults: Partial<DemoFaults>) => {
      service.setFaults({ status: null, ...faults });
      const seen = [];
      for (let turn = 1; turn <= 4; turn += 1) seen.push((await create(service)).status);
      return seen;
    };
    expect(await statuses({ status: { value: 500, first: 2 } })).toEqual([500, 500, 201, 201]);
    expect(await statuses({ status: { value: 500, after: 1, first: 1 } })).toEqual([201, 500, 201, 201]);
    expect(await statuses({ status: { value: 500, dialect: 'flora' } })).toEqual([201, 201, 201, 201]);
    expect(await statuses({ status: { value: 500, stage: 'upload' } })).toEqual([201, 201, 201, 201]);
    expect(
      await statuses({
        status: [
          { value: 500, first: 1 },
          { value: 503, after: 2, first: 1 },
        ],
      }),
    ).toEqual([500, 201, 503, 201]);
    expect(service.stats().dialects.runflow.rejected).toBe(5);
  });

  it('spares the admin endpoint', async () => {
    const service = await demo({ faults: { status: 500, dropUnprocessed: true } });
    expect((await ask(`${service.address.origin}/demo/health?challenge=x`)).status).toBe(200);
  });

  it('meets FLORA’s form as it meets a PUT', async () => {
    const service = await demo({ flora: { readyAfterMs: 0 } });
    const { baseUrl, key, workspaceId } = service.address.flora;
    const body = { source: 'signed-url', workspace_id: workspaceId };
    const reserved = await ask(`${baseUrl}/assets`, { method: 'POST', body, headers: bearer(key) });
    const { url, form_fields } = reserved.json.upload;
    const form = formOf(Object.entries<string>(form_fields), file);
    service.setFaults({ dropAfterBytes: { value: 100_000, dialect: 'flora', stage: 'upload' } });
    await expect(ask(url, { method: 'POST', ...form })).rejects.toThrow();
    service.setFaults({ dropAfterBytes: null });
    expect((await ask(url, { method: 'POST', ...form })).status).toBe(400);
    expect(service.stats().uploads[0]).toMatchObject({ sizeBytes: null });
  });

  it('names every fault, and refuses what it does not know', () => {
    const all = Object.fromEntries(faultNames.map((name) => [name, null]));
    expect(parseFaults(all)).toEqual(all);
    for (const wrong of [
      { slwo: 1 },
      { slow: 0 },
      { status: 200 },
      { status: { value: 500, stage: 'up' } },
      { earlyOk: false },
      7,
    ]) {
      expect(() => parseFaults(wrong)).toThrow(UploadError);
    }
  });
});
