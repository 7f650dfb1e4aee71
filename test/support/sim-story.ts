/** Plays one seed: a random world, random people, random trouble, then quiet. */
import { createHash } from 'node:crypto';
import { UploadError } from '#ports/upload-error.ts';
import { providerKinds } from '#shared/destination.ts';
import type { JobFilter } from '#shared/ipc.ts';
import type { JobId, StateName } from '#shared/job.ts';
import { SimBooks } from './sim-books.ts';
import type { Finding } from './sim-finding.ts';
import { MemoryKeeper, type StoryKeeper } from './sim-keeper.ts';
import { SimSpared } from './sim-spared.ts';
import { SqliteKeeper } from './sim-sqlite.ts';
import { folderIds, SimTrouble, spared } from './sim-trouble.ts';
import { SimWeather } from './sim-weather.ts';
import { type GivenFile, MiB, type SimDestination, SimWorld } from './sim-world.ts';

export interface Ending {
  readonly findings: readonly Finding[];
  /** Of everything that happened, in order: the same seed gives the same. */
  readonly traceHash: string;
  readonly jobs: number;
  readonly requests: number;
  /** Times that the program died. */
  readonly deaths: number;
  /** Deaths that took what was not known to be on disk. */
  readonly tornLogs: number;
  /** Faults that the weather brought. */
  readonly faults: number;
  /** The kinds of everything that went wrong. */
  readonly faultKinds: readonly string[];
}

export interface StoryOptions {
  readonly actions?: number;
  /** Where the journal lies; by default as `hasRealJournal` says. */
  readonly journal?: 'memory' | 'sqlite';
  /** Hears the trace as it grows, to look into a seed that fails. */
  readonly onTell?: (line: string) => void;
}

/** The real file takes its time. */
export const hasRealJournal = (seed: number): boolean => seed % 20 === 0;

const quietWithinMs = 4 * 3_600_000;

export async function playStory(seed: number, options: StoryOptions = {}): Promise<Ending> {
  const story = new Story(seed, options);
  try {
    return await story.play(options.actions ?? 40);
  } finally {
    story.dispose();
  }
}

class Story {
  readonly #world: SimWorld<StoryKeeper>;
  readonly #weather: SimWeather;
  readonly #books: SimBooks;
  readonly #trouble: SimTrouble;
  readonly #hash = createHash('sha256');
  readonly #onTell: (line: string) => void;
  readonly #accepted = new Set<JobId>();
  readonly #removed = new Map<string, ReturnType<SimWorld['files']['read']>>();
  readonly #spared: SimSpared;
  #files = 0;
  #steps = 0;
  #deaths = 0;
  #isAsleep = false;
  /** The program dies when this write is on disk, before it hears of it. */
  #deadlyWrite: number | null = null;

  constructor(
    seed: number,
    { onTell = () => {}, journal = hasRealJournal(seed) ? 'sqlite' : 'memory' }: StoryOptions,
  ) {
    this.#onTell = onTell;
    this.#world = new SimWorld<StoryKeeper>({
      seed,
      destinations: [],
      makeKeeper: (time) =>
        journal === 'sqlite' ? new SqliteKeeper(time, { seed }) : new MemoryKeeper(time),
    });
    const { random } = this.#world;
    this.#world.line.bytesPerSecond = random.pick([0.3, 2, 20]) * MiB;
    this.#world.keeper.passMs = () => random.int(0, 3);
    this.#weather = new SimWeather(random, spared);
    this.#world.faults.rest = this.#weather;
    this.#books = new SimBooks(this.#world);
    this.#spared = new SimSpared(this.#world);
    this.#trouble = new SimTrouble(this.#world, (name, ask) => this.#do(name, ask));
    const count = random.int(1, 3);
    for (let index = 0; index < count; index += 1)
      this.#addDestination({ id: `d${index}`, kind: random.pick(providerKinds), lanes: random.int(1, 5) });
    this.#world.addDestination({ id: spared, kind: random.pick(providerKinds), lanes: 2 });
    this.#world.keeper.afterWrite = (write, call) => {
      this.#tell(`${write} ${call}`);
      if (write === this.#deadlyWrite) this.#world.dieAfterWrite();
    };
    this.#world.time.watch = () => this.#watch();
  }

  async play(actions: number): Promise<Ending> {
    const { time, random } = this.#world;
    await this.#world.open();
    for (let action = 0; action < actions; action += 1) {
      await this.#act();
      await time.advance(random.pick([0, 1, 7, 40, 300, 2000, 15_000]));
    }
    await this.#calm();
    await this.#rest();
    this.#books.upsets += this.#weather.count;
    await this.#books.close(this.#accepted);
    const { keeper } = this.#world;
    const jobs = await keeper.jobs();
    await this.#world.close();
    // Answers that nobody waits for any more are still on their way.
    await time.advance(60_000);
    if (time.pendingOf(this.#world.process) > 0) this.#books.find('broken', 'Timers are left.');
    for (const notice of this.#world.notices) this.#books.find('broken', notice);
    for (const job of jobs) this.#tell(`${job.id} ${job.state.name} ${job.attempts} ${job.renewals}`);
    const requests = [...this.#world.services.values()].reduce((sum, each) => sum + each.requests.length, 0);
    return {
      findings: this.#books.findings,
      traceHash: this.#hash.digest('hex'),
      jobs: jobs.length,
      requests,
      deaths: this.#deaths,
      tornLogs: keeper instanceof SqliteKeeper ? keeper.tornLogs : 0,
      faults: this.#weather.count,
      faultKinds: [...this.#weather.kinds, ...this.#trouble.kinds],
    };
  }

  dispose(): void {
    const { keeper } = this.#world;
    if (keeper instanceof SqliteKeeper) keeper.dispose();
  }

  async #act(): Promise<void> {
    const { random } = this.#world;
    const action = random.pick([
      this.#give,
      this.#give,
      this.#give,
      this.#giveWatched,
      this.#command,
      this.#command,
      this.#change,
      this.#vanish,
      this.#die,
      this.#dieAtWrite,
      this.#restart,
      this.#sleep,
      this.#jump,
      () => this.#trouble.strike(),
      () => this.#trouble.strike(),
      () => this.#trouble.set(),
    ]);
    // Whoever was on the way may have to begin again.
    if (this.#world.isOpen) this.#books.upsets += 1 + this.#world.queue.active().length;
    await action.call(this);
  }

  #give(): void {
    this.#do('add', async () => {
      for (const { job } of await this.#world.queue.add(this.#world.orders(this.#someFiles())))
        this.#accepted.add(job.id);
    });
  }

  #giveWatched(): void {
    const files = this.#someFiles().filter(({ groupId }) => groupId === undefined);
    const { random, offlineFolders } = this.#world;
    const folderId = random.pick(folderIds);
    if (offlineFolders.has(folderId)) return;
    const orders = this.#world.orders(
      files.map((file) => ({ ...file, origin: 'watched' as const, watchFolderId: folderId })),
    );
    const pairs = orders.map((job) => ({
      job,
      file: {
        ...job.order.file,
        folderId,
        relativePath: `${job.order.destinationId}/${job.order.path}`,
        fileClass: 'settling' as const,
        rule: null,
        jobId: null,
        seenAt: 0,
      },
    }));
    this.#do('addWatched', async () => {
      for (const { job } of await this.#world.queue.addWatched(pairs)) this.#accepted.add(job.id);
    });
  }

  #someFiles(): readonly GivenFile[] {
    const { random, destinations } = this.#world;
    const destination = random.pick([...destinations.values()]);
    const count = random.int(1, 6);
    const sizes = destination.id === spared ? [0, 900, 60_000] : [0, 900, 60_000, 700_000, 3 * MiB];
    const isGroup = destination.kind === 'pupload' && count > 1 && random.chance(0.6);
    return Array.from({ length: count }, (_, index) => {
      this.#files += 1;
      return {
        path: `${destination.id}-file${this.#files}`,
        sizeBytes: random.pick(sizes),
        destinationId: destination.id,
        ...(isGroup ? { edge: `edge${index}`, groupId: `group${this.#files - index}` } : {}),
      };
    });
  }

  #command(): void {
    const { random } = this.#world;
    const states: readonly StateName[] = [
      'queued',
      'uploading',
      'waiting',
      'blocked',
      'failed',
      'paused',
      'processing',
    ];
    const filter = random.pick<JobFilter>([
      {},
      { states: [random.pick(states)] },
      { ids: this.#someIds() },
      { ids: this.#someIds() },
      { destinationId: 'd0' },
    ]);
    const names = ['pause', 'resume', 'resume', 'cancel', 'retry', 'retry', 'moveToTop'] as const;
    const name = random.pick(names);
    // To cancel all would end the story.
    const of = name === 'cancel' ? { ids: this.#someIds().slice(0, 1) } : filter;
    this.#do(name, () => this.#world.queue[name](of));
  }

  #someIds(): readonly JobId[] {
    const { random, keeper } = this.#world;
    const ids = [...keeper.stored.keys()];
    return ids.length === 0 ? [] : Array.from({ length: random.int(1, 3) }, () => random.pick(ids));
  }

  #change(): void {
    const { random, files, keeper } = this.#world;
    const job = random.pick([...keeper.stored.values(), undefined]);
    if (job === undefined || job.destinationId === spared || files.find(job.path) === null) return;
    const file = files.write(job.path, random.pick([500, 80_000, 2 * MiB]));
    if (random.chance(0.6)) this.#do('changed', () => this.#world.queue.changed(job.id, file));
  }

  #vanish(): void {
    const { random, files, keeper } = this.#world;
    const job = random.pick([...keeper.stored.values(), undefined]);
    const version = job === undefined ? null : files.find(job.path);
    if (job === undefined || job.destinationId === spared || version === null) return;
    files.remove(job.path);
    this.#removed.set(job.path, version);
  }

  async #die(): Promise<void> {
    this.#tell('dies');
    this.#world.kill();
    this.#deaths += 1;
    await this.#reopen();
  }

  async #dieAtWrite(): Promise<void> {
    const { random, keeper, time } = this.#world;
    const isBefore = random.chance(0.5);
    const at = keeper.writes + random.int(1, 6);
    if (!isBefore) this.#deadlyWrite = at;
    keeper.beforeWrite = (write) => {
      if (!isBefore || write !== at) return;
      this.#world.kill();
      return new Promise(() => {});
    };
    await time.advance(5000);
    keeper.beforeWrite = () => {};
    this.#deadlyWrite = null;
    if (this.#world.isOpen) return;
    this.#deaths += 1;
    await this.#reopen();
  }

  async #restart(): Promise<void> {
    // With a full disk what runs cannot say that it ended; then the process is ended as if it died.
    this.#tell('restarts');
    await this.#world.close();
    await this.#reopen();
  }

  async #reopen(): Promise<void> {
    await this.#world.time.advance(this.#world.random.pick([0, 10, 3000, 200_000]));
    this.#isAsleep = false;
    const { keeper } = this.#world;
    const { isFull } = keeper;
    keeper.isFull = false;
    this.#books.reopened();
    await this.#world.open();
    keeper.isFull = isFull;
  }

  #sleep(): void {
    if (this.#isAsleep) {
      this.#world.queue.awake();
      this.#isAsleep = false;
    } else {
      this.#isAsleep = true;
      this.#do('suspend', () => this.#world.queue.suspend());
    }
  }

  #jump(): void {
    this.#world.time.jump(this.#world.random.pick([-7_200_000, -60_000, 30_000, 86_400_000]));
  }

  /** All trouble ends, and whoever waits for a person is helped. */
  async #calm(): Promise<void> {
    const { services, time, files } = this.#world;
    this.#weather.isStormy = false;
    this.#trouble.end();
    for (const [path, version] of this.#removed) if (files.find(path) === null) files.link(path, version);
    const { queue } = this.#world;
    if (this.#isAsleep) queue.awake();
    // Room is noticed, and what waited for it goes on, within two looks.
    await time.advance(5000);
    await time.during(queue.settingsChanged());
    for (const id of services.keys()) await time.during(queue.unblock(id));
    this.#books.calmSince = time.elapsed;
    // A retry meets jobs that are on their way to an end, too: until nobody needs help.
    for (let round = 0; round < 3; round += 1) {
      await time.during(queue.resume({}));
      await time.during(queue.retry({ states: ['failed', 'blocked'] }));
      await this.#untilQuiet();
    }
  }

  async #untilQuiet(): Promise<void> {
    const moving: readonly StateName[] = ['completed', 'canceled', 'blocked', 'failed'];
    await this.#world.time
      .until(
        async () => (await this.#world.keeper.jobs()).every(({ state }) => moving.includes(state.name)),
        quietWithinMs,
      )
      .catch(async (error: unknown) => {
        const stuck = (await this.#world.keeper.jobs()).filter(({ state }) => !moving.includes(state.name));
        const told = stuck.map(
          (job) => `${job.id} ${job.state.name} ${'step' in job.state ? job.state.step : ''}`,
        );
        throw new Error(`No quiet: ${told.join(', ')}`, { cause: error });
      });
  }

  /** Nothing moves any more. */
  async #rest(): Promise<void> {
    const { time, keeper, queue, process } = this.#world;
    await time.advance(120_000);
    const { writes } = keeper;
    const fired = process.timersFired;
    await time.advance(600_000);
    const find = (text: string) => this.#books.find('broken', text);
    if (keeper.writes !== writes) find('It writes when nothing is to do.');
    if (process.timersFired - fired > 11) find('Timers fire when nothing is to do.');
    if (queue.active().length > 0) find('A run is left.');
  }

  /** Asks without waiting for the end of it: people and watchers do not wait for each other. */
  #do(name: string, ask: () => Promise<unknown>): void {
    this.#tell(name);
    ask().catch((error: unknown) => {
      const isFull = error instanceof UploadError && error.code === 'disk-full';
      const isClosing = /The (queue is closing|journal is closed)\.$/.test(String(error));
      if (!isFull && !isClosing) this.#books.find('broken', `${name}: ${String(error)}`);
    });
  }

  #watch(): void {
    this.#steps += 1;
    if (this.#steps > 300_000) throw new Error('It spins.');
    this.#books.look();
    for (const text of this.#spared.look(this.#isAsleep)) this.#books.find('broken', text);
  }

  #tell(what: string): void {
    const line = `${this.#world.time.elapsed} ${what}`;
    this.#hash.update(`${line}\n`);
    this.#onTell(line);
  }

  #addDestination(destination: SimDestination): void {
    const { random } = this.#world;
    const service = this.#world.addDestination(destination);
    service.ttlMs = random.pick([null, null, 3000, 20_000, 120_000]);
    service.checksAt = random.pick(['start', 'end']);
    service.tellsExpiry = random.chance(0.8);
    service.apiMs = random.pick([4, 60, 700]);
    service.storeMs = random.pick([4, 60, 400]);
    service.pollsNeeded = random.int(0, 3);
    if (random.chance(0.5)) service.jitter = () => 0.2 + 3 * random.next();
  }
}
