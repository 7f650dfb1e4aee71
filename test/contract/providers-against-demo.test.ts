import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type DemoAddress, type DemoFaults, type DemoOptions, startDemo } from '#demo';
import { systemClock } from '#ports/clock.ts';
import { createProviders } from '#providers';
import type { ProviderKind } from '#shared/destination.ts';
import { testCall, testFile, uploadErrorOf } from '../support/provider-call.ts';
import { flowDocument } from '../support/pupload-flow.ts';
import { sendBytes } from '../support/send-bytes.ts';
import { type ContractService, describeProvider, type ServiceFault } from './provider-contract.ts';

/** The demo's own waits pass this much faster, and so do our polls. */
const clockScale = 100;

const drafts: Readonly<Record<ProviderKind, (address: DemoAddress) => Record<string, unknown>>> = {
  runflow: ({ runflow }) => ({ kind: 'runflow', baseUrl: runflow.baseUrl }),
  flora: ({ flora }) => ({
    kind: 'flora',
    baseUrl: flora.baseUrl,
    workspaceId: flora.workspaceId,
    projectId: flora.projectId,
    folder: 'api-uploads',
  }),
  cyberun: ({ cyberun }) => ({ kind: 'cyberun', baseUrl: cyberun.baseUrl }),
  pupload: ({ pupload }) => ({
    kind: 'pupload',
    baseUrl: pupload.baseUrl,
    projectId: pupload.projectId,
    flowName: pupload.flowName,
  }),
};

function faultsFor(dialect: ProviderKind, fault: ServiceFault): Partial<DemoFaults> {
  switch (fault) {
    case 'lost-reserve':
      return { dropAnswer: { value: true, dialect, stage: 'reserve', first: 1 } };
    case 'lost-complete':
      return {
        dropAnswer: { value: true, dialect, stage: dialect === 'pupload' ? 'poll' : 'complete', first: 1 },
      };
    case 'throttled':
      return { status: { value: { status: 429, retryAfter: 7 }, dialect, stage: 'reserve' } };
    case 'server-error':
      return { status: { value: 500, dialect, stage: 'reserve' } };
    case 'captive-portal':
      return { captivePortal: { value: true, dialect, stage: 'reserve' } };
    case 'malformed-json':
      return { malformedJson: { value: true, dialect, stage: 'reserve' } };
  }
}

const noFaults = { dropAnswer: null, status: null, captivePortal: null, malformedJson: null };

interface Variant {
  readonly kind: ProviderKind;
  readonly name: string;
  readonly demo?: Partial<DemoOptions>;
  readonly draft?: (address: DemoAddress) => Record<string, unknown>;
  readonly clockScale?: number;
}

function describeAgainst(variant: Variant): void {
  const { kind, name } = variant;
  const scale = variant.clockScale ?? clockScale;
  let address: DemoAddress | null = null;
  describeProvider({
    kind,
    name,
    hasKey: kind !== 'pupload',
    async start() {
      const started = await startService(variant, scale);
      address = started.address;
      return started.service;
    },
    provider: () =>
      createProviders({
        pollScale: 1 / scale,
        readFlowFile: async () => JSON.stringify(flowFor(address)),
      })[kind],
  });
}

async function startService(
  { kind, demo: options, draft = drafts[kind] }: Variant,
  scale: number,
): Promise<{ readonly address: DemoAddress; readonly service: ContractService }> {
  const directory = await mkdtemp(join(tmpdir(), 'hoist-contract-'));
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const demo = await startDemo({ directory, clockScale: scale, clock: { ...systemClock, now }, ...options });
  const { key } = demo.address[kind];
  const service: ContractService = {
    call: ({ signal, credential } = {}) =>
      testCall(draft(demo.address), {
        credential: credential ?? key,
        now,
        ...(signal === undefined ? {} : { signal }),
      }),
    setFault: (fault) => demo.setFaults({ ...noFaults, ...(fault === null ? {} : faultsFor(kind, fault)) }),
    advance: (ms) => {
      ahead += ms;
    },
    now,
    storedBytes: (reservation) =>
      demo.stats().uploads.find(({ id }) => id === reservation.remoteId)?.sizeBytes ?? null,
    assetCount: () =>
      kind === 'flora'
        ? demo.stats().uploads.filter(({ dialect, state }) => dialect === kind && state === 'ready').length
        : demo.stats().dialects[kind].assets,
    async close() {
      await demo.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return { address: demo.address, service };
}

/** The example's flow, with the only store that the demo service has. */
function flowFor(address: DemoAddress | null): Record<string, unknown> {
  const { Flow, ...rest } = flowDocument();
  const { endpoint, bucket } = address?.pupload.store ?? { endpoint: '', bucket: '' };
  const Params = { Endpoint: endpoint, BucketName: bucket, AccessKey: 'a', SecretKey: 's', Secure: false };
  const Stores = [{ Name: 'uploads', Type: 's3', Params }];
  return { ...rest, Flow: { ...(Flow as Record<string, unknown>), Stores } };
}

const byFlowFile = ({ pupload }: DemoAddress) => ({
  kind: 'pupload',
  baseUrl: pupload.baseUrl,
  flowFile: '/flows/resize.json',
});

describeAgainst({ kind: 'runflow', name: 'as documented' });
describeAgainst({
  kind: 'runflow',
  name: 'no types, 409 without bytes, a second asset for a second confirmation',
  demo: { runflow: { typesShape: 'absent', missingObject: 409, repeatedConfirm: 'duplicate' } },
});
describeAgainst({ kind: 'flora', name: 'as specified' });
describeAgainst({
  kind: 'flora',
  name: 'camel case, replayed keys, ready at once',
  demo: { flora: { keys: 'camelCase', usedKey: 'replay', readyAfterMs: 0, repeatedComplete: 'again' } },
});
describeAgainst({
  kind: 'flora',
  name: 'PUT to upload_url, no expires_at',
  demo: { flora: { target: 'put', expiresAt: false } },
});
describeAgainst({ kind: 'cyberun', name: 'as documented' });
describeAgainst({
  kind: 'cyberun',
  name: 'a user with a team',
  draft: ({ cyberun }) => ({ kind: 'cyberun', baseUrl: cyberun.baseUrl, teamId: cyberun.teamId }),
});
describeAgainst({ kind: 'pupload', name: 'April 2026' });
describeAgainst({
  kind: 'pupload',
  name: 'February 2026, results in Artifacts',
  demo: { pupload: { dialect: 'B', finalOutputs: 'artifacts' } },
});
describeAgainst({ kind: 'pupload', name: 'April 2026, a flow file', draft: byFlowFile });
describeAgainst({
  kind: 'pupload',
  name: 'v0.0.1, a flow file',
  demo: { pupload: { dialect: 'A' } },
  draft: byFlowFile,
  // A finished run is gone at the controller's next look: it must not be so near that a slow poll misses it.
  clockScale: 25,
});

describe('what only one service has', () => {
  it('fills two edges of one flow run', async () => {
    const { address, service } = await startService({ kind: 'pupload', name: 'two edges' }, clockScale);
    try {
      const { pupload } = createProviders({ pollScale: 1 / clockScale });
      const { projectId, twoEdgeFlowName: flowName, baseUrl } = address.pupload;
      const { call } = testCall({ kind: 'pupload', baseUrl, projectId, flowName }, { credential: null });
      const bytes = Buffer.from('bytes');
      const files = ['mask', 'image'].map((edge) => testFile({ edge, name: `${edge}.png`, sizeBytes: 5 }));
      expect((await pupload.limits(call)).edges).toEqual(['image', 'mask']);
      const missing = await uploadErrorOf(pupload.reserve(files.slice(0, 1), 'key', call));
      expect(missing.failure).toMatchObject({ code: 'edge-unfilled', facts: { edge: 'image' } });
      const reservations = await pupload.reserve(files, 'key', call);
      expect(reservations.map(({ memo }) => memo.edge)).toEqual(['mask', 'image']);
      for (const { target } of reservations)
        await sendBytes(target, bytes, { fileName: 'f', mimeType: 'image/png', now: service.now });
      const assets = await Promise.all(
        reservations.map(async (reservation, index) => {
          const file = files[index] ?? testFile();
          let completion = await pupload.complete(reservation, file, false, call);
          for (let poll = 1; !completion.done; poll += 1) {
            await sleep(completion.pollAfterMs);
            completion = await pupload.poll(reservation, file, poll, call);
          }
          return completion.asset;
        }),
      );
      expect(new Set(assets.map(({ link }) => link)).size).toBe(1);
      expect(assets.map(({ artifacts }) => artifacts.map(({ edge }) => edge))).toEqual([
        ['mask', 'cut-out'],
        ['image', 'cut-out'],
      ]);
    } finally {
      await service.close();
    }
  });

  it('asks for the team that a user of Cyberun needs', async () => {
    const { address, service } = await startService({ kind: 'cyberun', name: 'user' }, clockScale);
    try {
      const { cyberun } = createProviders();
      const { baseUrl, userToken, teamId } = address.cyberun;
      const user = { credential: userToken };
      const bare = await uploadErrorOf(cyberun.verify(testCall({ kind: 'cyberun', baseUrl }, user).call));
      expect(bare.code).toBe('forbidden');
      const verified = await cyberun.verify(testCall({ kind: 'cyberun', baseUrl, teamId }, user).call);
      expect(verified.proof).toMatch(/^key accepted/);
    } finally {
      await service.close();
    }
  });
});
