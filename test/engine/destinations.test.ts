/** Destinations through the whole engine: tried, paused, removed, brought back. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DemoService } from '#demo';
import type { EngineService } from '#ports/engine-service.ts';
import { createProviders } from '#providers';
import { cyberunSchema, type DestinationDraft, demoDestinationNames } from '#shared/destination.ts';
import type { JobId } from '#shared/job.ts';
import { describeKinds } from '../../electron/engine/destinations.ts';
import { engineFixture, startEngine, watchJobs } from '../support/engine-fixture.ts';
import { randomFile, temporaryDirectory } from '../support/temporary.ts';

describe('the services', () => {
  it('are described with the limits that their providers go by', () => {
    const limits = Object.fromEntries(
      describeKinds(createProviders()).map((each) => [each.kind, each.limits]),
    );
    expect(limits).toEqual({
      runflow: { minBytes: 1, maxBytes: 50 * 1024 * 1024, mimeTypes: null },
      flora: { minBytes: null, maxBytes: null, mimeTypes: null },
      cyberun: { minBytes: null, maxBytes: 500_000_000, mimeTypes: null },
      pupload: { minBytes: null, maxBytes: null, mimeTypes: null },
    });
    const fresh = cyberunSchema.parse({ id: 'c', name: 'c', kind: 'cyberun', baseUrl: 'https://c.example' });
    expect(fresh.maxSizeBytes).toBe(limits.cyberun?.maxBytes);
  });
});

it('what a service says of its types is told, as soon as it was asked', async () => {
  const { engine } = await engineFixture();
  const typesOf = async (name: string) =>
    (await engine.snapshot()).destinations.find(({ destination }) => destination.id === name)?.mimeTypes;
  expect(await typesOf('demo-runflow')).toBeNull();
  const told = Promise.withResolvers<void>();
  onTestFinished(engine.onChange(({ kind }) => kind === 'destinations' && told.resolve()));
  await engine.testDestination('demo-runflow');
  await told.promise;
  expect(await typesOf('demo-runflow')).toContain('image/png');
  expect(await typesOf('demo-flora')).toBeNull();
});

it('a snapshot says since when the engine runs, and where its log is', async () => {
  const before = Date.now();
  const { engine } = await (await startEngine(await temporaryDirectory())).snapshot();
  expect(engine.startedAt).toBeGreaterThanOrEqual(before);
  expect(engine.startedAt).toBeLessThanOrEqual(Date.now());
  expect(engine.logDirectory).toBeNull();
});

/** A destination of the user's own, at the demo service. */
const draftFor = (demo: DemoService): DestinationDraft => ({
  name: 'mine',
  kind: 'flora',
  baseUrl: demo.address.flora.baseUrl,
  workspaceId: demo.address.flora.workspaceId,
});

async function give(engine: EngineService, destinationId: string, count = 2): Promise<readonly JobId[]> {
  const directory = await temporaryDirectory();
  const paths: string[] = [];
  for (let n = 0; n < count; n += 1) paths.push((await randomFile(directory, `${n}.png`, 1000)).path);
  const { files } = await engine.addFiles(paths, { destinationId });
  return files.map(({ jobId }) => jobId ?? 0);
}

/** Some other place, which keeps what it is sent. */
async function strangeServer() {
  const requests: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    requests.push(request.headers);
    response.writeHead(401).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close().closeAllConnections());
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const holdOf = async (engine: EngineService, id: string) =>
  (await engine.snapshot()).destinations.find(({ destination }) => destination.id === id)?.hold ?? null;

describe('a draft', () => {
  it('is tried live with the key that was typed, and leaves nothing behind', async () => {
    const { engine, demo } = await engineFixture();
    const draft = draftFor(demo);
    const good = await engine.testDestinationDraft(draft, demo.address.flora.key, null);
    expect(good).toMatchObject({ ok: true, failure: null });
    expect(good.proof).not.toBe('');
    const bad = await engine.testDestinationDraft(draft, 'sk_wrong_0123456789', null);
    expect(bad).toMatchObject({ ok: false, failure: { code: 'key-refused' } });
    expect(JSON.stringify(bad)).not.toContain('sk_wrong');
    const none = await engine.testDestinationDraft(draft, null, null);
    expect(none).toMatchObject({ ok: false, failure: { code: 'key-missing' } });
    const { destinations } = await engine.snapshot();
    expect(destinations.map(({ destination }) => destination.name)).toEqual([...demoDestinationNames]);
  });

  it('that cannot be stored says why, in the answer', async () => {
    const { engine, demo } = await engineFixture();
    const draft = draftFor(demo);
    for (const [wrong, words] of [
      [{ ...draft, workspaceId: 'space' }, /^workspaceId: /],
      [{ ...draft, baseUrl: 'http://plain.example' }, /^baseUrl: /],
      [{ ...draft, name: 'demo-x' }, /^name: /],
      [{ ...draft, unknown: 1 }, /^unknown: /],
    ] as const) {
      expect(await engine.testDestinationDraft(wrong, 'k', null)).toMatchObject({
        ok: false,
        failure: { code: 'invalid', message: expect.stringMatching(words) },
      });
    }
    expect(await engine.testDestinationDraft(draft, 'k', 'gone')).toMatchObject({
      failure: { code: 'not-found' },
    });
    expect(await engine.testDestinationDraft(draft, 'k', 'demo-flora')).toMatchObject({
      failure: { code: 'invalid' },
    });
  });

  it('of a stored destination is tried with its stored key, at the origin of that key only', async () => {
    const { engine, demo } = await engineFixture();
    const draft = draftFor(demo);
    const { id } = (await engine.addDestination(draft, demo.address.flora.key)).destination;
    expect(
      await engine.testDestinationDraft({ ...draft, name: 'renamed', lanes: 2 }, null, id),
    ).toMatchObject({
      ok: true,
    });
    const stranger = await strangeServer();
    const away = { ...draft, baseUrl: stranger.origin };
    const refused = await engine.testDestinationDraft(away, null, id);
    expect(refused).toMatchObject({ ok: false, failure: { code: 'key-missing' } });
    expect(refused.failure?.message).toContain(new URL(demo.address.flora.baseUrl).origin);
    expect(stranger.requests).toEqual([]);
    // A typed key goes where the person said, and the stored one still does not.
    await engine.testDestinationDraft(away, 'typed-0123456789', id);
    expect(stranger.requests.map(({ authorization }) => authorization)).toContain('Bearer typed-0123456789');
    expect(JSON.stringify(stranger.requests)).not.toContain(demo.address.flora.key);
    const other = await engine.testDestinationDraft({ name: 'x', kind: 'runflow' }, null, id);
    expect(other).toMatchObject({ failure: { code: 'invalid', message: 'kind: cannot be changed' } });
  });
});

describe('a pause', () => {
  it('holds a demo destination, is remembered over a restart, and ends', async () => {
    const { engine, dataDir } = await engineFixture();
    await engine.pauseDestination('demo-flora');
    expect(await holdOf(engine, 'demo-flora')).toEqual({
      destinationId: 'demo-flora',
      kind: 'paused',
      until: null,
      failure: null,
    });
    expect(await holdOf(engine, 'demo-runflow')).toBeNull();
    const ids = await give(engine, 'demo-flora');
    // Another destination's jobs are done meanwhile: these have not begun.
    await watchJobs(engine).atRest(await give(engine, 'demo-runflow'));
    expect((await engine.rows(ids)).map(({ state }) => state.name)).toEqual(['queued', 'queued']);
    await engine.close();

    const again = await startEngine(dataDir);
    expect((await holdOf(again, 'demo-flora'))?.kind).toBe('paused');
    await again.unblockDestination('demo-flora');
    expect(await holdOf(again, 'demo-flora')).toBeNull();
    const jobs = await watchJobs(again).atRest(ids);
    expect(jobs.map(({ state }) => state.name)).toEqual(['completed', 'completed']);
  });

  it('holds one of the user’s own by the same two requests', async () => {
    const { engine, demo, dataDir } = await engineFixture();
    const { id } = (await engine.addDestination(draftFor(demo), demo.address.flora.key)).destination;
    await engine.pauseDestination(id);
    expect(await holdOf(engine, id)).toMatchObject({ kind: 'paused' });
    await engine.close();
    const again = await startEngine(dataDir);
    expect(await holdOf(again, id)).toMatchObject({ kind: 'paused' });
    await again.unblockDestination(id);
    expect(await holdOf(again, id)).toBeNull();
    await expect(async () => again.pauseDestination('gone')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a removed destination', () => {
  it('leaves its jobs with name and kind, which say what they lack, also after a restart', async () => {
    const { engine, demo, dataDir } = await engineFixture();
    const { id } = (await engine.addDestination(draftFor(demo), demo.address.flora.key)).destination;
    const done = await give(engine, id, 1);
    await watchJobs(engine).atRest(done);
    await engine.pauseDestination(id);
    const open = await give(engine, id);
    expect(await engine.removeDestination(id)).toEqual({ jobsLeft: 2 });
    const lacking = { name: 'blocked', failure: { code: 'destination-missing' } };
    const seen = { destinationId: id, destinationName: 'mine', kind: 'flora' };
    expect(await watchJobs(engine).atRest([...done, ...open])).toMatchObject([
      { ...seen, state: { name: 'completed' } },
      { ...seen, state: lacking },
      { ...seen, state: lacking },
    ]);
    await engine.close();

    const again = await startEngine(dataDir);
    const rows = await again.rows(open);
    expect(rows).toMatchObject([seen, seen]);
    expect((await again.explainPath(rows[0]?.path ?? '')).because.join(' ')).toContain(' to mine: blocked.');
    const back = await again.addDestination({ ...draftFor(demo), name: 'MINE' }, demo.address.flora.key);
    expect(back.destination.id).toBe(id);
    expect(await watchJobs(again).atRest(open)).toMatchObject([
      { destinationName: 'MINE', state: { name: 'completed' } },
      { destinationName: 'MINE', state: { name: 'completed' } },
    ]);
  });

  it('is what its jobs lack from then on, whatever they lacked before', async () => {
    const { engine, demo, until } = await engineFixture();
    const { id } = (await engine.addDestination(draftFor(demo), 'sk_wrong_0123456789')).destination;
    const ids = await give(engine, id, 6);
    await until(ids, (jobs) => jobs.some(({ state }) => state.name === 'blocked'));
    expect(await holdOf(engine, id)).toMatchObject({ kind: 'blocked', failure: { code: 'key-refused' } });
    expect(await engine.removeDestination(id)).toEqual({ jobsLeft: 6 });
    await until(ids, (jobs) =>
      jobs.every(({ state }) => state.name === 'blocked' && state.failure.code === 'destination-missing'),
    );
    await engine.addDestination(draftFor(demo), demo.address.flora.key);
    await until(ids, (jobs) => jobs.every(({ state }) => state.name === 'completed'));
  });

  it('that was removed where no engine ran: its jobs come up with the next one', async () => {
    const { engine, demo, dataDir } = await engineFixture();
    const { id } = (await engine.addDestination(draftFor(demo), null)).destination;
    await engine.setPaused(true);
    const ids = await give(engine, id);
    expect(await engine.removeDestination(id)).toEqual({ jobsLeft: 2 });
    expect(await engine.rows(ids)).toMatchObject([
      { state: { name: 'queued' } },
      { state: { name: 'queued' } },
    ]);
    await engine.close();
    const again = await startEngine(dataDir);
    await again.setPaused(false);
    expect(await watchJobs(again).atRest(ids)).toMatchObject([
      { state: { failure: { code: 'destination-missing' } } },
      { state: { failure: { code: 'destination-missing' } } },
    ]);
  });

  it('is forgotten with its last job', async () => {
    const { engine, demo, dataDir } = await engineFixture();
    const draft = draftFor(demo);
    const first = (await engine.addDestination(draft, null)).destination.id;
    expect(await engine.removeDestination(first)).toEqual({ jobsLeft: 0 });
    const second = (await engine.addDestination(draft, demo.address.flora.key)).destination.id;
    expect(second).not.toBe(first);
    const ids = await give(engine, second);
    await watchJobs(engine).atRest(ids);
    expect(await engine.removeDestination(second)).toEqual({ jobsLeft: 0 });
    await engine.removeJobs({ ids });
    await engine.close();
    const again = await startEngine(dataDir);
    expect((await again.addDestination(draft, null)).destination.id).not.toBe(second);
  });
});
