import { describe, expect, it } from 'vitest';
import { connectDemo, type DemoOptions, type DemoService } from '#demo';
import { ask, demo, type FakeClock, fakeClock, storeCode, temporaryDirectory } from './support.ts';

const png = Buffer.from('89504e470d0a1a0a0000', 'hex');
const start = Date.UTC(2026, 6, 1, 12, 0, 3);

async function begin(
  options: Partial<DemoOptions> = {},
): Promise<{ service: DemoService; clock: FakeClock }> {
  const clock = fakeClock(start);
  return { clock, service: await demo({ clock, ...options }) };
}

function run(service: DemoService, flow = service.address.pupload.flowName) {
  const { baseUrl, projectId } = service.address.pupload;
  return ask(`${baseUrl}/project/${projectId}/flows/${flow}`, { method: 'POST' });
}

const poll = (service: DemoService, id: string) =>
  ask(`${service.address.pupload.baseUrl}/flow/status/${id}`);
const put = (url: string, type = 'image/png', body = png) =>
  ask(url, { method: 'PUT', body, headers: { 'content-type': type } });

/** A flow file with one step per task; both spellings, as a careful client sends it. */
function flowFile(
  service: DemoService,
  change: { flow?: object; task?: object; well?: object; store?: object } = {},
) {
  const { endpoint, bucket } = service.address.pupload.store;
  const params = {
    Endpoint: endpoint,
    BucketName: bucket,
    AccessKey: 'a',
    SecretKey: 's',
    Secure: false,
    ...change.store,
  };
  const steps = [
    {
      ID: 'resize',
      Uses: 'demo/resize',
      Inputs: [{ Name: 'image', Edge: 'in' }],
      Outputs: [{ Name: 'small', Edge: 'mid' }],
    },
    {
      ID: 'crop',
      Uses: 'demo/resize',
      Inputs: [{ Name: 'image', Edge: 'mid' }],
      Outputs: [{ Name: 'small', Edge: 'out' }],
    },
  ];
  const task = {
    Publisher: 'demo',
    Name: 'resize',
    Inputs: [{ Name: 'image', Required: true, Type: ['image/png', 'image/jpeg'] }],
    MaxAttempts: 2,
    ...change.task,
  };
  const well = {
    Edge: 'in',
    Store: 'uploads',
    Source: 'upload',
    Key: `$${'{RUN_ID}'}/in.png`,
    ...change.well,
  };
  const flow = {
    Name: 'image-resize',
    Stores: [{ Name: 'uploads', Type: 's3', Params: params }],
    DataWells: [well],
    DefaultDataWell: { Store: 'uploads' },
    Steps: steps,
    Nodes: steps,
    ...change.flow,
  };
  return { Flow: flow, Tasks: [task], NodeDefs: [task] };
}

const test = (service: DemoService, body: object | string) =>
  ask(`${service.address.pupload.baseUrl}/flow/test`, { method: 'POST', body });

describe('Pupload', () => {
  it('takes a file through start, PUT and polls', async () => {
    const directory = await temporaryDirectory();
    const { service, clock } = await begin({ directory });
    const started = await run(service);
    expect(started.status).toBe(200);
    expect(started.text).toContain('\\u0026X-Amz-Signature=');
    expect(started.text).not.toContain('&');
    const { ID: id, WaitingURLs } = started.json;
    expect(started.json).toEqual({
      ID: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      StepState: { publish: { Status: 'IDLE', Logs: [], Error: '', Attempt: 0, MaxAttempts: 0 } },
      Status: 'WAITING',
      Artifacts: {},
      WaitingURLs: [
        {
          Artifact: { StoreName: 'uploads', ObjectName: `${id}/file`, EdgeName: 'file' },
          PutURL: expect.any(String),
          TTL: '2026-07-01T06:00:03.000456789-07:00',
        },
      ],
      StartedAt: '2026-07-01T05:00:03.000456789-07:00',
    });
    const url = new URL(WaitingURLs[0].PutURL);
    expect(url.searchParams.get('X-Amz-Expires')).toBe('3600');
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('host');

    clock.advance(500);
    expect((await put(url.href)).status).toBe(200);
    // Noticed at the controller's next sync, never at once.
    clock.advance(6499);
    const before = (await poll(service, id)).json;
    expect([before.Status, before.WaitingURLs.length, before.StepState.publish.Logs]).toEqual([
      'WAITING',
      1,
      null,
    ]);
    clock.advance(1);
    const working = (await poll(service, id)).json;
    expect(working.Artifacts).toEqual({ file: WaitingURLs[0].Artifact });
    expect(working.StepState.publish).toMatchObject({ Status: 'RUNNING', Attempt: 1, MaxAttempts: 3 });
    expect(
      working.WaitingURLs.map((entry: { Artifact: { EdgeName: string } }) => entry.Artifact.EdgeName),
    ).toEqual(['published']);
    expect(working.WaitingURLs[0].TTL).toBe('2026-07-01T05:15:10.000456789-07:00');

    clock.advance(1000);
    const done = (await poll(service, id)).json;
    expect(done.Status).toBe('COMPLETE');
    expect(done.Artifacts.published).toBeUndefined();
    expect(done.WaitingURLs[0].Artifact).toEqual({
      StoreName: 'uploads',
      ObjectName: `${id}/published`,
      EdgeName: 'published',
    });

    const control = await connectDemo(directory);
    const object = { bucket: service.address.pupload.store.bucket, key: `${id}/published` };
    expect((await control?.readObject(object))?.equals(png)).toBe(true);
    expect(service.stats().dialects.pupload).toMatchObject({
      reservations: 1,
      uploads: 1,
      bodies: 1,
      assets: 1,
    });
    expect(service.stats().uploads).toMatchObject([{ id, edge: 'file', bodies: 1, state: 'COMPLETE' }]);

    clock.advance(600_000);
    expect((await poll(service, id)).status).toBe(200);
    clock.advance(1);
    expect((await poll(service, id)).status).toBe(400);
  });

  it('counts a run that ended and was forgotten before anybody looked', async () => {
    const { service, clock } = await begin();
    const { ID: id, WaitingURLs } = (await run(service)).json;
    expect((await put(WaitingURLs[0].PutURL)).status).toBe(200);
    clock.advance(3_600_000);
    expect((await poll(service, id)).status).toBe(400);
    expect(service.stats().dialects.pupload.assets).toBe(1);
  });

  it('says two things about an unknown run', async () => {
    const { service } = await begin();
    const reply = await poll(service, 'run_unknown');
    expect(reply.status).toBe(400);
    expect(reply.headers['content-type']).toMatch(/^text\/plain/);
    const [line, json] = reply.text.split('\n');
    expect(line).toBe('Flow run does not exist.');
    expect(JSON.parse(json ?? '')).toEqual({
      ID: '',
      StepState: null,
      Status: '',
      Artifacts: null,
      WaitingURLs: null,
      StartedAt: '0001-01-01T00:00:00Z',
    });
  });

  it('waits for both files of a flow with two upload edges', async () => {
    const { service, clock } = await begin();
    const { json } = await run(service, service.address.pupload.twoEdgeFlowName);
    const edges = json.WaitingURLs.map(
      (entry: { Artifact: { EdgeName: string } }) => entry.Artifact.EdgeName,
    );
    expect(edges).toEqual(['image', 'mask']);
    await put(json.WaitingURLs[0].PutURL);
    clock.advance(60_000);
    const half = (await poll(service, json.ID)).json;
    expect([Object.keys(half.Artifacts), half.StepState.cut.Status]).toEqual([['image'], 'IDLE']);
    await put(json.WaitingURLs[1].PutURL);
    clock.advance(2000);
    expect((await poll(service, json.ID)).json.Status).toBe('COMPLETE');
  });

  it('runs a flow that was sent along, step by step', async () => {
    const { service, clock } = await begin();
    const { status, json } = await test(service, flowFile(service));
    expect([status, Object.keys(json.StepState)]).toEqual([200, ['resize', 'crop']]);
    await put(json.WaitingURLs[0].PutURL);
    clock.advance(8000);
    const middle = (await poll(service, json.ID)).json;
    expect([middle.Status, middle.StepState.resize.Status, middle.StepState.crop.Status]).toEqual([
      'WAITING',
      'COMPLETE',
      'RUNNING',
    ]);
    clock.advance(1000);
    const done = (await poll(service, json.ID)).json;
    expect([done.Status, Object.keys(done.Artifacts)]).toEqual(['COMPLETE', ['in', 'mid']]);
    expect(done.WaitingURLs[0].Artifact.ObjectName).toBe(`out-${json.ID}`);
  });

  it('puts final outputs among the artifacts where told so; the empty list is null then', async () => {
    const { service, clock } = await begin({ pupload: { finalOutputs: 'artifacts' } });
    const { json } = await run(service);
    await put(json.WaitingURLs[0].PutURL);
    clock.advance(20_000);
    const done = (await poll(service, json.ID)).json;
    expect([Object.keys(done.Artifacts), done.WaitingURLs]).toEqual([['file', 'published'], null]);
  });

  it('is as much faster as the clock scale says', async () => {
    const { service, clock } = await begin({ clockScale: 1000 });
    const { json } = await run(service);
    await put(json.WaitingURLs[0].PutURL);
    clock.advance(20);
    expect((await poll(service, json.ID)).json.Status).toBe('COMPLETE');
  });

  it('judges the stored Content-Type, and only looks at the bytes where it says nothing', async () => {
    const { service, clock } = await begin();
    const statusAfter = async (type: string, body = png) => {
      const { json } = await test(service, flowFile(service));
      await put(json.WaitingURLs[0].PutURL, type, body);
      clock.advance(30_000);
      return (await poll(service, json.ID)).json;
    };
    const wrong = await statusAfter('text/plain');
    expect(wrong.Status).toBe('ERROR');
    expect(wrong.StepState.resize).toMatchObject({
      Status: 'ERROR',
      Error: 'invalid content type uploaded: text/plain',
      Attempt: 2,
      MaxAttempts: 2,
    });
    expect(wrong.StepState.resize.Logs.at(-1)).toMatchObject({
      level: 'error',
      msg: wrong.StepState.resize.Error,
    });
    expect((await statusAfter('application/octet-stream')).Status).toBe('COMPLETE');
    expect((await statusAfter('application/octet-stream', Buffer.from('words'))).Status).toBe('ERROR');
  });

  it('never renews, and waits for ever unless the flow has a timeout', async () => {
    const { service, clock } = await begin();
    const { json } = await test(service, flowFile(service, { flow: { Timeout: '1h30m' } }));
    const endless = (await run(service)).json;
    clock.advance(3_600_001);
    const late = await put(json.WaitingURLs[0].PutURL);
    expect([late.status, storeCode(late)]).toEqual([403, 'AccessDenied']);
    expect((await poll(service, json.ID)).json.Status).toBe('WAITING');
    clock.advance(1_800_000);
    expect((await poll(service, json.ID)).json.Status).toBe('ERROR');
    clock.advance(100 * 3_600_000);
    expect((await poll(service, endless.ID)).json.Status).toBe('WAITING');
  });

  it('takes an object that was there before for the upload', async () => {
    const { service } = await begin();
    const shared = flowFile(service, { well: { Key: `$${'{DATE}'}/in.png` } });
    const first = (await test(service, shared)).json;
    await put(first.WaitingURLs[0].PutURL);
    const second = (await test(service, shared)).json;
    expect(Object.keys(second.Artifacts)).toEqual(['in']);
    expect(second.StepState.resize.Status).toBe('RUNNING');
  });

  it.each([
    ['no JSON', () => '{', 400, 'Invalid input'],
    ['a wrong type', () => ({ Flow: { Name: 7 } }), 400, 'Invalid input'],
    [
      'no steps',
      (s: DemoService) => flowFile(s, { flow: { Steps: [] } }),
      500,
      'unable to run flow: invalid flow',
    ],
    [
      'an unknown task',
      (s: DemoService) => flowFile(s, { task: { Name: 'other' } }),
      500,
      'unable to run flow: invalid flow',
    ],
    [
      'a well of an edge that nobody uses',
      (s: DemoService) => flowFile(s, { well: { Edge: 'x' } }),
      500,
      'unable to run flow: invalid flow',
    ],
    [
      'a well in no store',
      (s: DemoService) => flowFile(s, { well: { Store: 'x' } }),
      500,
      'unable to run flow: invalid flow',
    ],
    [
      'a key without a variable',
      (s: DemoService) => flowFile(s, { well: { Key: 'in.png' } }),
      500,
      'unable to run flow: invalid flow',
    ],
    [
      'an unknown variable',
      (s: DemoService) => flowFile(s, { well: { Key: `$${'{WHO}'}` } }),
      500,
      'unable to run flow: invalid flow',
    ],
    [
      'a timeout that is none',
      (s: DemoService) => flowFile(s, { flow: { Timeout: '-5m' } }),
      500,
      'unable to run flow: invalid flow',
    ],
    [
      'an unknown store parameter',
      (s: DemoService) => flowFile(s, { store: { Extra: 1 } }),
      500,
      'unable to run flow: store uploads does not exist',
    ],
  ])('refuses %s', async (_name, body, status, words) => {
    const { service } = await begin();
    const reply = await test(service, body(service));
    expect([reply.status, reply.text]).toEqual([status, `${words}\n`]);
  });

  it('hands out targets in a bucket that is not there', async () => {
    const { service } = await begin();
    const { json } = await test(service, flowFile(service, { store: { BucketName: 'elsewhere' } }));
    const reply = await put(json.WaitingURLs[0].PutURL);
    expect([reply.status, storeCode(reply)]).toEqual([404, 'NoSuchBucket']);
  });

  it('saves projects and runs their flows; its stubs do nothing', async () => {
    const { service } = await begin();
    const { baseUrl, projectId } = service.address.pupload;
    const own = (await ask(`${baseUrl}/project/${projectId}`)).json;
    expect(own.Flows.map(({ Name }: { Name: string }) => Name)).toEqual(['publish', 'cut-out']);
    const id = '019c22af-be7a-7ab4-a31e-11917bfaba7c';
    const save = (path: string, body: object) => ask(`${baseUrl}/project/${path}`, { method: 'POST', body });
    const saved = await save(id, { ...own, ID: id });
    expect([saved.status, saved.text]).toEqual([200, '']);
    expect((await save('019c22af-0000-7ab4-a31e-11917bfaba7c', { ...own, ID: id })).status).toBe(400);
    expect((await ask(`${baseUrl}/project/${id}`)).json).toEqual({ ...own, ID: id });
    expect((await ask(`${baseUrl}/project/${id}/flows/publish`, { method: 'POST' })).json.Status).toBe(
      'WAITING',
    );

    expect((await ask(`${baseUrl}/project/nonsense`)).text).toBe('invalid project id\n');
    expect((await ask(`${baseUrl}/project/019c22af-be7a-7ab4-a31e-000000000000`)).status).toBe(404);
    const unknown = await ask(`${baseUrl}/project/${id}/flows/nothing`, { method: 'POST' });
    expect([unknown.status, unknown.text]).toEqual([400, `Flow nothing does not exist in project ${id}\n`]);
    expect((await ask(`${baseUrl}/project/${id}/flows`)).text).toBe('');
    expect((await ask(`${baseUrl}/project/${id}/flows/run`, { method: 'POST' })).text).toBe('');
    expect((await ask(`${baseUrl}/upload`, { method: 'POST' })).status).toBe(404);
  });

  it('speaks dialect B', async () => {
    const { service, clock } = await begin({ pupload: { dialect: 'B' } });
    const { json } = await test(service, flowFile(service));
    expect(Object.keys(json)).toEqual(['ID', 'NodeState', 'Status', 'Artifacts', 'WaitingURLs', 'StartedAt']);
    const onlyNew = flowFile(service);
    expect((await test(service, { ...onlyNew, NodeDefs: undefined })).status).toBe(500);
    await put((await run(service)).json.WaitingURLs[0].PutURL);
    clock.advance(20_000);
    expect(service.stats().uploads.map(({ state }) => state)).toEqual(['COMPLETE', 'WAITING']);
  });

  it('speaks dialect A: no projects, no times, slow ticks, bytes before headers, soon gone', async () => {
    const { service, clock } = await begin({ pupload: { dialect: 'A' } });
    expect((await run(service)).status).toBe(404);
    const { json } = await test(service, flowFile(service));
    expect(Object.keys(json)).toEqual(['ID', 'NodeState', 'Status', 'Artifacts', 'WaitingURLs']);
    expect(json.NodeState.resize).toEqual({ Status: 'IDLE', Logs: [] });
    await put(json.WaitingURLs[0].PutURL, 'text/plain');
    clock.advance(7000 + 1000);
    expect((await poll(service, json.ID)).json.NodeState.crop.Status).toBe('IDLE');
    clock.advance(10_000);
    expect((await poll(service, json.ID)).json.Status).toBe('COMPLETE');
    clock.advance(10_001);
    expect((await poll(service, json.ID)).status).toBe(400);
  });

  it('ends a run as ERROR where told so', async () => {
    const { service, clock } = await begin({ faults: { runFails: 'exit status 1' } });
    const { json } = await run(service);
    await put(json.WaitingURLs[0].PutURL);
    clock.advance(8000);
    expect((await poll(service, json.ID)).json.StepState.publish).toMatchObject({
      Status: 'RETRYING',
      Attempt: 2,
      Error: 'exit status 1',
    });
    clock.advance(2000);
    expect((await poll(service, json.ID)).json.Status).toBe('ERROR');
  });
});
