/** Starts the demo service: one directory, two ports on loopback, four dialects. */
import { mkdirSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf, buckets, type DemoAddress, derive } from './address.ts';
import { adminSurface, collectStats } from './admin.ts';
import type { DemoContext, Dialect } from './context.ts';
import { cyberun, inputLifetimeMs } from './cyberun/cyberun.ts';
import { openDatabase } from './database.ts';
import { acquireLock, ensureSecret, readPorts, writePorts } from './directory.ts';
import { FaultBook } from './fault-book.ts';
import { type DemoFaults, parseFaults } from './faults.ts';
import { findDemo } from './find.ts';
import { flora } from './flora/flora.ts';
import { openDoors } from './http/doors.ts';
import { type DemoOptions, type DemoSettings, settle } from './options.ts';
import { pupload } from './pupload/pupload.ts';
import { runflow } from './runflow/runflow.ts';
import { Counters, type DemoStats } from './stats.ts';
import { ObjectStore } from './store/objects.ts';
import { type ObjectRules, s3Surface } from './store/s3.ts';
import { Targets } from './store/targets.ts';

/** A demo service in this thread. */
export interface DemoService {
  readonly address: DemoAddress;
  readonly faults: DemoFaults;
  /** What a person should know of its start: that what was there could not be used. */
  readonly notice: string | null;
  /** Replaces the named faults and starts their counts anew; null ends one. */
  setFaults(faults: Partial<DemoFaults>): void;
  stats(): DemoStats;
  /** Breaks open connections, and gives the directory free. */
  close(): Promise<void>;
}

/** One runs on this directory already: here is where. */
export class DemoAlreadyRunning extends Error {
  readonly address: DemoAddress;

  constructor(address: DemoAddress) {
    super(`The demo service of this directory is running already at ${address.origin}.`);
    this.name = 'DemoAlreadyRunning';
    this.address = address;
  }
}

/** Rejects with DemoAlreadyRunning where one runs on this directory. */
export async function startDemo(options: DemoOptions): Promise<DemoService> {
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const release = await lock(options.directory);
  try {
    return await start(options, release);
  } catch (error) {
    release();
    throw error;
  }
}

/** The holder of the lock may still be on its way up, or down: asks again until one of us has the directory. */
async function lock(directory: string): Promise<() => void> {
  for (let attempt = 1; attempt <= 100; attempt += 1) {
    const release = acquireLock(directory);
    if (release !== null) return release;
    const address = await findDemo(directory);
    if (address !== null) throw new DemoAlreadyRunning(address);
    await sleep(50);
  }
  throw new Error('Another process holds the directory of the demo service and does not answer.');
}

async function start(options: DemoOptions, release: () => void): Promise<DemoService> {
  const settings = settle(options);
  const secret = ensureSecret(options.directory);
  const faults = new FaultBook(parseFaults(options.faults ?? {}));
  const counters = new Counters();
  const now = () => settings.clock.now() + (faults.take('clockSkewMs', {}) ?? 0);
  const wished = readPorts(options.directory);
  const { port: api = null, storePort: store = null } = options;
  const { setTimer } = settings.clock;
  const doors = await openDoors({ api, store, wished, faults, counters, now, setTimer });
  let database: DatabaseSync | null = null;
  try {
    const opened = openDatabase(options.directory);
    database = opened.database;
    const address = addressOf(secret, doors.ports);
    const context = makeContext({ settings, secret, faults, counters, database, address, now });
    const { dialects, ...surfaces } = build(context);
    doors.mount(surfaces);
    writePorts(options.directory, doors.ports);
    return present(context, dialects, opened.notice, async () => {
      await doors.close();
      context.database.close();
      release();
    });
  } catch (error) {
    await doors.close();
    database?.close();
    throw error;
  }
}

function present(
  context: DemoContext,
  dialects: readonly Dialect[],
  notice: string | null,
  end: () => Promise<void>,
): DemoService {
  let ended: Promise<void> | null = null;
  return {
    address: context.address,
    notice,
    get faults() {
      return context.faults.current();
    },
    setFaults: (changed) => context.faults.set(parseFaults(changed)),
    stats: () => collectStats(context, dialects),
    close() {
      ended ??= end();
      return ended;
    },
  };
}

function makeContext(
  parts: Pick<DemoContext, 'settings' | 'secret' | 'faults' | 'counters' | 'database' | 'address' | 'now'>,
): DemoContext {
  const { settings, database, faults, address, now } = parts;
  const signingKey = { accessKey: 'HOISTDEMO', secret: derive(parts.secret, 'signing') };
  const { directory, keepObjects, hashObjects, quotaBytes } = settings;
  return {
    ...parts,
    signingKey,
    objects: new ObjectStore({ directory, database, keepObjects, hashObjects, quotaBytes, now }),
    targets: new Targets({
      storeOrigin: address.storeOrigin,
      key: signingKey,
      now,
      isUnreachable: (dialect) => faults.take('unreachableStore', { dialect, stage: 'reserve' }) !== null,
    }),
    scaled: (ms) => ms / scaleOf(settings),
  };
}

function scaleOf(settings: DemoSettings): number {
  return Math.max(0.001, settings.clockScale);
}

/** The dialects, and who answers at which door. */
function build(context: DemoContext) {
  const floraDialect = flora(context);
  const dialects: readonly Dialect[] = [runflow(context), floraDialect, cyberun(context), pupload(context)];
  const admin = adminSurface(context, () => collectStats(context, dialects));
  const objectRules: ObjectRules = {
    diesAt: (bucket, storedAt) =>
      bucket === buckets.cyberun ? storedAt + inputLifetimeMs : Number.POSITIVE_INFINITY,
    stored(bucket) {
      // No confirmation follows at Cyberun: a stored object is the asset.
      if (bucket === buckets.cyberun) context.counters.dialects.cyberun.assets += 1;
    },
  };
  return {
    dialects,
    api: [admin, ...dialects.map(({ surface }) => surface)],
    store: [floraDialect.files, s3Surface(context, objectRules)],
  };
}
