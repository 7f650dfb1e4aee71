/** The engine as it ships, in this process, with one destination that leads to a sink. */
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { openEngine } from '#engine';
import { systemClock } from '#ports/clock.ts';
import type { EngineService } from '#ports/engine-service.ts';
import { stateNames } from '#shared/job.ts';

export interface EngineOptions {
  /** Data directory; a new one below `workspace` where it is missing. */
  readonly dataDir?: string;
  readonly workspace: string;
  /** Runflow: three requests a file. Cyberun: two, and files as large as they come. */
  readonly kind: 'runflow' | 'cyberun';
  /** Of the sink. */
  readonly origin: string;
  readonly certFile?: string;
  readonly lanes: number;
  readonly startsWork?: boolean;
}

export interface BenchEngine {
  readonly engine: EngineService;
  readonly dataDir: string;
  readonly destinationId: string;
  /** Gives these files (or folders) to the destination and resolves when so many jobs are completed. */
  upload(paths: readonly string[], count: number): Promise<void>;
  /** Resolves when so many jobs are completed; rejects when one failed or needs somebody. */
  completed(count: number): Promise<void>;
  /** Resolves when there are so many jobs, whatever became of them. */
  queued(count: number): Promise<void>;
  close(): Promise<void>;
}

const destinationName = 'sink';

/** Between two looks at the counts, which are kept, not counted. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 25));

export async function openBenchEngine(options: EngineOptions): Promise<BenchEngine> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(options.workspace, 'data-')));
  const { certFile = '' } = options;
  const opened = await openEngine({
    dataDir,
    host: { name: 'cli', keyWrap: null, trash: null },
    version: '0.0.0-bench',
    clock: systemClock,
    random: Math.random,
    environment: certFile === '' ? {} : { NODE_EXTRA_CA_CERTS: certFile },
    ...(options.startsWork === undefined ? {} : { startsWork: options.startsWork }),
  });
  if (opened === 'locked') throw new Error(`${dataDir} is in use.`);
  const engine: EngineService = opened;
  const destinationId = await destinationOf(engine, options);

  async function completed(count: number): Promise<void> {
    for (;;) {
      const { byState } = await engine.countJobs({});
      if (byState.failed + byState.blocked > 0) throw new Error(await describeEnded(engine));
      if (byState.completed >= count) return;
      await pause();
    }
  }

  return {
    engine,
    dataDir,
    destinationId,
    async upload(paths, count) {
      await engine.addFiles(paths, { destinationId });
      await completed(count);
    },
    completed,
    async queued(count) {
      while ((await engine.countJobs({})).all < count) await pause();
    },
    close: () => engine.close(),
  };
}

async function destinationOf(engine: EngineService, options: EngineOptions): Promise<string> {
  const { destinations } = await engine.snapshot();
  const known = destinations.find(({ destination }) => destination.name === destinationName);
  if (known !== undefined) return known.destination.id;
  const { kind, origin, lanes } = options;
  const own = kind === 'cyberun' ? { maxSizeBytes: 2 ** 40 } : {};
  const { destination } = await engine.addDestination(
    { name: destinationName, kind, baseUrl: origin, lanes, ...own },
    'sk-0123456789abcdef0123456789abcdef',
  );
  return destination.id;
}

async function describeEnded(engine: EngineService): Promise<string> {
  const states = stateNames.filter((name) => name === 'failed' || name === 'blocked');
  const { rows } = await engine.listJobs({
    filter: { states },
    sort: 'added',
    direction: 'ascending',
    cursor: null,
    limit: 1,
  });
  return `An upload did not come to its end: ${JSON.stringify(rows[0]?.state)}`;
}
