/** One engine and one demo service for many faults, and what a test reads of both. Its clock hurries. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type DemoFaults, faultNames } from '#demo';
import { needsKey, type ProviderKind } from '#shared/destination.ts';
import { consequenceOf, explainFailure, type Failure } from '#shared/failure.ts';
import type { DestinationHold } from '#shared/ipc.ts';
import { isTerminal, type JobId, type UploadJob } from '#shared/job.ts';
import { type CensusOptions, type GivenFile, takeCensus } from './census.ts';
import { type EngineFixture, engineFixture, type FixtureOptions } from './engine-fixture.ts';
import { createHurriedClock } from './hurried-clock.ts';
import { type AtEnd, randomFile, sha256, temporaryDirectory } from './temporary.ts';

/** The polls of the services pass faster still: the clock moves on by 100 ms at a time. */
const pollScale = '0.002';

export interface FaultBench extends EngineFixture {
  /** A new destination of this dialect at the demo service; answers its id. */
  destination(kind: ProviderKind, options?: Readonly<Record<string, unknown>>, key?: string): Promise<string>;
  /** A new file of random bytes; every one has a name of its own. */
  file(sizeBytes: number, ending?: string): Promise<string>;
  /** `isElsewhere`: to a service of the test's own, which counts by itself. `edges`: one for each path, for one flow run. */
  add(
    destinationId: string,
    paths: readonly string[],
    options?: { readonly isElsewhere?: boolean; readonly edges?: readonly string[] },
  ): Promise<readonly JobId[]>;
  /** Resolves when each job has ended, needs somebody, or waits behind one that blocked their destination. */
  settled(ids: readonly JobId[]): Promise<readonly UploadJob[]>;
  holdOf(destinationId: string): Promise<DestinationHold | null>;
  /** Resolves with the first hold that satisfies, looking whenever any hold changes. */
  untilHeld(destinationId: string, satisfies: (hold: DestinationHold) => boolean): Promise<DestinationHold>;
  seen(kind: ProviderKind): Seen;
  /** Everything that a person or a program could read about a job. */
  said(id: JobId): Promise<string>;
  /** Ends every fault. */
  calm(): void;
  /**
   * Every file that was given so far against every asset at the demo service; fails the test where they do not agree.
   * The test that gives files takes it by itself when it ends.
   */
  census(options?: CensusOptions): Promise<void>;
}

/** A file that was given, and the job that it became. */
interface GivenJob {
  readonly jobId: JobId;
  readonly kind: ProviderKind;
  readonly path: string;
  readonly sha256: string;
}

/** A larger one is never sent: only what refuses it is tested. */
const largestCounted = 64 * 1024 ** 2;

/** What the demo service saw of one dialect since it started. */
export interface Seen {
  readonly requests: number;
  readonly reservations: number;
  readonly renewals: number;
  readonly uploads: number;
  /** Whole bodies that the store received, kept or not. */
  readonly bodies: number;
  /** Things that a user would find at the service. */
  readonly assets: number;
  readonly rejected: number;
}

export async function openFaultBench(atEnd: AtEnd, options: FixtureOptions = {}): Promise<FaultBench> {
  const clock = createHurriedClock();
  atEnd(() => clock.stop());
  const fixture = await engineFixture({
    clock,
    // Chance is fixed, and kind: a tenth of the longest wait that the backoff may choose.
    random: () => 0.1,
    environment: { HOIST_POLL_SCALE: pollScale },
    atEnd,
    ...options,
  });
  const { engine, demo, until } = fixture;
  const directory = await temporaryDirectory(atEnd);
  let made = 0;
  const given: GivenJob[] = [];
  const told = new Set<string>();
  let forced = 0;
  let filesCounted = 0;
  /** The test that counts by itself, and the one that is counted when it ends. */
  let counted: string | undefined;
  let due: string | undefined;

  const census = async (censusOptions?: CensusOptions) => {
    counted = expect.getState().currentTestName;
    forced += censusOptions?.forced ?? 0;
    const wasCounted = filesCounted;
    filesCounted = given.length;
    const jobs = new Map((await engine.rows(given.map(({ jobId }) => jobId))).map((job) => [job.id, job]));
    const files = given.map(({ jobId, ...file }): GivenFile => {
      const job = jobs.get(jobId);
      return {
        ...file,
        end: job === undefined ? 'nowhere' : job.state.name === 'completed' ? 'asset' : 'explained',
      };
    });
    await takeCensus(demo, join(fixture.dataDir, 'demo'), files, {
      forced,
      told,
      fresh: files.length - wasCounted,
    });
  };
  const countAtEnd = () => {
    const name = expect.getState().currentTestName;
    if (name === undefined || name === due) return;
    due = name;
    onTestFinished(() => (counted === name ? undefined : census()));
  };

  const holdOf = async (id: string) => {
    const { destinations } = await engine.snapshot();
    return destinations.find(({ destination }) => destination.id === id)?.hold ?? null;
  };
  return {
    ...fixture,
    async destination(kind, extra = {}, key) {
      made += 1;
      const address = demo.address[kind];
      const { projectId, flowName } = demo.address.pupload;
      const own = {
        runflow: {},
        flora: { workspaceId: demo.address.flora.workspaceId },
        cyberun: {},
        pupload: 'flowFile' in extra ? {} : { projectId, flowName },
      }[kind];
      const draft = { name: `${kind} ${made}`, kind, baseUrl: address.baseUrl, ...own, ...extra };
      const view = await engine.addDestination(draft, needsKey[kind] ? (key ?? address.key) : null);
      return view.destination.id;
    },
    async file(sizeBytes, ending = 'png') {
      made += 1;
      return (await randomFile(directory, `file ${made}.${ending}`, sizeBytes)).path;
    },
    async add(destinationId, paths, { isElsewhere = false, edges = [] } = {}) {
      countAtEnd();
      const { destinations } = await engine.snapshot();
      const kind = destinations.find(({ destination: { id, name } }) => [id, name].includes(destinationId))
        ?.destination.kind;
      if (kind === undefined) throw new Error(`No destination ${destinationId}.`);
      const contents = await Promise.all(paths.map(contentOf));
      const named = edges.map((edge, index) => ({ edge, path: paths[index] ?? '' }));
      const { files } = await (named.length === 0
        ? engine.addFiles(paths, { destinationId })
        : engine.addFiles([], { destinationId, edges: named }));
      return files.map(({ jobId, failure, path }, index) => {
        if (jobId === null) throw new Error(`refused: ${failure?.code}`);
        if (!isElsewhere) given.push({ jobId, kind, path, sha256: contents[index] ?? '' });
        return jobId;
      });
    },
    settled(ids) {
      const blocked = new Set<string>();
      return until(ids, (jobs) => {
        for (const { state, destinationId } of jobs)
          if (state.name === 'blocked' && consequenceOf(state.failure.code) === 'block-destination')
            blocked.add(destinationId);
        return (
          jobs.length === ids.length &&
          jobs.every(
            ({ state, destinationId }) =>
              isTerminal(state.name) ||
              state.name === 'blocked' ||
              (state.name === 'queued' && blocked.has(destinationId)),
          )
        );
      });
    },
    holdOf,
    async untilHeld(destinationId, satisfies) {
      for (;;) {
        const change = Promise.withResolvers<void>();
        // Subscribed before the look, so that nothing can fall between the two.
        const undo = engine.onChange((told) => told.kind === 'destinations' && change.resolve());
        try {
          const hold = await holdOf(destinationId);
          if (hold !== null && satisfies(hold)) return hold;
          await change.promise;
        } finally {
          undo();
        }
      }
    },
    seen: (kind) => demo.stats().dialects[kind],
    async said(id) {
      return JSON.stringify([await engine.getJob(id), await engine.snapshot(), await engine.rows([id])]);
    },
    calm: () => demo.setFaults(noFaults),
    census,
  };
}

async function contentOf(path: string): Promise<string> {
  const { size } = await stat(path);
  return size > largestCounted ? '' : sha256(await readFile(path));
}

const noFaults: Partial<DemoFaults> = Object.fromEntries(faultNames.map((name) => [name, null]));

/** What was counted between two looks. */
export function between(before: Seen, after: Seen): Seen {
  const differences = Object.entries(before).map(([name, value]) => [
    name,
    after[name as keyof Seen] - Number(value),
  ]);
  return Object.fromEntries(differences) as Seen;
}

/** What is wrong with the texts of a failure; null: a person can read them. */
export function problemOfTexts(failure: Failure): string | null {
  for (const text of Object.values(explainFailure(failure))) {
    if (!/^(\p{Lu}|\d{1,3}\.\d).*\.$/u.test(text)) return `not a sentence: ${text}`;
    if (/undefined|null|NaN|\[object|\s{2}|\s[.,]|[{}<>]/.test(text)) return `not for people: ${text}`;
  }
  return /[{}<>]/.test(failure.message) ? `markup in the detail: ${failure.message}` : null;
}

/** The first secret that a text gives away; null: none. */
export function secretIn(text: string, { address }: EngineFixture['demo']): string | null {
  const { runflow, flora, cyberun } = address;
  const keys = [runflow.key, flora.key, cyberun.key, cyberun.deviceKey, cyberun.userToken];
  const found = keys.find((key) => text.includes(key));
  return found ?? /x-amz-(?:signature|credential)|[?&]signature=|bearer [\w-]{6}/i.exec(text)?.[0] ?? null;
}
