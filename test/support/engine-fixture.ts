/** A real engine on a temporary data directory, with the real demo service behind it: only their waits are short. */
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type DemoOptions, type DemoService, startDemo } from '#demo';
import { openEngine } from '#engine';
import { systemClock } from '#ports/clock.ts';
import type { EngineService } from '#ports/engine-service.ts';
import { isTerminal, type JobId, type StateName, type UploadJob } from '#shared/job.ts';
import { temporaryDirectory } from './temporary.ts';

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

export async function engineFixture(
  options: {
    readonly demo?: Omit<DemoOptions, 'directory'>;
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<EngineFixture> {
  const dataDir = await temporaryDirectory();
  const demo = await startDemo({ clockScale: hurry, ...options.demo, directory: join(dataDir, 'demo') });
  onTestFinished(() => demo.close());
  const engine = await startEngine(dataDir, options.environment);
  return { engine, demo, dataDir, ...watchJobs(engine) };
}

/** An engine on a directory, closed when the test ends; throws where another one runs there. */
export async function startEngine(
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<EngineService> {
  const engine = await openEngine({
    dataDir,
    host: { name: 'cli', keyWrap: null, trash: null },
    version: '0.0.0-test',
    clock: systemClock,
    random: Math.random,
    environment: { HOIST_POLL_SCALE: String(1 / hurry), ...environment },
  });
  if (engine === 'locked') throw new Error(`${dataDir} is in use.`);
  onTestFinished(() => engine.close());
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
