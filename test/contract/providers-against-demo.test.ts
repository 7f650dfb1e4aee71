import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DemoAddress, type DemoFaults, type DemoOptions, startDemo } from '#demo';
import { systemClock } from '#ports/clock.ts';
import { createProviders } from '#providers';
import type { ProviderKind } from '#shared/destination.ts';
import { testCall } from '../support/provider-call.ts';
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

async function start(kind: ProviderKind, options: Partial<DemoOptions>): Promise<ContractService> {
  const directory = await mkdtemp(join(tmpdir(), 'hoist-contract-'));
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const demo = await startDemo({ directory, clockScale, clock: { ...systemClock, now }, ...options });
  const { key } = demo.address[kind];
  return {
    call: ({ signal, credential } = {}) =>
      testCall(drafts[kind](demo.address), {
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
}

function describeAgainst(kind: ProviderKind, name: string, options: Partial<DemoOptions>): void {
  describeProvider({
    kind,
    name,
    start: () => start(kind, options),
    provider: () => createProviders({ pollScale: 1 / clockScale })[kind],
    hasKey: kind !== 'pupload',
  });
}

describeAgainst('runflow', 'as documented', {});
describeAgainst('runflow', 'no types, 409 without bytes, confirming again', {
  runflow: { typesShape: 'absent', missingObject: 409, repeatedConfirm: 'duplicate' },
});
describeAgainst('flora', 'as specified', {});
describeAgainst('flora', 'camel case, replayed keys, ready at once', {
  flora: { keys: 'camelCase', usedKey: 'replay', readyAfterMs: 0, repeatedComplete: 'again' },
});
describeAgainst('flora', 'PUT to upload_url, no expires_at', { flora: { target: 'put', expiresAt: false } });
describeAgainst('cyberun', 'as documented', {});
describeAgainst('pupload', 'C', { pupload: { dialect: 'C' } });
describeAgainst('pupload', 'B, outputs in Artifacts', {
  pupload: { dialect: 'B', finalOutputs: 'artifacts' },
});
