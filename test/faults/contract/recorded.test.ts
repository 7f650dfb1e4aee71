/** The demo service, held against the recorded shapes of the real answers: what it plays must not drift from what is. */
import { describe, expect, it } from 'vitest';
import type { DemoFaults, DemoService } from '#demo';
import { type Ask, ask, bearer, demo, fakeClock, formOf } from '../../demo/support.ts';
import { differenceFrom, type HeardAnswer, type RecordedAnswer } from '../recorded/answer.ts';
import { cyberun } from '../recorded/cyberun.ts';
import { flora } from '../recorded/flora.ts';
import { pupload } from '../recorded/pupload.ts';
import { runflow } from '../recorded/runflow.ts';
import { store } from '../recorded/store.ts';

const file = Buffer.from('89504e470d0a1a0a0000', 'hex');
const post = (body?: Ask['body']): Ask => ({ method: 'POST', body });
const put = (url: string, headers: Record<string, string> = {}, more: Partial<Ask> = {}) =>
  ask(url, { method: 'PUT', body: file, headers, ...more });

function expectShape(heard: HeardAnswer, recorded: RecordedAnswer): void {
  expect(differenceFrom(recorded, heard)).toBe(null);
}

type Make = (service: DemoService) => Promise<HeardAnswer>;

/** What is refused by a fault that is set for every request. */
function itRefuses(kind: string, statuses: Readonly<Record<number, RecordedAnswer>>, make: Make): void {
  for (const [status, recorded] of Object.entries(statuses))
    it(`refuses with ${status} as ${kind} does`, async () => {
      const service = await demo({ faults: { status: Number(status) } as Partial<DemoFaults> });
      expectShape(await make(service), recorded);
    });
}

describe('Runflow', () => {
  const call = ({ address }: DemoService, path: string, options: Ask = {}) =>
    ask(`${address.runflow.baseUrl}${path}`, { ...options, headers: bearer(address.runflow.key) });
  const declared = { filename: 'a.png', mime_type: 'image/png', size_bytes: file.length };
  const create = (service: DemoService, body: object = declared) =>
    call(service, '/v1/asset-uploads', post(body));
  const confirm = (service: DemoService, id: string) =>
    call(service, `/v1/asset-uploads/${id}/confirmations`, post({}));

  it('answers create, confirm, get and list', async () => {
    const service = await demo();
    const created = await create(service);
    expectShape(created, runflow.created);
    expectShape(await put(created.json.upload_url, { 'content-type': 'image/png' }), store.stored);
    expectShape(await confirm(service, created.json.asset_id), runflow.confirmed);
    expectShape(await call(service, `/v1/assets/${created.json.asset_id}`), runflow.read);
    expectShape(await call(service, '/v1/assets'), runflow.listed);
    expectShape(await confirm(service, created.json.asset_id), runflow.conflict);
  });

  it('refuses a size, an unknown upload, and a wrong key', async () => {
    const service = await demo();
    expectShape(await create(service, { ...declared, size_bytes: 52_428_801 }), runflow.invalid);
    expectShape(await confirm(service, 'nothing'), runflow.missing);
    const url = `${service.address.runflow.baseUrl}/v1/auth/me`;
    expectShape(await ask(url, { headers: bearer('rf_live_wrong') }), runflow.unauthorized);
  });

  const { unauthorized, noCredit, forbidden, missing, conflict, invalid, throttled } = runflow;
  itRefuses(
    'Runflow',
    {
      401: unauthorized,
      402: noCredit,
      403: forbidden,
      404: missing,
      409: conflict,
      422: invalid,
      429: throttled,
    },
    create,
  );
});

describe('Cyberun', () => {
  const presign = ({ address }: DemoService, body: Ask['body'] = declared, key = address.cyberun.key) =>
    ask(`${address.cyberun.baseUrl}/r/files/presign`, { ...post(body), headers: bearer(key) });
  const declared = { file_name: 'a.png', file_size: file.length, content_type: 'image/png' };

  it('answers presign and its workflows', async () => {
    const service = await demo();
    expectShape(await presign(service), cyberun.presigned);
    const { baseUrl, key } = service.address.cyberun;
    expectShape(await ask(`${baseUrl}/r/workflows`, { headers: bearer(key) }), cyberun.workflows);
  });

  it('refuses a body, a size, a wrong key, and a user without a team', async () => {
    const service = await demo();
    expectShape(await presign(service, { file_name: 'a.png' }), cyberun.badRequest);
    expectShape(await presign(service, { ...declared, file_size: 600_000_000 }), cyberun.tooLarge);
    expectShape(await presign(service, declared, 'sk-wrong'), cyberun.unauthorized);
    expectShape(await presign(service, declared, service.address.cyberun.userToken), cyberun.badRequest);
  });

  const { badRequest, unauthorized, forbidden, missing, tooLarge, throttled, serverError } = cyberun;
  itRefuses(
    'Cyberun',
    {
      400: badRequest,
      401: unauthorized,
      403: forbidden,
      404: missing,
      413: tooLarge,
      429: throttled,
      500: serverError,
    },
    (service) => presign(service),
  );
});

describe('FLORA', () => {
  const call = ({ address }: DemoService, path: string, options: Ask = {}) =>
    ask(`${address.flora.baseUrl}${path}`, {
      ...options,
      headers: { ...bearer(address.flora.key), ...options.headers },
    });
  const bodyFor = ({ address }: DemoService) => ({
    source: 'signed-url',
    workspace_id: address.flora.workspaceId,
    file_name: 'a.png',
    content_type: 'image/png',
    folder: 'api-uploads',
  });
  const reserve = (service: DemoService, headers = {}) =>
    call(service, '/assets', { ...post(bodyFor(service)), headers });

  it('answers reserve, complete, get, list, retry and attach', async () => {
    const clock = fakeClock();
    const service = await demo({ clock, flora: { readyAfterMs: 0 } });
    const spare = await reserve(service);
    clock.advance(2 * 3_600_000);
    expectShape(await call(service, `/assets/${spare.json.asset_id}/retry`, post()), flora.retried);
    const reserved = await reserve(service);
    expectShape(reserved, flora.reserved);
    const { asset_id: id, upload } = reserved.json;
    const { body, headers } = formOf(Object.entries(upload.form_fields), file);
    expect((await ask(upload.url, { method: 'POST', body, headers })).status).toBeLessThan(300);
    expectShape(await call(service, `/assets/${id}/complete`, post()), flora.completed);
    expectShape(await call(service, `/assets/${id}`), flora.read);
    const workspace = service.address.flora.workspaceId;
    expectShape(await call(service, `/assets?workspace_id=${workspace}`), flora.listed);
    const attach = `/projects/${service.address.flora.projectId}/assets/${id}/attach`;
    expectShape(await call(service, attach, post()), flora.attached);
    expectShape(await call(service, `/assets/${id}/complete`, post()), flora.conflict);
  });

  it('refuses a body, a key that was used, an unknown asset, a strange workspace, and a wrong key', async () => {
    const service = await demo();
    expectShape(await call(service, '/assets', post({ source: 'upload' })), flora.invalid);
    await reserve(service, { 'idempotency-key': 'one' });
    expectShape(await reserve(service, { 'idempotency-key': 'one' }), flora.conflict);
    expectShape(await call(service, '/assets/asset_nothing'), flora.missing);
    const url = `${service.address.flora.baseUrl}/workspaces`;
    expectShape(await ask(url, { headers: bearer('sk_live_wrong') }), flora.unauthorized);
  });

  itRefuses(
    'FLORA',
    {
      400: flora.invalid,
      401: flora.unauthorized,
      402: flora.noCredit,
      403: flora.forbidden,
      404: flora.missing,
      409: flora.conflict,
      422: flora.otherBody,
      429: flora.throttled,
      500: flora.serverError,
      503: flora.unavailable,
    },
    (service) => reserve(service),
  );
});

describe('Pupload', () => {
  const start = ({ address }: DemoService, flow = address.pupload.flowName) =>
    ask(`${address.pupload.baseUrl}/project/${address.pupload.projectId}/flows/${flow}`, post());
  const status = ({ address }: DemoService, id: string) =>
    ask(`${address.pupload.baseUrl}/flow/status/${id}`);

  it.each([
    ['B', pupload.runOfB],
    ['C', pupload.runOfC],
  ] as const)('answers a start and its status in dialect %s, and to the end', async (dialect, recorded) => {
    const clock = fakeClock();
    const service = await demo({ clock, pupload: { dialect } });
    const started = await start(service);
    expectShape(started, recorded);
    await put(started.json.WaitingURLs[0].PutURL, { 'content-type': 'image/png' });
    for (let look = 0; look < 10; look += 1) {
      clock.advance(5000);
      expectShape(await status(service, started.json.ID), recorded);
    }
  });

  it('answers a saved project', async () => {
    const service = await demo();
    const { baseUrl, projectId } = service.address.pupload;
    expectShape(await ask(`${baseUrl}/project/${projectId}`), pupload.project);
  });

  it('refuses what it does not know, in lines of text', async () => {
    const service = await demo();
    const { baseUrl } = service.address.pupload;
    expectShape(await status(service, 'nothing'), pupload.unknownRun);
    expectShape(await start(service, 'nothing'), pupload.noSuchFlow);
    expectShape(await ask(`${baseUrl}/project/nothing`), pupload.invalidProject);
    expectShape(await ask(`${baseUrl}/flow/test`, post('{')), pupload.invalidInput);
    expectShape(await ask(`${baseUrl}/flow/test`, post({ Flow: {}, Tasks: [] })), pupload.invalidFlow);
  });
});

describe('the store', () => {
  const declared = { file_name: 'a.png', file_size: file.length, content_type: 'image/png' };
  async function target(service: DemoService) {
    const { baseUrl, key } = service.address.cyberun;
    const { json } = await ask(`${baseUrl}/r/files/presign`, { ...post(declared), headers: bearer(key) });
    return json as { readonly upload_url: string; readonly upload_headers: Record<string, string> };
  }

  it('refuses a URL that has run out, an object that is there, another header, and no length', async () => {
    const clock = fakeClock();
    const service = await demo({ clock });
    const { upload_url: url, upload_headers: headers } = await target(service);
    expectShape(await put(url, headers), store.stored);
    expectShape(await put(url, headers), store.exists);
    expectShape(await put(url, { 'Content-Length': String(file.length) }), store.signatureDiffers);
    expectShape(await put(url, { 'If-None-Match': '*' }, { isChunked: true }), store.noLength);
    clock.advance(24 * 3_600_000);
    expectShape(await put(url, headers), store.expired);
  });

  it('refuses when its clock is far behind', async () => {
    const service = await demo();
    const { upload_url: url, upload_headers: headers } = await target(service);
    service.setFaults({ storeSkewMs: -3_600_000 } as Partial<DemoFaults>);
    expectShape(await put(url, headers), store.skewed);
  });

  it.each([
    [409, store.raced],
    [500, store.internal],
    [503, store.slowDown],
  ] as const)('refuses with %i as a store does', async (status, recorded) => {
    const service = await demo();
    const { upload_url: url, upload_headers: headers } = await target(service);
    service.setFaults({ status: { value: status, stage: 'upload' } } as Partial<DemoFaults>);
    expectShape(await put(url, headers), recorded);
  });
});
