/** A real engine on a temporary data directory, with the real demo service behind it: only their waits are short. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type DemoOptions, type DemoService, startDemo } from '#demo';
import { openEngine } from '#engine';
import { type Clock, type Random, systemClock } from '#ports/clock.ts';
import type { EngineService } from '#ports/engine-service.ts';
import { isTerminal, type JobId, type StateName, type UploadJob } from '#shared/job.ts';
import { type AtEnd, temporaryDirectory } from './temporary.ts';

/** The services' own waits (polls, controller ticks) pass this much faster; lifetimes of URLs do not. */
const hurry = 50;

export interface EngineFixture {
  readonly engine: EngineService;
  readonly demo: DemoService;
  readonly dataDir: string;
  /** Resolves with the jobs when each of them has ended or needs somebody. */
  atRest(ids: readonly JobId[]): Promise<readonly UploadJob[]>;
  /** Resolves as soon as a look at these jobs satisfies. */
  until(
    ids: readonly JobId[],
    satisfies: (jobs: readonly UploadJob[]) => boolean,
  ): Promise<readonly UploadJob[]>;
}

export interface FixtureOptions {
  readonly demo?: Omit<DemoOptions, 'directory' | 'clock'>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Of the engine and of the demo service. */
  readonly clock?: Clock;
  readonly random?: Random;
  readonly atEnd?: AtEnd;
}

export async function engineFixture(options: FixtureOptions = {}): Promise<EngineFixture> {
  const { clock = systemClock, atEnd = onTestFinished } = options;
  const dataDir = await temporaryDirectory(atEnd);
  const directory = join(dataDir, 'demo');
  const demo = await startDemo({ clockScale: hurry, ...options.demo, clock, directory });
  atEnd(() => demo.close());
  const engine = await startEngine(dataDir, options.environment, options);
  return { engine, demo, dataDir, ...watchJobs(engine) };
}

/** An engine on a directory, closed when the test ends; throws where another one runs there. */
export async function startEngine(
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
  options: Pick<FixtureOptions, 'clock' | 'random' | 'atEnd'> = {},
): Promise<EngineService> {
  const engine = await openEngine({
    dataDir,
    host: { name: 'cli', keyWrap: null, trash: null },
    version: '0.0.0-test',
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    environment: { HOIST_POLL_SCALE: String(1 / hurry), ...environment },
  });
  if (engine === 'locked') throw new Error(`${dataDir} is in use.`);
  (options.atEnd ?? onTestFinished)(() => engine.close());
  return engine;
}

const isAtRest = (name: StateName) => isTerminal(name) || name === 'blocked';

export function watchJobs(engine: EngineService): Pick<EngineFixture, 'atRest' | 'until'> {
  const until: EngineFixture['until'] = async (ids, satisfies) => {
    for (;;) {
      const change = Promise.withResolvers<void>();
      // Subscribed before the look, so that nothing can fall between the two.
      const undo = engine.onChange(({ kind }) => kind === 'jobs' && change.resolve());
      try {
        const jobs = await engine.rows(ids);
        if (satisfies(jobs)) return jobs;
        await change.promise;
      } finally {
        undo();
      }
    }
  };
  return {
    until,
    atRest: (ids) =>
      until(ids, (jobs) => jobs.length === ids.length && jobs.every(({ state }) => isAtRest(state.name))),
  };
}
