/** A whole world around one queue: time, chance, files, services, a line, a journal, and the lives of the program. */
import type { NewJob } from '#ports/journal.ts';
import type { StoredJob } from '#ports/stored-job.ts';
import { openQueue, type Queue } from '#queue';
import { type Destination, destinationSchema, type ProviderKind } from '#shared/destination.ts';
import type { JobId, Origin } from '#shared/job.ts';
import { createSimApi } from './sim-api.ts';
import { SimFaults } from './sim-faults.ts';
import { SimFiles } from './sim-files.ts';
import { type JournalKeeper, type MakeKeeper, MemoryKeeper } from './sim-keeper.ts';
import { simProviders } from './sim-provider.ts';
import { type SimRandom, seeded } from './sim-random.ts';
import { credentialMark, SimService } from './sim-service.ts';
import { newProcess, type SimProcess, SimTime } from './sim-time.ts';
import { createSimTransfer, type SimLine } from './sim-transfer.ts';

export const MiB = 1024 * 1024;

export interface SimDestination {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly lanes?: number;
}

export interface WorldOptions<K extends JournalKeeper> {
  readonly seed?: number;
  readonly destinations?: readonly SimDestination[];
  readonly makeKeeper: (time: SimTime) => K;
}

export interface GivenFile {
  readonly path: string;
  readonly sizeBytes?: number;
  readonly destinationId?: string;
  readonly origin?: Origin;
  readonly edge?: string;
  readonly groupId?: string;
  readonly watchFolderId?: string;
  readonly isForced?: boolean;
}

export class SimWorld<K extends JournalKeeper = MemoryKeeper> {
  readonly time = new SimTime();
  readonly random: SimRandom;
  readonly files = new SimFiles();
  readonly faults = new SimFaults();
  readonly line: SimLine = { bytesPerSecond: 10 * MiB, sending: 0, mostSending: 0 };
  readonly destinations = new Map<string, Destination>();
  readonly services = new Map<string, SimService>();
  readonly keeper: K;
  readonly settings = { maxAttempts: 8, isPaused: false, reuseSameContent: false };
  readonly pausedDestinations = new Set<string>();
  /** Of which nothing is known any more. */
  readonly removedDestinations = new Set<string>();
  readonly offlineFolders = new Set<string>();
  readonly laneCeilings = new Map<string, number>();
  readonly notices: string[] = [];
  readonly completed: JobId[] = [];
  /** Paths in the order in which their bytes began to go. */
  readonly sendOrder: string[] = [];
  holdChanges = 0;
  process: SimProcess = newProcess();
  #queue: Queue | null = null;
  #keys = 0;

  constructor(options: WorldOptions<K>) {
    this.random = seeded(options.seed ?? 1);
    this.keeper = options.makeKeeper(this.time);
    for (const destination of options.destinations ?? [{ id: 'd1', kind: 'runflow' }])
      this.addDestination(destination);
  }

  addDestination({ id, kind, lanes = 4 }: SimDestination): SimService {
    const service = new SimService(this.time, id);
    this.destinations.set(id, destinationOf(id, kind, lanes));
    this.services.set(id, service);
    this.laneCeilings.set(id, lanes);
    return service;
  }

  get isOpen(): boolean {
    return this.#queue !== null;
  }

  get queue(): Queue {
    if (this.#queue === null) throw new Error('No queue is open in this world.');
    return this.#queue;
  }

  service(destinationId = 'd1'): SimService {
    const service = this.services.get(destinationId);
    if (service === undefined) throw new Error(`There is no destination ${destinationId}.`);
    return service;
  }

  /** A new life of the program on what is on disk. */
  async open({ startsWork = true }: { startsWork?: boolean } = {}): Promise<Queue> {
    const process = newProcess();
    this.process = process;
    const journal = await this.keeper.open(process);
    const wire = {
      time: this.time,
      process,
      services: (id: string) => this.service(id),
      faults: this.faults,
    };
    const opening = openQueue({
      journal,
      providers: simProviders((id) => this.service(id).maxBytes),
      createApiClient: createSimApi(wire),
      transfer: createSimTransfer({
        ...wire,
        line: this.line,
        files: this.files,
        storeOf: (slotId) => this.#storeOf(slotId),
        onSend: (path) => this.sendOrder.push(path),
      }),
      clock: this.time.clockOf(process),
      random: () => this.random.next(),
      newKey: () => {
        this.#keys += 1;
        return `key-${this.#keys}`;
      },
      resolveDestination: async (id) => {
        const destination = this.destinations.get(id);
        return destination === undefined || this.removedDestinations.has(id)
          ? null
          : { destination, credential: credentialMark + id };
      },
      settings: () => this.settings,
      startsWork,
      isDestinationPaused: (id) => this.pausedDestinations.has(id),
      laneCeiling: (id) => this.laneCeilings.get(id) ?? 4,
      readFileVersion: async (path) => {
        await this.time.wait(1, process);
        return this.files.read(path);
      },
      hashFile: async (path, expected) => {
        await this.time.wait(1, process);
        const current = this.files.find(path);
        return current?.mtimeNs === expected.mtimeNs
          ? { sha256: `hash of ${expected.sizeBytes} bytes` }
          : { changed: current };
      },
      isFolderOffline: (id) => this.offlineFolders.has(id),
      onChange: () => {},
      onHoldsChange: () => {
        this.holdChanges += 1;
      },
      onCompleted: (job) => this.completed.push(job.id),
      onNotice: (text) => this.notices.push(text),
    });
    this.#queue = await this.time.during(opening);
    this.#queue.start([...this.destinations.keys()]);
    return this.#queue;
  }

  /** The process is killed: nothing of it happens any more. */
  kill(): void {
    this.process.isAlive = false;
    this.line.sending = 0;
    this.#queue = null;
  }

  /** The process dies in the moment in which the write that is under way is on disk, before it is told. */
  dieAfterWrite(): void {
    this.time.schedule(0, () => this.kill());
  }

  async close(): Promise<void> {
    await this.time.during(this.queue.close());
    await this.time.during(this.keeper.close());
    this.#queue = null;
  }

  /** Writes the files and gives them to the queue. Answers their job ids. */
  async give(files: readonly (string | GivenFile)[]): Promise<readonly JobId[]> {
    const results = await this.time.during(this.queue.add(this.orders(files)));
    return results.map(({ job }) => job.id);
  }

  orders(files: readonly (string | GivenFile)[]): readonly NewJob[] {
    return files.map((given) => this.#order(typeof given === 'string' ? { path: given } : given));
  }

  async job(id: JobId): Promise<StoredJob> {
    const job = (await this.keeper.jobs()).find((each) => each.id === id);
    if (job === undefined) throw new Error(`There is no job ${id}.`);
    return job;
  }

  /** Waits until every job (or these) is in one of the states. */
  async untilAll(state: StoredJob['state']['name'], ids?: readonly JobId[], withinMs = 3_600_000) {
    await this.time.until(
      async () =>
        (await this.keeper.jobs()).every(
          (job) => (ids !== undefined && !ids.includes(job.id)) || job.state.name === state,
        ),
      withinMs,
    );
  }

  async untilState(id: JobId, ...names: StoredJob['state']['name'][]): Promise<StoredJob> {
    await this.time.until(async () => names.includes((await this.job(id)).state.name));
    return this.job(id);
  }

  #order(given: GivenFile): NewJob {
    const { path, sizeBytes = 100_000, origin = 'manual' } = given;
    const file =
      this.files.find(path)?.sizeBytes === sizeBytes
        ? this.files.read(path)
        : this.files.write(path, sizeBytes);
    return {
      order: {
        destinationId: given.destinationId ?? 'd1',
        path,
        name: path,
        mimeType: 'image/png',
        file,
        edge: given.edge ?? null,
        groupId: given.groupId ?? null,
        origin,
        watchFolderId: given.watchFolderId ?? null,
        batchId: null,
      },
      rank: origin === 'manual' ? 0 : 1,
      isForced: given.isForced ?? false,
      entries: [],
    };
  }

  #storeOf(slotId: string): SimService {
    for (const service of this.services.values()) if (service.slots.has(slotId)) return service;
    throw new Error(`No store has the slot ${slotId}.`);
  }
}

/** A world whose journal is in memory. */
export const memoryWorld = (options: Omit<WorldOptions<MemoryKeeper>, 'makeKeeper'> = {}) =>
  new SimWorld({ ...options, makeKeeper: (time) => new MemoryKeeper(time) });

export type { MakeKeeper };

function destinationOf(id: string, kind: ProviderKind, lanes: number): Destination {
  const options = {
    runflow: {},
    flora: { workspaceId: 'ws_sim' },
    cyberun: {},
    pupload: { flowFile: '/flow.json' },
  }[kind];
  return destinationSchema.parse({ id, name: id, kind, lanes, baseUrl: 'https://api.sim', ...options });
}
