import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reservation } from '#ports/reservation.ts';
import { createProviders } from '#providers';
import { testCall, testFile, uploadErrorOf } from '../support/provider-call.ts';
import { type ScriptedServer, type ScriptStep, startScriptedServer } from '../support/scripted-server.ts';

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(() => server.finish());

const key = '019c22af-be7a-7ab4-a31e-11917bfaba7c';
const provider = () => createProviders({ pollScale: 0.5 }).flora;
const destination = (more: Record<string, unknown> = {}) =>
  testCall({ kind: 'flora', baseUrl: `${server.origin}/api/v1`, workspaceId: 'ws_1', ...more });

const upload = {
  url: 'https://up.example/files',
  method: 'POST',
  content_type: 'multipart/form-data',
  file_field: 'file',
  form_fields: { token: 't1', signature: 's1', expire: 1_782_900_000, fileName: 'photo.png' },
};
const pending = (id = 'asset_1', more: Record<string, unknown> = {}) => ({
  asset_id: id,
  status: 'pending_upload',
  uploaded_via: 'signed_url',
  url: `https://ik.example/${id}`,
  visibility: 'workspace',
  workspace_id: 'ws_1',
  upload,
  ...more,
});
const ready = (more: Record<string, unknown> = {}) => ({
  asset_id: 'asset_1',
  status: 'ready',
  url: 'https://ik.example/asset_1',
  size_bytes: 1234,
  ...more,
});
const refused = (code: string) => ({ error: { code, message: `it was ${code}` } });
const reservation = (more: Partial<Reservation> = {}): Reservation => ({
  remoteId: 'asset_1',
  target: { method: 'POST', url: upload.url, fields: [['token', 't1']], fileField: 'file' },
  issuedAt: Date.now(),
  memo: { key },
  ...more,
});

const create = 'POST /api/v1/assets';
const read = 'GET /api/v1/assets/asset_1';
const retry = 'POST /api/v1/assets/asset_1/retry';
const complete = 'POST /api/v1/assets/asset_1/complete';
const lookUp = 'GET /api/v1/assets?workspace_id=ws_1&limit=100&query=photo.png';
const keysSent = () =>
  server.received
    .filter(({ path, method }) => method === 'POST' && path.endsWith('/assets'))
    .map(({ headers }) => headers['idempotency-key']);
const kept = {
  id: 'asset_1',
  link: 'https://ik.example/asset_1',
  linkKind: 'url',
  linkExpiresAt: null,
  hasFreshUrl: false,
  confirmedBytes: 1234,
  artifacts: [],
};

describe('reserve', () => {
  it('sends exactly the allowed fields and the key in a header, and keeps the order of the form', async () => {
    server.expect([create, { status: 201, json: pending() }]);
    const [reserved] = await provider().reserve([testFile()], key, destination({ projectId: 'prj_1' }).call);
    expect(server.received[0]?.json).toEqual({
      source: 'signed-url',
      workspace_id: 'ws_1',
      file_name: 'photo.png',
      content_type: 'image/png',
    });
    expect(keysSent()).toEqual([key]);
    expect(reserved).toMatchObject({
      remoteId: 'asset_1',
      target: {
        method: 'POST',
        url: upload.url,
        fields: [
          ['token', 't1'],
          ['signature', 's1'],
          ['expire', '1782900000'],
          ['fileName', 'photo.png'],
        ],
        fileField: 'file',
      },
      expiresAt: expect.any(Number),
    });
  });

  it('names the folder where there is one', async () => {
    server.expect([create, { status: 201, json: pending() }]);
    await provider().reserve([testFile()], key, destination({ folder: 'api-uploads' }).call);
    expect(server.received[0]?.json).toMatchObject({ folder: 'api-uploads' });
  });

  it('reads the older camel case', async () => {
    const older = {
      assetId: 'asset_1',
      status: 'pending_upload',
      upload: { url: upload.url, fileField: 'blob', formFields: { a: 1, b: true } },
      expiresAt: '2026-07-01T12:00:00Z',
    };
    server.expect([create, { status: 201, json: older }]);
    const [reserved] = await provider().reserve([testFile()], key, destination().call);
    expect(reserved?.target).toEqual({
      method: 'POST',
      url: upload.url,
      fields: [
        ['a', '1'],
        ['b', 'true'],
      ],
      fileField: 'blob',
    });
    expect(reserved?.expiresAt).toBeTypeOf('number');
  });

  it('puts the bytes to upload_url where there is no form', async () => {
    server.expect([
      create,
      { status: 201, json: pending('asset_1', { upload: undefined, upload_url: 'https://up.example/put' }) },
    ]);
    const [reserved] = await provider().reserve([testFile()], key, destination().call);
    expect(reserved?.target).toEqual({
      method: 'PUT',
      url: 'https://up.example/put',
      headers: { 'Content-Type': 'image/png' },
    });
  });

  it('is a bad answer where neither is there, and retry gives none', async () => {
    server.expect(
      [create, { status: 201, json: pending('asset_1', { upload: undefined }) }],
      [retry, { status: 409, json: refused('conflict') }],
    );
    expect((await uploadErrorOf(provider().reserve([testFile()], key, destination().call))).code).toBe(
      'bad-answer',
    );
  });

  it('takes the one pending asset of a duplicate key by retrying it', async () => {
    const { call, notes } = destination();
    const listed = {
      assets: [{ ...pending(), upload: undefined, name: 'photo.png' }],
      meta: { next_cursor: null },
    };
    server.expect(
      [create, { status: 409, json: refused('idempotency_duplicate') }],
      [lookUp, { json: listed }],
      [retry, { json: pending() }],
    );
    const [reserved] = await provider().reserve([testFile()], key, call);
    expect(reserved?.remoteId).toBe('asset_1');
    expect(notes).toEqual(['The earlier reservation asset_1 was found and is used.']);
  });

  const named = (id: string, more: Record<string, unknown> = {}) => ({
    ...pending(id),
    upload: undefined,
    name: 'photo.png',
    ...more,
  });
  it.each([
    ['nothing is found', { assets: [] }, 'An earlier reservation, whose answer was lost'],
    ['two could be it', { assets: [named('asset_1'), named('asset_2')] }, 'An earlier reservation'],
    [
      'there are more pages',
      { assets: [named('asset_1')], meta: { next_cursor: 'c' } },
      'An earlier reservation',
    ],
    [
      'it is another name',
      { assets: [named('asset_1', { name: 'photo.png.bak' })] },
      'An earlier reservation',
    ],
    ['it is not pending', { assets: [named('asset_1', { status: 'ready' })] }, 'An earlier reservation'],
    [
      'it is older than the request',
      { assets: [named('asset_1', { created_at: 1_500_000_000_000 })] },
      'An earlier reservation',
    ],
  ])('uses the next key of the row where %s', async (_name, json, note) => {
    const { call, notes } = destination();
    const flora = provider();
    server.expect(
      [create, { status: 409, json: refused('idempotency_duplicate') }],
      [lookUp, { json }],
      [create, { status: 201, json: pending('asset_9') }],
    );
    const [reserved] = await flora.reserve([testFile()], key, call);
    expect(reserved?.remoteId).toBe('asset_9');
    expect(notes[0]).toContain(note);
    const [first, second] = keysSent();
    expect(first).toBe(key);
    expect(second).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('notes the orphan where the found asset cannot be retried; the next key is the same after a crash', async () => {
    const rows: ScriptStep[] = [
      [create, { status: 409, json: refused('idempotency_duplicate') }],
      [lookUp, { json: { assets: [named('asset_1')] } }],
      [retry, { status: 409, json: refused('conflict') }],
      [create, { status: 201, json: pending('asset_9') }],
    ];
    const { call, notes } = destination();
    server.expect(...rows);
    await provider().reserve([testFile()], key, call);
    expect(notes).toEqual(['The earlier reservation asset_1 stays unused at the service.']);
    server.expect(...rows);
    await provider().reserve([testFile()], key, call);
    expect(keysSent()[3]).toBe(keysSent()[1]);
  });

  it('never gives the asset of one file to another of the same name', async () => {
    const { call } = destination();
    const flora = provider();
    server.expect([create, { status: 201, json: pending() }]);
    await flora.reserve([testFile()], key, call);
    server.expect(
      [create, { status: 409, json: refused('idempotency_duplicate') }],
      [lookUp, { json: { assets: [named('asset_1')] } }],
      [create, { status: 201, json: pending('asset_2') }],
    );
    const [second] = await flora.reserve([testFile()], '019c22af-be7a-7ab4-a31e-000000000002', call);
    expect(second?.remoteId).toBe('asset_2');
  });

  it('takes another key where the key belongs to another request', async () => {
    const { call, notes } = destination();
    server.expect(
      [create, { status: 422, json: refused('idempotency_conflict') }],
      [create, { status: 201, json: pending() }],
    );
    await provider().reserve([testFile()], key, call);
    expect(new Set(keysSent()).size).toBe(2);
    expect(notes).toHaveLength(1);
  });

  it('does not hand out the same form twice when an answer is replayed', async () => {
    const { call } = destination();
    const flora = provider();
    server.expect([create, { status: 201, json: pending() }]);
    await flora.reserve([testFile()], key, call);
    server.expect(
      [create, { status: 201, json: pending(), headers: { 'idempotent-replayed': 'true' } }],
      [retry, { status: 409, json: refused('conflict') }],
      [create, { status: 201, json: pending('asset_2') }],
    );
    const [again] = await flora.reserve([testFile()], key, call);
    expect(again?.remoteId).toBe('asset_2');
  });

  it('gives up on a service that refuses every key', async () => {
    for (let index = 0; index < 6; index += 1)
      server.expect([create, { status: 422, json: refused('idempotency_conflict') }]);
    const error = await uploadErrorOf(provider().reserve([testFile()], key, destination().call));
    expect(error.code).toBe('rejected');
    expect(new Set(keysSent()).size).toBe(6);
  });
});

describe('renew', () => {
  it('retries the same asset', async () => {
    server.expect([retry, { json: pending() }]);
    const [renewed] = await provider().renew([reservation()], [testFile()], key, destination().call);
    expect(renewed?.remoteId).toBe('asset_1');
  });

  it.each([
    [409, 'conflict'],
    [400, 'input_validation_error'],
  ])('makes a new reservation with a derived key where retry does not fit (%i)', async (status, code) => {
    const { call, notes } = destination();
    server.expect(
      [retry, { status, json: refused(code) }],
      [read, { json: { ...pending(), upload: undefined } }],
      [create, { status: 201, json: pending('asset_2') }],
    );
    const [renewed] = await provider().renew([reservation()], [testFile()], key, call);
    expect(renewed?.remoteId).toBe('asset_2');
    expect(keysSent()[0]).not.toBe(key);
    expect(notes).toEqual(['The earlier reservation asset_1 stays unused at the service (pending_upload).']);
  });

  it('makes a new one where the asset is gone', async () => {
    const { call, notes } = destination();
    server.expect(
      [retry, { status: 404, json: refused('not_found') }],
      [read, { status: 404, json: refused('not_found') }],
      [create, { status: 201, json: pending('asset_2') }],
    );
    await provider().renew([reservation()], [testFile()], key, call);
    expect(notes).toEqual(['FLORA does not know asset_1 any more; a new reservation is made.']);
  });

  it('makes none for a 404 that is not FLORA speaking', async () => {
    server.expect([retry, { status: 404, text: 'not here' }]);
    const error = await uploadErrorOf(
      provider().renew([reservation()], [testFile()], key, destination().call),
    );
    expect(error.code).toBe('bad-answer');
  });

  it('says that a form is never sent twice', () => {
    expect(provider().isTargetReusable).toBe(false);
  });
});

describe('complete and poll', () => {
  it('is done at once where the asset is ready, and asks for the size that complete does not give', async () => {
    server.expect([complete, { json: ready({ size_bytes: undefined }) }], [read, { json: ready() }]);
    expect(await provider().complete(reservation(), testFile(), false, destination().call)).toEqual({
      done: true,
      asset: kept,
    });
  });

  it('stays done where the size cannot be had', async () => {
    server.expect([complete, { json: ready({ size_bytes: undefined }) }], [read, { status: 500 }]);
    const completion = await provider().complete(reservation(), testFile(), false, destination().call);
    expect(completion).toMatchObject({ done: true, asset: { confirmedBytes: null } });
  });

  it('polls while it is pending, and remembers that it has told', async () => {
    const flora = provider();
    const { call } = destination();
    const still = { ...pending(), upload: undefined };
    server.expect([complete, { json: still }], [read, { json: still }], [read, { json: ready() }]);
    const told = await flora.complete(reservation(), testFile(), false, call);
    expect(told).toMatchObject({
      done: false,
      pollAfterMs: 500,
      reservation: { memo: { key, told: 'yes' } },
    });
    expect(await flora.poll(reservation(), testFile(), 1, call)).toEqual({ done: false, pollAfterMs: 500 });
    expect(await flora.poll(reservation(), testFile(), 2, call)).toEqual({ done: true, asset: kept });
  });

  it('looks before it tells again', async () => {
    const flora = provider();
    const { call } = destination();
    server.expect([read, { json: ready() }]);
    expect((await flora.complete(reservation(), testFile(), true, call)).done).toBe(true);
    server.expect([read, { json: ready() }]);
    const told = reservation({ memo: { key, told: 'yes' } });
    expect((await flora.complete(told, testFile(), false, call)).done).toBe(true);
    server.expect([read, { json: pending() }], [complete, { json: ready() }]);
    expect((await flora.complete(reservation(), testFile(), true, call)).done).toBe(true);
  });

  it('goes on from the status of an asset that was completed before', async () => {
    server.expect([complete, { status: 409, json: refused('conflict') }], [read, { json: ready() }]);
    const completion = await provider().complete(reservation(), testFile(), false, destination().call);
    expect(completion).toEqual({ done: true, asset: kept });
  });

  it.each<[string, readonly ScriptStep[], string, string]>([
    [
      'failed',
      [[complete, { json: { ...pending(), status: 'failed', failure_message: 'broken image' } }]],
      'asset-failed',
      'broken image',
    ],
    ['no bytes', [[complete, { json: pending() }]], 'not-arrived', 'FLORA says that it has no bytes.'],
    [
      'another size',
      [[complete, { json: ready({ size_bytes: 7 }) }]],
      'asset-failed',
      'FLORA has 7 B (7 bytes) of 1234 bytes.',
    ],
    [
      'gone',
      [[complete, { status: 404, json: refused('not_found') }]],
      'not-arrived',
      'FLORA does not know the asset.',
    ],
    ['a refused key', [[complete, { status: 401, json: refused('invalid_api_key') }]], 'key-refused', ''],
  ])('throws for %s', async (_name, steps, code, message) => {
    server.expect(...steps);
    const error = await uploadErrorOf(
      provider().complete(reservation(), testFile(), false, destination().call),
    );
    expect(error.code).toBe(code);
    if (message !== '') expect(error.failure.message).toBe(message);
  });

  it('says why an asset failed while it was polled, and gives up after an hour', async () => {
    const flora = provider();
    const { call } = destination();
    server.expect([read, { json: ready({ status: 'failed', failure_message: 'too many pixels' }) }]);
    const failed = await uploadErrorOf(flora.poll(reservation(), testFile(), 5, call));
    expect(failed.failure).toMatchObject({ code: 'asset-failed', message: 'too many pixels' });
    server.expect([read, { json: pending() }]);
    expect((await uploadErrorOf(flora.poll(reservation(), testFile(), 240, call))).code).toBe('asset-failed');
  });

  it('polls slower after two minutes, up to 30 s', async () => {
    const flora = createProviders().flora;
    const { call } = destination();
    const waits: number[] = [];
    for (const count of [1, 120, 121, 125, 200]) {
      server.expect([read, { json: { ...pending(), upload: undefined } }]);
      const completion = await flora.poll(reservation(), testFile(), count, call);
      waits.push(completion.done ? -1 : completion.pollAfterMs);
    }
    expect(waits).toEqual([1000, 1000, 1500, 7594, 30_000]);
  });
});

describe('attach', () => {
  const attach = 'POST /api/v1/projects/prj_1/assets/asset_1/attach';
  it('puts a ready asset on the canvas of the project', async () => {
    server.expect([complete, { json: ready() }], [attach, { status: 201, json: {} }]);
    const { call, notes } = destination({ projectId: 'prj_1' });
    await provider().complete(reservation(), testFile(), false, call);
    expect(notes).toEqual([]);
  });

  it('only notes what goes wrong', async () => {
    server.expect([complete, { json: ready() }], [attach, { status: 403, json: refused('forbidden') }]);
    const { call, notes } = destination({ projectId: 'prj_1' });
    const completion = await provider().complete(reservation(), testFile(), false, call);
    expect(completion.done).toBe(true);
    expect(notes).toEqual(['The asset was not attached to prj_1: forbidden: it was forbidden.']);
  });

  it('does not attach twice after a crash', async () => {
    const list = 'GET /api/v1/assets?workspace_id=ws_1&limit=100&project_id=prj_1&query=photo.png';
    server.expect([read, { json: ready() }], [list, { json: { assets: [ready({ project_id: 'prj_1' })] } }]);
    const { call } = destination({ projectId: 'prj_1' });
    expect((await provider().complete(reservation(), testFile(), true, call)).done).toBe(true);
  });
});

describe('inspect', () => {
  const inspect = (call = destination().call) => provider().inspect(reservation(), testFile(), call);

  it('is complete where complete says so', async () => {
    server.expect([complete, { json: ready() }]);
    expect(await inspect()).toEqual({ found: 'completed', asset: kept });
  });

  it('has arrived where it is being made', async () => {
    server.expect([complete, { json: { ...pending(), upload: undefined } }]);
    expect(await inspect()).toEqual({ found: 'arrived' });
  });

  it('uses the target that complete offers', async () => {
    server.expect([complete, { json: pending() }]);
    expect(await inspect()).toMatchObject({ found: 'missing', reservation: { remoteId: 'asset_1' } });
  });

  it('retries an asset that failed', async () => {
    const { call, notes } = destination();
    server.expect(
      [complete, { json: { asset_id: 'asset_1', status: 'failed', failure_message: 'no bytes.' } }],
      [retry, { json: pending() }],
    );
    expect(await inspect(call)).toMatchObject({ found: 'missing', reservation: { remoteId: 'asset_1' } });
    expect(notes).toEqual(['FLORA declared the asset failed: no bytes.']);
  });

  it('reads a conflict by looking: ready, or bytes that it has counted', async () => {
    server.expect([complete, { status: 409, json: refused('conflict') }], [read, { json: ready() }]);
    expect((await inspect()).found).toBe('completed');
    server.expect(
      [complete, { status: 409, json: refused('conflict') }],
      [read, { json: { ...pending(), upload: undefined, size_bytes: 1234 } }],
    );
    expect((await inspect()).found).toBe('arrived');
  });

  it('makes a new reservation, and notes one orphan, where nothing else is left', async () => {
    const { call, notes } = destination();
    server.expect(
      [complete, { status: 409, json: refused('conflict') }],
      [read, { json: { ...pending(), upload: undefined } }],
      [retry, { status: 409, json: refused('conflict') }],
      [read, { json: { ...pending(), upload: undefined } }],
      [create, { status: 201, json: pending('asset_2') }],
    );
    expect(await inspect(call)).toMatchObject({ found: 'missing', reservation: { remoteId: 'asset_2' } });
    expect(notes).toEqual(['The earlier reservation asset_1 stays unused at the service (pending_upload).']);
    expect(keysSent()[0]).not.toBe(key);
  });
});

describe('verify', () => {
  const workspaces = (json: unknown) => server.expect(['GET /api/v1/workspaces', { json }]);

  it('names the workspace and the role', async () => {
    workspaces({ workspaces: [{ workspace_id: 'ws_1', name: 'Far Side', role: 'owner', created_at: 1 }] });
    expect((await provider().verify(destination().call)).proof).toBe('Far Side, owner');
  });

  it('says which workspaces the key sees instead', async () => {
    workspaces({ workspaces: [{ workspace_id: 'ws_2', name: 'Other' }] });
    const error = await uploadErrorOf(provider().verify(destination().call));
    expect(error.failure).toMatchObject({
      code: 'forbidden',
      message: 'The key does not see ws_1. It sees: Other ws_2.',
    });
  });

  it.each([
    [{ projects: [{ project_id: 'prj_1', name: 'Spring' }] }, ['Ready files are attached to Spring.']],
    [{ projects: [] }, ['The key sees no project prj_1: files will not be attached.']],
    [{ projects: [], meta: { next_cursor: 'c' } }, []],
    [{ junk: 1 }, []],
  ])('says what it sees of the project in %j', async (json, details) => {
    workspaces({ workspaces: [{ workspace_id: 'ws_1', name: 'Far Side', role: 'owner' }] });
    server.expect(['GET /api/v1/projects?workspace_id=ws_1&limit=100', { json }]);
    expect((await provider().verify(destination({ projectId: 'prj_1' }).call)).details).toEqual(details);
  });
});
