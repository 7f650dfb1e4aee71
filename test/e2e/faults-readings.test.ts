/** Where the documents of a service contradict each other, the demo service plays each reading; faults meet all of them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoOptions } from '#demo';
import type { ProviderKind } from '#shared/destination.ts';
import { type FaultBench, openFaultBench } from '../support/fault-bench.ts';
import { casesOf, completed, type End, type FaultRow, failed, meetFault } from '../support/meet-fault.ts';
import { closeAll } from '../support/temporary.ts';

interface Reading {
  readonly name: string;
  readonly kind: ProviderKind;
  readonly demo: Omit<DemoOptions, 'directory' | 'clock'>;
  readonly rows: readonly FaultRow[];
  /** Options of the destination, where the reading needs some. */
  readonly options?: (bench: FaultBench) => Promise<Readonly<Record<string, unknown>>>;
}

const lost = (at: FaultRow['at'], once: End): FaultRow => ({ fault: 'dropAnswer', value: true, at, once });
const broken: FaultRow = { fault: 'dropUnprocessed', value: true, at: ['upload'], once: completed(1) };
const early: FaultRow = {
  fault: 'storeSkewMs',
  value: 7_200_000,
  at: ['upload'],
  once: completed(0, { renewals: 1 }),
};

/** Answers that were lost at each step, a broken transfer, an expired target: never a second asset. */
const usual: readonly FaultRow[] = [
  lost(['reserve', 'complete', 'poll'], completed(1)),
  lost(['upload'], completed(0)),
  broken,
  early,
];

/** It takes every repetition, and never shows the asset: a loop that only the attempts end. */
const unseen: FaultRow = { fault: 'status', value: 404, at: ['poll'], ever: failed('conflict') };

const flora = (name: string, options: NonNullable<DemoOptions['flora']>): Reading => ({
  name: `FLORA ${name}`,
  kind: 'flora',
  demo: { flora: options },
  rows: options.repeatedComplete === 'again' ? [...usual, unseen] : usual,
});
const runflow = (name: string, options: NonNullable<DemoOptions['runflow']>): Reading => ({
  name: `Runflow ${name}`,
  kind: 'runflow',
  demo: { runflow: options },
  rows: usual,
});
const held = { status: 429, retryAfter: 60 };
/** v0.0.1 forgets a run at the next look after its end: what became of it is not known, or it is started again. */
const forgotten: readonly FaultRow[] = [
  {
    fault: 'status',
    value: held,
    at: ['poll'],
    once: completed(0, { says: /how it ended is not known/ }),
  },
  {
    fault: 'dropAnswer',
    value: true,
    about: '(and the run is gone when it is asked for)',
    at: ['upload'],
    also: (dialect) => ({ status: { value: held, dialect, stage: 'poll', first: 1 } }),
    // It cannot be asked whether the first run made one, so it makes a second, and the timeline says so.
    once: completed(1, { bodies: 2, assets: 2, forced: 1, says: /does not know the flow run any more/ }),
  },
];

const pupload = (dialect: 'A' | 'B' | 'C', options?: Reading['options']): Reading => ({
  name: `Pupload ${dialect}`,
  kind: 'pupload',
  demo: { pupload: { dialect } },
  rows: [
    ...usual,
    { fault: 'status', value: 500, at: ['reserve', 'poll'], once: completed(1) },
    ...(dialect === 'A' ? forgotten : []),
  ],
  ...(options === undefined ? {} : { options }),
});

/** Dialect A knows no saved flows. */
async function flowFile({ dataDir, demo }: FaultBench) {
  const { store } = demo.address.pupload;
  const key = ['$', '{RUN_ID}/', '$', '{EDGE}'].join('');
  const Params = {
    Endpoint: store.endpoint,
    BucketName: store.bucket,
    AccessKey: 'demo',
    SecretKey: 'demo',
    Secure: false,
  };
  const document = {
    Flow: {
      Name: 'publish',
      Stores: [{ Name: 'uploads', Type: 's3', Params }],
      DataWells: [
        { Edge: 'file', Store: 'uploads', Source: 'upload', Key: key },
        { Edge: 'published', Store: 'uploads', Key: key },
      ],
      Steps: [
        {
          ID: 'publish',
          Uses: 'demo/publish',
          Inputs: [{ Name: 'file', Edge: 'file' }],
          Outputs: [{ Name: 'result', Edge: 'published' }],
        },
      ],
    },
    Tasks: [
      {
        Publisher: 'demo',
        Name: 'publish',
        Image: 'demo/publish:latest',
        Inputs: [{ Name: 'file', Description: '', Required: true, Type: [] }],
        Outputs: [{ Name: 'result', Description: '', Required: true, Type: [] }],
        Flags: [],
        Tier: 'c-small',
        MaxAttempts: 3,
      },
    ],
  };
  const path = join(dataDir, 'flow.json');
  await writeFile(path, JSON.stringify(document));
  return { flowFile: path };
}

const readings: readonly Reading[] = [
  flora('in camel case', { keys: 'camelCase' }),
  flora('with PUT instead of a form', { target: 'put' }),
  flora('that replays a used key', { usedKey: 'replay' }),
  flora('without expires_at', { expiresAt: false }),
  flora('that takes complete twice, slowly', { repeatedComplete: 'again', readyAfterPolls: 4 }),
  runflow('that confirms again', { repeatedConfirm: 'again' }),
  runflow('that refuses a second confirmation', { repeatedConfirm: 'conflict' }),
  runflow('that would make a duplicate', { repeatedConfirm: 'duplicate' }),
  runflow('that has no bytes with 409, no types list, and rate-limit headers', {
    missingObject: 409,
    typesShape: 'absent',
    rateLimitHeaders: true,
  }),
  pupload('A', flowFile),
  pupload('B'),
  pupload('C'),
  {
    name: 'Cyberun without signed headers',
    kind: 'cyberun',
    demo: { cyberun: { uploadHeaders: false } },
    rows: [
      lost(['reserve'], completed(1)),
      // Nothing guards the key: sent again, it is stored again, under the same key (each storing is counted).
      lost(['upload'], completed(1, { bodies: 2, assets: 2 })),
      broken,
      early,
    ],
  },
];

describe.each(readings)('$name', ({ kind, demo, rows, options }) => {
  const closers = closeAll();
  let bench: FaultBench;
  beforeAll(async () => {
    bench = await openFaultBench(closers.add, { demo });
  });
  afterAll(closers.run);

  it.each(casesOf(kind, rows))('$name', async (met) => {
    await meetFault(bench, { ...met, options: await options?.(bench) });
  });
});

describe('Cyberun', () => {
  const closers = closeAll();
  let bench: FaultBench;
  beforeAll(async () => {
    bench = await openFaultBench(closers.add);
  });
  afterAll(closers.run);

  it('takes a user token together with its team, and says what is missing without', async () => {
    const { userToken, teamId, deviceKey } = bench.demo.address.cyberun;
    const withTeam = await bench.destination('cyberun', { teamId }, userToken);
    const device = await bench.destination('cyberun', {}, deviceKey);
    for (const id of [withTeam, device]) {
      const [job] = await bench.settled(await bench.add(id, [await bench.file(4000)]));
      expect([job?.state.name, job?.attempts]).toEqual(['completed', 0]);
    }
    expect(bench.demo.stats().leakedCredentials).toBe(0);
    const without = await bench.destination('cyberun', {}, userToken);
    const [job] = await bench.settled(await bench.add(without, [await bench.file(4000)]));
    expect(job?.state).toMatchObject({ failure: { message: 'X-Team-ID header is required' } });
  });

  it.each([413, 400] as const)('that refuses a large file with %i blocks that file alone', async (status) => {
    const own = await openFaultBench(closers.add, {
      demo: { cyberun: { maxBytes: 10_000, oversizeStatus: status } },
    });
    const id = await own.destination('cyberun');
    const jobs = await own.settled(await own.add(id, [await own.file(20_000), await own.file(4000)]));
    expect(jobs.map(({ state }) => state.name)).toEqual(['blocked', 'completed']);
    expect(jobs[0]?.state).toMatchObject({ failure: { code: 'too-large' } });
  });
});
