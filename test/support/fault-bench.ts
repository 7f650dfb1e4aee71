/** One engine and one demo service for many faults: each is met by a fresh destination, beside another that must not notice. */
import { type DemoFaults, faultNames } from '#demo';
import { needsKey, type ProviderKind } from '#shared/destination.ts';
import type { Failure } from '#shared/failure.ts';
import type { DestinationHold } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import { type EngineFixture, engineFixture, type FixtureOptions } from './engine-fixture.ts';
import { createHurriedClock } from './hurried-clock.ts';
import { type AtEnd, randomFile, temporaryDirectory } from './temporary.ts';

export interface FaultBench extends EngineFixture {
  readonly directory: string;
  /** A new destination of this dialect at the demo service; answers its id. */
  destination(kind: ProviderKind, options?: Readonly<Record<string, unknown>>, key?: string): Promise<string>;
  /** A new file of random bytes; every one has a name of its own. */
  file(sizeBytes: number, ending?: string): Promise<string>;
  add(destinationId: string, paths: readonly string[]): Promise<readonly JobId[]>;
  /** Resolves when each job has ended, needs somebody, or waits behind a blocked destination. */
  settled(ids: readonly JobId[]): Promise<readonly UploadJob[]>;
  holdOf(destinationId: string): Promise<DestinationHold | null>;
  /** Resolves as soon as the destination is held in this way. */
  held(destinationId: string, kind: DestinationHold['kind']): Promise<DestinationHold>;
  seen(kind: ProviderKind): Seen;
  /** Ends every fault. */
  calm(): void;
}

/** What the demo service saw of one dialect since it started. */
export interface Seen {
  readonly requests: number;
  readonly reservations: number;
  readonly renewals: number;
  readonly uploads: number;
  readonly bodies: number;
  readonly completes: number;
  readonly polls: number;
  readonly leaked: number;
  /** Things that a user would find at the service. */
  readonly assets: number;
}

export async function openFaultBench(atEnd: AtEnd, demo: FixtureOptions['demo'] = {}): Promise<FaultBench> {
  const clock = createHurriedClock();
  atEnd(() => clock.stop());
  // Chance is fixed, and kind: a tenth of the longest wait that the backoff may choose.
  const fixture = await engineFixture({ demo, clock, random: () => 0.1, atEnd });
  const { engine, demo: service, until } = fixture;
  const directory = await temporaryDirectory(atEnd);
  let made = 0;

  const holdOf = async (id: string) => {
    const { destinations } = await engine.snapshot();
    return destinations.find(({ destination }) => destination.id === id)?.hold ?? null;
  };
  return {
    ...fixture,
    directory,
    async destination(kind, options = {}, key) {
      made += 1;
      const address = service.address[kind];
      const own = {
        runflow: {},
        flora: { workspaceId: service.address.flora.workspaceId },
        cyberun: {},
        pupload: { projectId: service.address.pupload.projectId, flowName: service.address.pupload.flowName },
      }[kind];
      const draft = { name: `${kind} ${made}`, kind, baseUrl: address.baseUrl, ...own, ...options };
      const view = await engine.addDestination(draft, needsKey[kind] ? (key ?? address.key) : null);
      return view.destination.id;
    },
    async file(sizeBytes, ending = 'png') {
      made += 1;
      return (await randomFile(directory, `file ${made}.${ending}`, sizeBytes)).path;
    },
    async add(destinationId, paths) {
      const { files } = await engine.addFiles(paths, { destinationId });
      return files.map(({ jobId, failure }) => {
        if (jobId === null) throw new Error(`refused: ${failure?.code}`);
        return jobId;
      });
    },
    async settled(ids) {
      const isStuck = new Set<string>();
      return until(ids, (jobs) => {
        for (const { state, destinationId } of jobs)
          if (state.name === 'blocked' && consequenceIsForAll(state.failure)) isStuck.add(destinationId);
        return (
          jobs.length === ids.length &&
          jobs.every(
            ({ state, destinationId }) =>
              ['completed', 'failed', 'canceled', 'blocked'].includes(state.name) ||
              (state.name === 'queued' && isStuck.has(destinationId)),
          )
        );
      });
    },
    holdOf,
    async held(destinationId, kind) {
      for (;;) {
        const change = Promise.withResolvers<void>();
        const undo = engine.onChange((told) => told.kind === 'destinations' && change.resolve());
        try {
          const hold = await holdOf(destinationId);
          if (hold?.kind === kind) return hold;
          await change.promise;
        } finally {
          undo();
        }
      }
    },
    seen(kind) {
      const { dialects, uploads, leakedCredentials } = service.stats();
      const states = ['confirmed', 'ready', 'stored', 'COMPLETE'];
      return {
        ...dialects[kind],
        leaked: leakedCredentials,
        assets: new Set(
          uploads
            .filter(({ dialect, state }) => dialect === kind && states.includes(state))
            .map(({ id }) => id),
        ).size,
      };
    },
    calm: () => service.setFaults(noFaults),
  };
}

const noFaults: Partial<DemoFaults> = Object.fromEntries(faultNames.map((name) => [name, null]));

function consequenceIsForAll({ code }: Failure): boolean {
  return [
    'key-refused',
    'key-missing',
    'no-credit',
    'forbidden',
    'certificate',
    'proxy-refused',
    'flow-invalid',
  ].includes(code);
}
