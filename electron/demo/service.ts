/** Starts the demo service: one directory, two ports on loopback, four dialects. */
import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { addressOf, type DemoAddress, derive } from './address.ts';
import { adminSurface, collectStats } from './admin.ts';
import type { DemoContext, Dialect } from './context.ts';
import { cyberun, inputLifetimeMs } from './cyberun/cyberun.ts';
import { openDatabase } from './database.ts';
import { acquireLock, ensureSecret, readPorts, writePorts } from './directory.ts';
import { FaultBook } from './fault-book.ts';
import { type DemoFaults, parseFaults } from './faults.ts';
import { findDemo } from './find.ts';
import { flora } from './flora/flora.ts';
import { pass } from './http/gate.ts';
import { type Listener, listen } from './http/listen.ts';
import type { Surface } from './http/surface.ts';
import { type DemoOptions, type DemoSettings, settle } from './options.ts';
import { pupload } from './pupload/pupload.ts';
import { runflow } from './runflow/runflow.ts';
import { Counters, type DemoStats } from './stats.ts';
import { ObjectStore } from './store/objects.ts';
import { s3Surface } from './store/s3.ts';
import { incompleteBody } from './store/s3-errors.ts';
import { Targets } from './store/targets.ts';

/** A demo service in this thread. */
export interface DemoService {
  readonly address: DemoAddress;
  readonly faults: DemoFaults;
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
  const database = openDatabase(options.directory);
  const stored = readPorts(options.directory);
  const handlers: { api: Surface[]; store: Surface[] } = { api: [], store: [] };
  const now = () => settings.clock.now() + (faults.take('clockSkewMs', {}) ?? 0);
  const pending = new Set<Promise<void>>();
  const listenWith = (surfaces: Surface[], port: number | undefined, storedPort: number | undefined) =>
    listen({
      port: port ?? storedPort ?? 0,
      mayMove: port === undefined,
      onBroken: (error) =>
        'code' in error && error.code === 'HPE_INVALID_EOF_STATE' ? incompleteBody() : null,
      serve(request, response) {
        if (surfaces === handlers.store) countLeak(counters, request.headers);
        const passing = pass({ surfaces, faults, now, saw: (seen) => counters.saw(seen) }, request, response);
        pending.add(passing);
        passing.finally(() => pending.delete(passing));
      },
    });
  const listeners: Listener[] = [];
  const close = async () => {
    await Promise.all(listeners.map((listener) => listener.close()));
    await Promise.allSettled(pending);
    database.close();
  };
  try {
    listeners.push(await listenWith(handlers.api, options.port, stored?.api));
    listeners.push(await listenWith(handlers.store, options.storePort, stored?.store));
    const [api, store] = listeners.map(({ port }) => port);
    const ports = { api: api ?? 0, store: store ?? 0 };
    const address = addressOf(secret, ports);
    const context = makeContext({ settings, secret, faults, counters, database, address, now });
    const dialects = mount(context, handlers);
    writePorts(options.directory, ports);
    return {
      address,
      get faults() {
        return faults.current();
      },
      setFaults: (changed) => faults.set(parseFaults(changed)),
      stats: () => collectStats(context, dialects),
      async close() {
        await close();
        release();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
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

/** Puts the dialects before the two doors: APIs here, bytes there. */
function mount(context: DemoContext, handlers: { api: Surface[]; store: Surface[] }): readonly Dialect[] {
  const floraDialect = flora(context);
  const dialects = [runflow(context), floraDialect, cyberun(context), pupload(context)];
  const admin = adminSurface(context, () => collectStats(context, dialects));
  const objectRules = {
    diesAt: (bucket: string, storedAt: number) =>
      bucket === 'cyberun-inputs' ? storedAt + inputLifetimeMs : Number.POSITIVE_INFINITY,
    stored(bucket: string) {
      if (bucket === 'cyberun-inputs') context.counters.dialects.cyberun.assets += 1;
    },
  };
  handlers.api.push(admin, ...dialects.map(({ surface }) => surface));
  handlers.store.push(floraDialect.files, s3Surface(context, objectRules));
  return dialects;
}

/** The store must never be shown a credential of an API. */
function countLeak(counters: Counters, headers: Readonly<Record<string, unknown>>): void {
  if ('authorization' in headers || 'cookie' in headers || 'x-team-id' in headers)
    counters.leakedCredentials += 1;
}
