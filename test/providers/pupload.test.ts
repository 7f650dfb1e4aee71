import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reservation } from '#ports/reservation.ts';
import { reservationSchema } from '#ports/reservation.ts';
import { createProviders } from '#providers';
import { testCall, testFile, uploadErrorOf } from '../support/provider-call.ts';
import { flowDocument, variable } from '../support/pupload-flow.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

let server: ScriptedServer;
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(() => server.finish());

type Json = Record<string, unknown>;
const projectId = '019c22af-be7a-7ab4-a31e-11917bfaba7c';
const runId = '019c22af-0000-7000-8000-000000000001';
const base = () => `${server.origin}/api/v1`;
const provider = (files: Record<string, string> = {}) =>
  createProviders({
    pollScale: 0,
    readFlowFile: async (path) => {
      const content = files[path];
      if (content === undefined) throw Object.assign(new Error(`ENOENT ${path}`), { code: 'ENOENT' });
      return content;
    },
  }).pupload;
const saved = (more: Json = {}) =>
  testCall(
    { kind: 'pupload', baseUrl: base(), projectId, flowName: 'image-resize', ...more },
    { credential: null },
  );
const fromFile = () =>
  testCall({ kind: 'pupload', baseUrl: base(), flowFile: '/flows/resize.json' }, { credential: null });

const getProject = `GET /api/v1/project/${projectId}`;
const start = `POST /api/v1/project/${projectId}/flows/image-resize`;
const status = `GET /api/v1/flow/status/${runId}`;

const flow = (wells?: readonly Json[]): Json => ({
  ...(flowDocument().Flow as Json),
  ...(wells === undefined ? {} : { DataWells: wells }),
});
const project = (wells?: readonly Json[]) => ({
  ID: projectId,
  Flows: [flow(wells)],
  Tasks: flowDocument().Tasks,
  GlobalStores: null,
});
const upload = (edge: string, more: Json = {}) => ({
  Edge: edge,
  Store: 'uploads',
  Source: 'upload',
  ...more,
});
const artifact = (edge: string) => ({ StoreName: 'uploads', ObjectName: `${runId}/${edge}`, EdgeName: edge });
const waiting = (edge: string) => ({
  Artifact: artifact(edge),
  PutURL: `http://minio:9000/b/${edge}?X-Amz-Date=20260421T202927Z&X-Amz-Expires=3600&X-Amz-Signature=s`,
  TTL: '2026-04-21T14:29:27.123456789-07:00',
});
const run = (more: Json = {}) => ({
  ID: runId,
  StepState: { resize: { Status: 'IDLE', Logs: null, Error: '', Attempt: 0, MaxAttempts: 0 } },
  Status: 'WAITING',
  Artifacts: {},
  WaitingURLs: [waiting('input-image')],
  StartedAt: '2026-04-21T13:29:27.12-07:00',
  ...more,
});
const gone = { status: 400, text: `Flow run does not exist.\n${JSON.stringify(run({ ID: '' }))}` };

async function reserved(): Promise<Reservation> {
  server.expect([getProject, { json: project() }], [start, { json: run() }]);
  const [reservation] = await provider().reserve([testFile()], 'key', saved().call);
  if (reservation === undefined) throw new Error('No reservation.');
  return reservation;
}

describe('starting a saved flow', () => {
  it('starts without a body and takes the URL of the upload edge, with its end and a content type', async () => {
    const reservation = await reserved();
    expect(server.received[1]?.text).toBe('');
    expect(server.received[1]?.headers.authorization).toBeUndefined();
    expect(reservation).toMatchObject({
      remoteId: runId,
      target: { method: 'PUT', url: waiting('input-image').PutURL, headers: { 'Content-Type': 'image/png' } },
      expiresAt: expect.any(Number),
      memo: { edge: 'input-image', store: 'uploads', object: `${runId}/input-image`, dialect: 'C' },
    });
    expect(reservationSchema.parse(JSON.parse(JSON.stringify(reservation)))).toEqual(reservation);
  });

  it('leaves the type open where it is not known', async () => {
    server.expect([getProject, { json: project() }], [start, { json: run() }]);
    const [reservation] = await provider().reserve([testFile({ mimeType: '' })], 'key', saved().call);
    expect(reservation?.target).toMatchObject({ headers: { 'Content-Type': 'application/octet-stream' } });
  });

  it('reads the older names, and null for empty lists', async () => {
    const older = {
      ...run({ Artifacts: null }),
      StepState: undefined,
      NodeState: { resize: { Status: 'IDLE' } },
    };
    server.expect([getProject, { json: project() }], [start, { json: older }]);
    const [reservation] = await provider().reserve([testFile()], 'key', saved().call);
    expect(reservation?.memo.dialect).toBe('B');
  });

  it('gives each file of a run its own edge, in the order of the files', async () => {
    const wells = [upload('mask'), upload('input-image'), { Edge: 'resized-image', Store: 'uploads' }];
    server.expect(
      [getProject, { json: project(wells) }],
      [
        start,
        { json: run({ WaitingURLs: [waiting('mask'), waiting('input-image'), waiting('resized-image')] }) },
      ],
    );
    const files = [testFile({ edge: 'input-image' }), testFile({ edge: 'mask', name: 'mask.png' })];
    const reservations = await provider().reserve(files, 'key', saved().call);
    expect(reservations.map(({ memo }) => memo.edge)).toEqual(['input-image', 'mask']);
    expect(new Set(reservations.map(({ remoteId }) => remoteId))).toEqual(new Set([runId]));
  });

  it('never uploads to an edge that is not for uploads, even if a URL waits for it', async () => {
    const { call } = saved();
    const pupload = provider();
    server.expect([getProject, { json: project() }], [getProject, { json: project() }]);
    const error = await uploadErrorOf(pupload.reserve([testFile({ edge: 'resized-image' })], 'key', call));
    expect(error.failure).toMatchObject({
      code: 'edge-unknown',
      message: 'The flow wants: input-image.',
      facts: { edge: 'resized-image' },
    });
  });

  const two = [upload('input-image'), upload('mask'), { Edge: 'resized-image', Store: 'uploads' }];
  it.each<[string, readonly Json[], readonly Json[], string]>([
    ['no edge named where there are two', two, [{}], 'edge-unknown'],
    ['an edge without a file', two, [{ edge: 'mask' }], 'edge-unfilled'],
    ['two files for one edge', two, [{ edge: 'mask' }, { edge: 'mask' }], 'edge-unknown'],
    ['a flow that wants nothing', [{ Edge: 'resized-image', Store: 'uploads' }], [{}], 'edge-unknown'],
  ])('starts nothing for %s', async (_name, wells, files, code) => {
    server.expect([getProject, { json: project(wells) }], [getProject, { json: project(wells) }]);
    const error = await uploadErrorOf(
      provider().reserve(
        files.map((file) => testFile(file)),
        'key',
        saved().call,
      ),
    );
    expect(error.code).toBe(code);
  });

  it('looks again where the remembered project does not know the edge', async () => {
    const pupload = provider();
    const { call } = saved();
    server.expect([getProject, { json: project() }]);
    await pupload.limits(call);
    server.expect(
      [getProject, { json: project([upload('mask'), { Edge: 'resized-image', Store: 'uploads' }]) }],
      [start, { json: run({ WaitingURLs: [waiting('mask')] }) }],
    );
    const [reservation] = await pupload.reserve([testFile({ edge: 'mask' })], 'key', call);
    expect(reservation?.memo.edge).toBe('mask');
  });

  it('refuses an edge that an object of an earlier run has filled at once', async () => {
    const wells = [
      upload('input-image', { Key: `${variable('DATE')}/in.jpg` }),
      { Edge: 'resized-image', Store: 'uploads' },
    ];
    server.expect(
      [getProject, { json: project(wells) }],
      [start, { json: run({ Artifacts: { 'input-image': artifact('input-image') }, WaitingURLs: null }) }],
    );
    const { call, notes } = saved();
    const error = await uploadErrorOf(provider().reserve([testFile()], 'key', call));
    expect(error.code).toBe('flow-invalid');
    expect(notes).toEqual([`The flow run ${runId} was started and stays unused.`]);
  });

  it('fills one edge where the other may be filled already, and says so where it is not', async () => {
    const wells = [
      upload('input-image'),
      upload('mask', { Key: `${variable('DATE')}/mask.png` }),
      { Edge: 'resized-image', Store: 'uploads' },
    ];
    const files = [testFile({ edge: 'input-image' })];
    server.expect(
      [getProject, { json: project(wells) }],
      [start, { json: run({ Artifacts: { mask: artifact('mask') } }) }],
    );
    expect(await provider().reserve(files, 'key', saved().call)).toHaveLength(1);
    server.expect(
      [getProject, { json: project(wells) }],
      [start, { json: run({ WaitingURLs: [waiting('input-image'), waiting('mask')] }) }],
    );
    const error = await uploadErrorOf(provider().reserve(files, 'key', saved().call));
    expect(error.failure).toMatchObject({ code: 'edge-unfilled', facts: { edge: 'mask' } });
  });

  it('reads ERROR in a 200 as a failed flow run', async () => {
    const failed = run({
      Status: 'ERROR',
      StepState: { resize: { Status: 'ERROR', Error: 'no worker', Attempt: 3, MaxAttempts: 3 } },
    });
    server.expect([getProject, { json: project() }], [start, { json: failed }]);
    const error = await uploadErrorOf(provider().reserve([testFile()], 'key', saved().call));
    expect(error.failure).toMatchObject({
      code: 'flow-run-failed',
      message: 'resize: no worker (attempt 3 of 3)',
    });
  });

  it.each([
    [400, 'Flow image-resize does not exist in project', 'flow-invalid'],
    [500, 'unable to run flow: invalid flow', 'flow-invalid'],
    [500, 'unable to run flow: datawell for edge "a": s3 store at "m": dial tcp: timeout', 'server-error'],
    [503, '', 'server-error'],
    [200, '', 'bad-answer'],
  ])('reads a refused start: %i %s', async (code, text, expected) => {
    server.expect([getProject, { json: project() }], [start, { status: code, text }]);
    const error = await uploadErrorOf(provider().reserve([testFile()], 'key', saved().call));
    expect(error.code).toBe(expected);
  });

  it('gives the reasons that the controller keeps to itself', async () => {
    server.expect(
      [getProject, { json: { ...project(), Tasks: [] } }],
      [start, { status: 500, text: 'unable to run flow: invalid flow\n' }],
    );
    const error = await uploadErrorOf(provider().reserve([testFile()], 'key', saved().call));
    expect(error.failure.message).toBe(
      'unable to run flow: invalid flow Step "resize" uses "pupload/resize", which no task defines.',
    );
  });

  it('notes that v0.0.1 can fail with two files at once', async () => {
    const wells = [upload('mask'), upload('input-image'), { Edge: 'resized-image', Store: 'uploads' }];
    const older = {
      ID: runId,
      NodeState: { resize: { Status: 'IDLE', Logs: null } },
      Status: 'WAITING',
      Artifacts: null,
      WaitingURLs: [waiting('mask'), waiting('input-image')],
    };
    server.expect([getProject, { json: project(wells) }], [start, { json: older }]);
    const { call, notes } = saved();
    const files = [testFile({ edge: 'input-image' }), testFile({ edge: 'mask' })];
    const [first] = await provider().reserve(files, 'key', call);
    expect(first?.memo.dialect).toBe('A');
    expect(notes).toHaveLength(1);
  });

  it('renews with a new run', async () => {
    const old = await reserved();
    const next = run({ ID: '019c22af-0000-7000-8000-000000000002' });
    server.expect([getProject, { json: project() }], [start, { json: next }]);
    const [renewed] = await provider().renew([old], [testFile()], 'key', saved().call);
    expect(renewed?.remoteId).toBe('019c22af-0000-7000-8000-000000000002');
  });
});

describe('finding the flow', () => {
  it.each<[string, Json, number, Json | string, string]>([
    ['no project', {}, 404, '', 'flow-invalid'],
    ['no id', {}, 400, 'invalid project id', 'flow-invalid'],
    ['no project API (v0.0.1)', {}, 404, '404 page not found\n', 'bad-answer'],
    ['another flow', { flowName: 'crop' }, 200, project(), 'flow-invalid'],
    ['a web page', {}, 200, '<html></html>', 'bad-answer'],
  ])('says what is wrong: %s', async (_name, more, code, answer, expected) => {
    server.expect([
      getProject,
      typeof answer === 'string' ? { status: code, text: answer } : { status: code, json: answer },
    ]);
    expect((await uploadErrorOf(provider().limits(saved(more).call))).code).toBe(expected);
  });

  it('knows the names that cannot be started', async () => {
    server.expect([getProject, { json: { ...project(), Flows: [{ ...flow(), Name: 'run' }] } }]);
    const error = await uploadErrorOf(provider().limits(saved({ flowName: 'run' }).call));
    expect(error.failure).toMatchObject({ code: 'flow-invalid' });
  });

  it('asks for a project once for many files', async () => {
    const pupload = provider();
    const { call } = saved();
    server.expect([getProject, { json: project() }]);
    expect(await pupload.limits(call)).toEqual({
      maxBytes: null,
      minBytes: 0,
      types: null,
      edges: ['input-image'],
    });
    server.expect([start, { json: run() }]);
    await pupload.reserve([testFile()], 'key', call);
  });

  it('sends a flow file in both spellings', async () => {
    const pupload = provider({ '/flows/resize.json': `\uFEFF${JSON.stringify(flowDocument())}` });
    server.expect(['POST /api/v1/flow/test', { json: run() }]);
    await pupload.reserve([testFile()], 'key', fromFile().call);
    const sent = server.received[0]?.json as { Flow: Json; Tasks: unknown; NodeDefs: unknown };
    expect(sent.Flow.Nodes).toEqual(sent.Flow.Steps);
    expect(sent.Tasks).toEqual(sent.NodeDefs);
    expect(sent.Flow.Stores).toEqual((flowDocument().Flow as Json).Stores);
  });

  it.each([
    ['is not there', undefined, 'The flow file cannot be read (ENOENT).'],
    ['is no JSON', '{"SecretKey": "geheim"', 'The flow file is no JSON object.'],
    ['is a list', '[]', 'The flow file is no JSON object.'],
    ['has no flow', '{}', 'flow: Invalid input: expected object, received undefined'],
    [
      'cannot be run',
      JSON.stringify({ ...flowDocument(), Tasks: [] }),
      'Step "resize" uses "pupload/resize", which no task defines.',
    ],
  ])('sends nothing for a flow file that %s', async (_name, content, message) => {
    const pupload = provider(content === undefined ? {} : { '/flows/resize.json': content });
    const error = await uploadErrorOf(pupload.reserve([testFile()], 'key', fromFile().call));
    expect(error.failure).toEqual({ code: 'flow-invalid', message, facts: { path: '/flows/resize.json' } });
  });
});

describe('check', () => {
  const limits = { maxBytes: null, minBytes: 0, types: null, edges: ['image', 'mask'] };
  it.each([
    [{ edge: 'image' }, undefined, undefined],
    [{ edge: 'result' }, undefined, 'edge-unknown'],
    [{ edge: null }, undefined, 'edge-unknown'],
    [{ edge: null }, 'mask', undefined],
    [{ edge: null }, 'other', 'edge-unknown'],
    [{ edge: 'image', sizeBytes: 0 }, undefined, undefined],
  ])('%j with the edge %s of the destination', (file, edge, code) => {
    const { destination } = saved(edge === undefined ? {} : { edge }).call;
    expect(provider().check(testFile(file), destination, limits)?.code).toBe(code);
  });
});

const outputs = { 'resized-image': artifact('resized-image') };
const arrivedArtifacts = { 'input-image': artifact('input-image') };
const stored = (edge: string) => ({ edge, store: 'uploads', object: `${runId}/${edge}` });

describe('following a run', () => {
  it('polls until it is complete, and keeps this edge and the results', async () => {
    const pupload = provider();
    const { call } = saved();
    const reservation = await reserved();
    server.expect(
      [status, { json: run() }],
      [status, { json: run({ Artifacts: arrivedArtifacts, WaitingURLs: [waiting('resized-image')] }) }],
      [
        status,
        {
          json: run({
            Status: 'COMPLETE',
            Artifacts: { ...arrivedArtifacts, ...outputs },
            WaitingURLs: null,
          }),
        },
      ],
    );
    const first = await pupload.complete(reservation, testFile(), false, call);
    expect(first).toMatchObject({ done: false, pollAfterMs: 0, reservation: { memo: { arrived: 'yes' } } });
    const known = first.done ? undefined : first.reservation;
    if (known === undefined) throw new Error('Nothing was remembered.');
    const second = await pupload.poll(known, testFile(), 1, call);
    expect(second).toMatchObject({ done: false });
    const before = call.now();
    const third = await pupload.poll(known, testFile(), 2, call);
    expect(third).toEqual({
      done: true,
      asset: {
        id: runId,
        link: `${base()}/flow/status/${runId}`,
        linkKind: 'run',
        linkExpiresAt: expect.any(Number),
        hasFreshUrl: false,
        confirmedBytes: null,
        artifacts: [stored('input-image'), stored('resized-image')],
      },
    });
    expect(third.done && (third.asset.linkExpiresAt ?? 0)).toBeGreaterThanOrEqual(before + 600_000);
  });

  it('finds results that still stand in WaitingURLs', async () => {
    const reservation = await reserved();
    const ended = run({
      Status: 'COMPLETE',
      Artifacts: arrivedArtifacts,
      WaitingURLs: [waiting('resized-image')],
    });
    server.expect([status, { json: ended }]);
    const completion = await provider().complete(reservation, testFile(), false, saved().call);
    expect(completion).toMatchObject({
      asset: { artifacts: [stored('input-image'), stored('resized-image')] },
    });
  });

  it('says which step failed', async () => {
    const reservation = await reserved();
    const ended = run({
      Status: 'ERROR',
      StepState: {
        resize: {
          Status: 'ERROR',
          Error: 'invalid content type uploaded: text/plain',
          Attempt: 3,
          MaxAttempts: 3,
        },
      },
    });
    server.expect([status, { json: ended }]);
    const error = await uploadErrorOf(provider().complete(reservation, testFile(), false, saved().call));
    expect(error.failure).toMatchObject({
      code: 'flow-run-failed',
      message: 'resize: invalid content type uploaded: text/plain (attempt 3 of 3)',
    });
  });

  it.each([
    [
      [
        { level: 'ERROR', msg: 'exit status 1' },
        { level: 'INFO', msg: 'stopped' },
      ],
      'resize: exit status 1',
    ],
    [[{ level: 'info', message: 'no space left' }], 'resize: no space left'],
    [null, 'resize: failed'],
    ['junk', 'resize: failed'],
  ])('takes the log of a step where the controller gives no error: %j', async (Logs, message) => {
    const reservation = await reserved();
    const ended = {
      ...run({ Status: 'ERROR' }),
      StepState: undefined,
      NodeState: { resize: { Status: 'ERROR', Logs } },
    };
    server.expect([status, { json: ended }]);
    const error = await uploadErrorOf(provider().complete(reservation, testFile(), false, saved().call));
    expect(error.failure.message).toBe(message);
  });

  it('keeps what it has seen of a run that is purged', async () => {
    const pupload = provider();
    const { call, notes } = saved();
    const reservation = await reserved();
    server.expect(
      [status, { json: run({ Artifacts: arrivedArtifacts, WaitingURLs: [waiting('resized-image')] }) }],
      [status, gone],
    );
    const first = await pupload.complete(reservation, testFile(), false, call);
    if (first.done || first.reservation === undefined) throw new Error('Nothing was remembered.');
    const completion = await pupload.poll(first.reservation, testFile(), 1, call);
    expect(completion).toMatchObject({
      done: true,
      asset: { artifacts: [stored('input-image'), stored('resized-image')] },
    });
    expect(completion.done && (completion.asset.linkExpiresAt ?? 0)).toBeLessThanOrEqual(call.now());
    expect(notes).toEqual(['The flow run has ended and its result has expired: how it ended is not known.']);
  });

  it('doubts the store only after the controller had time to look', async () => {
    const pupload = provider();
    const { call } = saved();
    const reservation = await reserved();
    server.expect([status, { json: run() }], [status, { json: run() }]);
    expect((await pupload.poll(reservation, testFile(), 14, call)).done).toBe(false);
    const error = await uploadErrorOf(pupload.poll(reservation, testFile(), 15, call));
    expect(error.failure).toMatchObject({ code: 'not-arrived', facts: { edge: 'input-image' } });
  });

  it('does not take any 400 for a purged run', async () => {
    const reservation = await reserved();
    server.expect([status, { status: 400, text: 'Bad gateway config' }]);
    const error = await uploadErrorOf(provider().complete(reservation, testFile(), false, saved().call));
    expect(error.code).toBe('bad-request');
  });
});

describe('inspect', () => {
  it('has arrived where the edge has moved to Artifacts', async () => {
    const reservation = await reserved();
    server.expect([status, { json: run({ Artifacts: arrivedArtifacts, WaitingURLs: null }) }]);
    expect(await provider().inspect(reservation, testFile(), saved().call)).toEqual({ found: 'arrived' });
  });

  it('gives the controller 20 s to see the object', async () => {
    const reservation = await reserved();
    for (let look = 0; look < 10; look += 1) server.expect([status, { json: run() }]);
    server.expect([status, { json: run({ Artifacts: arrivedArtifacts }) }]);
    expect(await provider().inspect(reservation, testFile(), saved().call)).toEqual({ found: 'arrived' });
  });

  it('sends again what was not seen by then', async () => {
    const reservation = await reserved();
    for (let look = 0; look < 11; look += 1) server.expect([status, { json: run() }]);
    expect(await provider().inspect(reservation, testFile(), saved().call)).toEqual({ found: 'missing' });
  });

  it('stops waiting with the reason of its signal', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    const reservation = await reserved();
    server.expect([
      status,
      () => {
        setImmediate(() => stop.abort(reason));
        return { json: run() };
      },
    ]);
    const { call } = testCall(
      { kind: 'pupload', baseUrl: base(), projectId, flowName: 'image-resize' },
      { signal: stop.signal },
    );
    const slow = createProviders({ pollScale: 1000 }).pupload;
    await expect(slow.inspect(reservation, testFile(), call)).rejects.toBe(reason);
  });

  it('is completed where the run has ended', async () => {
    const reservation = await reserved();
    server.expect([
      status,
      { json: run({ Status: 'COMPLETE', Artifacts: { ...arrivedArtifacts, ...outputs } }) },
    ]);
    expect((await provider().inspect(reservation, testFile(), saved().call)).found).toBe('completed');
  });

  it('needs a new run where this one is gone', async () => {
    const reservation = await reserved();
    server.expect([status, gone]);
    expect(await provider().inspect(reservation, testFile(), saved().call)).toEqual({
      found: 'missing',
      reservation: null,
    });
  });

  it('fails with the run', async () => {
    const reservation = await reserved();
    server.expect([status, { json: run({ Status: 'ERROR', StepState: {} }) }]);
    const error = await uploadErrorOf(provider().inspect(reservation, testFile(), saved().call));
    expect(error.code).toBe('flow-run-failed');
  });
});

describe('verify and link', () => {
  it('says what a saved flow wants', async () => {
    server.expect([
      getProject,
      { json: project([upload('image'), upload('mask', { Key: `${variable('DATE')}/m` })]) },
    ]);
    const verification = await provider().verify(saved().call);
    expect(verification.proof).toBe('reachable, flow image-resize wants image, mask');
    expect(verification.details).toContain(
      'Edge "mask" may take an old file: its key has neither RUN_ID nor UUID.',
    );
  });

  it('proves with a flow file that a controller is there', async () => {
    const pupload = provider({ '/flows/resize.json': JSON.stringify(flowDocument()) });
    server.expect(['GET /api/v1/flow/status/00000000-0000-0000-0000-000000000000', gone]);
    expect(await pupload.verify(fromFile().call)).toEqual({
      proof: 'reachable, flow image-resize wants input-image',
      details: [],
    });
  });

  it('gives the address of the run while it can be read', async () => {
    const asset = {
      id: runId,
      link: `${base()}/flow/status/${runId}`,
      linkKind: 'run' as const,
      linkExpiresAt: Date.now() + 60_000,
      hasFreshUrl: false,
      confirmedBytes: null,
      artifacts: [],
    };
    expect((await provider().link(asset, saved().call)).text).toBe(asset.link);
    const old = { ...asset, linkExpiresAt: Date.now() - 1 };
    expect((await uploadErrorOf(provider().link(old, saved().call))).code).toBe('not-found');
  });
});
