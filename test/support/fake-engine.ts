/** An engine in memory, typed by the port: jobs do what a test tells them, and nothing else. */
import type { EngineChange, EngineService } from '#ports/engine-service.ts';
import { UploadError } from '#ports/upload-error.ts';
import { formatLink, subjectOf } from '#shared/asset.ts';
import { type Destination, destinationSchema, providerKinds } from '#shared/destination.ts';
import type { Failure } from '#shared/failure.ts';
import type {
  ActionReport,
  AddedFile,
  DestinationHold,
  DestinationView,
  EngineNotice,
  JobFilter,
  QueueCounts,
  WatchFolderView,
} from '#shared/ipc.ts';
import {
  canCancel,
  canPause,
  canRetry,
  hasArrived,
  isTerminal,
  type JobId,
  type JobState,
  type StateName,
  stateNames,
  statesOfTab,
  type Tab,
  tabOfState,
  tabs,
  type UploadJob,
} from '#shared/job.ts';
import { settingsSchema } from '#shared/settings.ts';
import { type WatchFolderHealth, watchFolderSchema } from '#shared/watch-folder.ts';
import { uploadJob } from './upload-job.ts';

export interface FakeEngine {
  readonly service: EngineService;
  readonly jobs: ReadonlyMap<JobId, UploadJob>;
  readonly calls: readonly { readonly name: string; readonly args: readonly unknown[] }[];
  isClosed(): boolean;
  listeners(): number;
  /** Adds a job as if somebody else had. */
  add(path: string, patch?: Partial<UploadJob>): UploadJob;
  /** Changes a row, and says so. */
  set(id: JobId, patch: Partial<UploadJob>): void;
  /** Bytes go on their way, of which an engine says nothing by itself. */
  moveBytes(id: JobId, bytesSent: number, bytesPerSecond?: number): void;
  complete(id: JobId, link?: string): void;
  fail(id: JobId, failure: Failure): void;
  block(id: JobId, failure: Failure): void;
  hold(destinationName: string, hold: Omit<DestinationHold, 'destinationId'> | null): void;
  notice(notice: EngineNotice): void;
  /** What a folder says of itself from now on. */
  setHealth(folderId: string, patch: Partial<WatchFolderHealth>): void;
  emit(change: EngineChange): void;
  /** Resolves with the n-th job as soon as it is there (1-indexed by id). */
  whenJob(id: JobId): Promise<UploadJob>;
  /** Resolves as soon as this request has come once. */
  whenCalled(name: string): Promise<void>;
  /** Ends every `whenWatchFolderIdle` that is open, and those to come. */
  letFoldersRest(): void;
  readonly keys: ReadonlyMap<string, string>;
}

export interface FakeOptions {
  readonly dataDir?: string;
  /** What becomes of a job that was just added; default: it stays queued. */
  readonly onAdded?: (job: UploadJob, engine: FakeEngine) => void;
  /** Files that `addFiles` refuses. */
  readonly refuse?: (path: string) => Failure | null;
  readonly now?: () => number;
  /** The demo service runs in another process. */
  readonly isDemoElsewhere?: boolean;
  /** What it said while it opened. */
  readonly notices?: readonly EngineNotice[];
}

export function demoDestination(kind: (typeof providerKinds)[number]): Destination {
  return destinationSchema.parse({
    id: `demo-${kind}`,
    name: `demo-${kind}`,
    kind,
    baseUrl: 'http://127.0.0.1:1/api',
    isDemo: true,
    ...(kind === 'flora' ? { workspaceId: 'ws_demo' } : {}),
    ...(kind === 'pupload' ? { flowFile: '/flow.json' } : {}),
  });
}

export function createFakeEngine(options: FakeOptions = {}): FakeEngine {
  const now = options.now ?? (() => 1_700_000_000_000);
  const jobs = new Map<JobId, UploadJob>();
  const calls: { name: string; args: readonly unknown[] }[] = [];
  const listeners = new Set<(change: EngineChange) => void>();
  const destinations = new Map<string, DestinationView>();
  const folders = new Map<string, WatchFolderView>();
  const keys = new Map<string, string>();
  const idle = Promise.withResolvers<void>();
  const arrivals = new Map<JobId, PromiseWithResolvers<UploadJob>>();
  let settings = settingsSchema.parse({});
  let revision = 0;
  let isClosed = false;
  let lastFolder = 0;

  for (const kind of providerKinds) {
    const destination = demoDestination(kind);
    destinations.set(destination.id, {
      destination,
      hasKey: true,
      keyEnding: null,
      hold: null,
      mimeTypes: null,
    });
  }

  const emit = (change: EngineChange) => {
    for (const listener of [...listeners]) listener(change);
  };
  const arrival = (id: JobId) => {
    const waiting = arrivals.get(id) ?? Promise.withResolvers<UploadJob>();
    arrivals.set(id, waiting);
    return waiting;
  };
  const firstCalls = new Map<string, PromiseWithResolvers<void>>();
  const called = (name: string) => {
    const waiting = firstCalls.get(name) ?? Promise.withResolvers<void>();
    firstCalls.set(name, waiting);
    return waiting;
  };
  const need = (id: JobId): UploadJob => {
    const job = jobs.get(id);
    if (job === undefined) throw new UploadError('not-found', `Job ${id}`);
    return job;
  };
  const needDestination = (id: string): DestinationView => {
    const view = destinations.get(id);
    if (view === undefined) throw new UploadError('destination-missing', id);
    return view;
  };
  const needFolder = (id: string): WatchFolderView => {
    const view = folders.get(id);
    if (view === undefined) throw new UploadError('not-found', id);
    return view;
  };

  function put(job: UploadJob): UploadJob {
    revision += 1;
    const stored = { ...job, revision };
    jobs.set(stored.id, stored);
    emit({ kind: 'jobs', ids: [stored.id] });
    emit({ kind: 'counts' });
    return stored;
  }

  function matches(job: UploadJob, filter: JobFilter): boolean {
    if (filter.ids !== undefined && !filter.ids.includes(job.id)) return false;
    if (filter.tab !== undefined && !statesOfTab(filter.tab).includes(job.state.name)) return false;
    if (filter.states !== undefined && !filter.states.includes(job.state.name)) return false;
    if (filter.destinationId !== undefined && job.destinationId !== filter.destinationId) return false;
    if (filter.watchFolderId !== undefined && job.watchFolderId !== filter.watchFolderId) return false;
    return filter.search === undefined || job.name.toLowerCase().includes(filter.search.toLowerCase());
  }
  const matching = (filter: JobFilter) => [...jobs.values()].filter((job) => matches(job, filter));

  function count(filter: JobFilter): QueueCounts {
    const rows = matching(filter);
    const byState = Object.fromEntries(
      stateNames.map((name) => [name, rows.filter((job) => job.state.name === name).length]),
    ) as Record<StateName, number>;
    const byTab = Object.fromEntries(
      tabs.map((tab) => [tab, statesOfTab(tab).reduce((sum, name) => sum + byState[name], 0)]),
    ) as Record<Tab, number>;
    const sum = (some: readonly UploadJob[]) => some.reduce((bytes, job) => bytes + job.bytesTotal, 0);
    return {
      byState,
      byTab,
      all: rows.length,
      bytesTotal: sum(rows),
      bytesCompleted: sum(rows.filter((job) => job.state.name === 'completed')),
      bytesRemaining: sum(
        rows.filter((job) => ['active', 'waiting'].includes(tabOfState[job.state.name] ?? '')),
      ),
      bytesArrived: sum(rows.filter((job) => hasArrived(job.state.name))),
    };
  }

  function act(filter: JobFilter, can: (name: StateName) => boolean, state: JobState): ActionReport {
    const rows = matching(filter);
    const able = rows.filter((job) => can(job.state.name));
    for (const job of able) put({ ...job, state });
    const left = rows.length - able.length;
    return {
      applied: able.length,
      left: left === 0 ? [] : [{ reason: 'The state does not allow it.', count: left }],
    };
  }

  function newJob(path: string, patch: Partial<UploadJob> = {}): UploadJob {
    const id = jobs.size + 1;
    const destination = needDestination(patch.destinationId ?? 'demo-flora').destination;
    const job = put(
      uploadJob({
        id,
        destinationId: destination.id,
        destinationName: destination.name,
        kind: destination.kind,
        path,
        name: path.split('/').at(-1) ?? path,
        mimeType: 'application/octet-stream',
        addedAt: now(),
        updatedAt: now(),
        ...patch,
      }),
    );
    arrival(id).resolve(job);
    options.onAdded?.(job, engine);
    return need(id);
  }

  function give(path: string, destinationId: string, edge: string | null, isForced: boolean): AddedFile {
    const failure = options.refuse?.(path) ?? null;
    if (failure !== null) return { path, jobId: null, outcome: 'refused', failure };
    const known = [...jobs.values()].findLast(
      (job) => job.path === path && job.destinationId === destinationId && job.edge === edge,
    );
    if (known !== undefined && !isForced && known.state.name !== 'canceled') {
      const outcome = known.state.name === 'completed' ? 'linked' : 'joined';
      return { path, jobId: known.id, outcome, failure: null };
    }
    const generation = (known?.generation ?? 0) + 1;
    return {
      path,
      jobId: newJob(path, { destinationId, edge, generation }).id,
      outcome: 'added',
      failure: null,
    };
  }

  const plain: EngineService = {
    snapshot: () => ({
      engine: {
        version: '0.0.0',
        host: 'fake',
        dataDir: options.dataDir ?? '/fake',
        pid: process.pid,
        startedAt: 1_700_000_000_000,
        logDirectory: null,
      },
      revision,
      counts: count({}),
      throughput: plain.throughput(),
      destinations: [...destinations.values()],
      folders: [...folders.values()],
      settings,
      notices: options.notices ?? [],
    }),
    listJobs(query) {
      const rows = matching(query.filter).sort((a, b) =>
        query.direction === 'ascending' ? a.id - b.id : b.id - a.id,
      );
      const from = Number(query.cursor ?? 0);
      const to = from + query.limit;
      return { rows: rows.slice(from, to), nextCursor: to < rows.length ? String(to) : null };
    },
    countJobs: count,
    getJob: (id) => ({ job: need(id), timeline: [], report: '' }),
    changesSince(since, limit) {
      const rows = [...jobs.values()]
        .filter((job) => job.revision > since)
        .sort((a, b) => a.revision - b.revision);
      const page = rows.slice(0, limit);
      const isComplete = page.length === rows.length;
      return { rows: page, revision: isComplete ? revision : (page.at(-1)?.revision ?? since), isComplete };
    },
    activeJobs: () => matching({ tab: 'active' }),
    addFiles(paths, added) {
      needDestination(added.destinationId);
      const isForced = added.isForced === true;
      const files = [
        ...paths.map((path) => give(path, added.destinationId, null, isForced)),
        ...(added.edges ?? []).map(({ edge, path }) => give(path, added.destinationId, edge, isForced)),
      ];
      return { batchId: 'batch', files, ignored: [] };
    },
    pauseJobs: (filter) => act(filter, canPause, { name: 'paused', step: 'reserve' }),
    resumeJobs: (filter) => act(filter, (name) => name === 'paused', { name: 'queued', step: 'reserve' }),
    cancelJobs: (filter) => act(filter, canCancel, { name: 'canceled' }),
    retryJobs: (filter) => act(filter, canRetry, { name: 'queued', step: 'reserve' }),
    moveJobsToTop: (filter) => ({ applied: matching(filter).length, left: [] }),
    removeJobs(filter) {
      const rows = matching(filter);
      for (const job of rows) jobs.delete(job.id);
      emit({ kind: 'counts' });
      return { applied: rows.length, left: [] };
    },
    relocateJob: (id, path) => void put({ ...need(id), path }),
    setPaused(isPaused) {
      settings = { ...settings, isPaused };
      emit({ kind: 'settings' });
    },
    copyLink(id, format) {
      const job = need(id);
      if (job.state.name !== 'completed') throw new UploadError('not-found', 'It has no link yet.');
      const { asset } = job.state;
      const formatted = formatLink(format, subjectOf(job, asset));
      return { text: asset.link, kind: asset.linkKind, expiresAt: asset.linkExpiresAt, formatted };
    },
    checkDestination(draft) {
      const base = { baseUrl: 'https://api.example.com', id: 'draft' };
      const parsed = destinationSchema.safeParse({ ...base, ...draft });
      if (parsed.success) return [];
      return parsed.error.issues.map(({ path, message }) => ({
        field: path.join('.'),
        kind: 'wrong' as const,
        text: message,
      }));
    },
    addDestination(draft, key) {
      const parsed = destinationSchema.safeParse({
        baseUrl: 'https://api.example.com',
        ...draft,
        id: draft.name,
      });
      if (!parsed.success) throw new UploadError('invalid', parsed.error.issues[0]?.message ?? '');
      if (key !== null) keys.set(draft.name, key);
      const view = {
        destination: parsed.data,
        hasKey: key !== null,
        keyEnding: key?.slice(-4) ?? null,
        hold: null,
        mimeTypes: null,
      };
      destinations.set(draft.name, view);
      emit({ kind: 'destinations' });
      return view;
    },
    updateDestination(id, patch) {
      const view = needDestination(id);
      const changed = { ...view, destination: destinationSchema.parse({ ...view.destination, ...patch }) };
      destinations.set(id, changed);
      emit({ kind: 'destinations' });
      return changed;
    },
    setDestinationKey(id, key) {
      keys.set(id, key);
      return { ...needDestination(id), hasKey: true, keyEnding: key.slice(-4) };
    },
    removeDestination(id) {
      needDestination(id);
      destinations.delete(id);
      emit({ kind: 'destinations' });
      return {
        jobsLeft: matching({ destinationId: id }).filter((job) => !isTerminal(job.state.name)).length,
      };
    },
    testDestinationDraft: ({ name }) => ({ ok: true, proof: `${name}, owner`, details: [], failure: null }),
    pauseDestination(id) {
      const view = needDestination(id);
      destinations.set(id, {
        ...view,
        destination: { ...view.destination, isPaused: true },
        hold: { destinationId: id, kind: 'paused', until: null, failure: null },
      });
      emit({ kind: 'destinations' });
    },
    testDestination: (id) => ({
      ok: true,
      proof: `${needDestination(id).destination.name}, owner`,
      details: ['4 workflows visible'],
      failure: null,
    }),
    unblockDestination(id) {
      const view = needDestination(id);
      destinations.set(id, { ...view, destination: { ...view.destination, isPaused: false }, hold: null });
      emit({ kind: 'destinations' });
    },
    describeKinds: () =>
      providerKinds.map((kind) => ({
        kind,
        needsKey: kind !== 'pupload',
        baseUrl: 'https://example.com',
        limits: { minBytes: null, maxBytes: null, mimeTypes: null },
      })),
    addWatchFolder(draft) {
      lastFolder += 1;
      const folder = watchFolderSchema.parse({ ...draft, id: `folder-${lastFolder}`, addedAt: now() });
      const view: WatchFolderView = {
        folder,
        health: {
          folderId: folder.id,
          state: 'watching',
          reason: null,
          lastEventAt: null,
          lastScanAt: null,
          missedEvents: 0,
          unreadFolders: 0,
          seen: 0,
          baseline: 0,
          ignored: 0,
          settling: 0,
          jobs: 0,
        },
      };
      folders.set(folder.id, view);
      emit({ kind: 'folders' });
      return view;
    },
    updateWatchFolder(id, patch) {
      const view = needFolder(id);
      const changed = { ...view, folder: watchFolderSchema.parse({ ...view.folder, ...patch }) };
      folders.set(id, changed);
      return changed;
    },
    removeWatchFolder(id) {
      needFolder(id);
      folders.delete(id);
      emit({ kind: 'folders' });
    },
    scanWatchFolder: (id) => needFolder(id),
    async whenWatchFolderIdle(id) {
      await idle.promise;
      return needFolder(id);
    },
    previewWatchFolder: () => ({ files: 0, bytes: 0, first: [], ignored: [], ignoredFiles: 0, refused: [] }),
    settlingFiles: () => [],
    sendNow: (path) => ({ path, jobId: null, outcome: 'added', failure: null }),
    explainPath(path) {
      const owner = [...folders.values()].find(({ folder }) => path.startsWith(`${folder.path}/`));
      const jobIds = [...jobs.values()]
        .filter((job) => job.path === path)
        .map((job) => job.id)
        .reverse();
      return {
        path,
        because: jobIds.length > 0 ? ['Given by hand.'] : ['No watch folder holds this path.'],
        folderId: owner?.folder.id ?? null,
        fileClass: jobIds.length > 0 ? 'job' : 'unseen',
        rule: null,
        jobIds,
      };
    },
    listDirectories: (path) => ({
      path: path ?? '/home',
      parent: null,
      directories: [],
      isCut: false,
      failure: null,
    }),
    updateSettings(patch) {
      const { slowMode, notifications, retention, ...plain } = patch;
      settings = settingsSchema.parse({
        ...settings,
        ...plain,
        slowMode: { ...settings.slowMode, ...slowMode },
        notifications: { ...settings.notifications, ...notifications },
        retention: { ...settings.retention, ...retention },
      });
      emit({ kind: 'settings' });
      return settings;
    },
    exportSettings: () => JSON.stringify({ format: 'hoist-settings', version: 1, settings }),
    importSettings: () => ({ destinations: 0, folders: 0, settings: true, left: [] }),
    startDemo: () => ({ baseUrl: 'http://127.0.0.1:1', endsWithEngine: options.isDemoElsewhere !== true }),
    shutdown: () => {},
    rows: async (ids) => matching({ ids }),
    throughput() {
      const active = matching({ tab: 'active' });
      const bytesPerSecond = active.reduce((sum, job) => sum + (job.bytesPerSecond ?? 0), 0);
      return { bytesPerSecond, bytesRemaining: 0, filesRemaining: active.length, remainingMs: null };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      isClosed = true;
    },
  };

  const service = new Proxy(plain, {
    get(target, name, receiver) {
      const member = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...args: readonly unknown[]) => {
        calls.push({ name: String(name), args });
        called(String(name)).resolve();
        return Reflect.apply(member, target, args);
      };
    },
  });

  const engine: FakeEngine = {
    service,
    jobs,
    calls,
    keys,
    isClosed: () => isClosed,
    listeners: () => listeners.size,
    add: newJob,
    set: (id, patch) => void put({ ...need(id), ...patch }),
    moveBytes(id, bytesSent, bytesPerSecond = need(id).bytesPerSecond ?? undefined) {
      jobs.set(id, { ...need(id), bytesSent, bytesPerSecond: bytesPerSecond ?? null });
    },
    complete(id, link = `https://assets.example.com/${id}`) {
      const job = need(id);
      put({
        ...job,
        bytesSent: job.bytesTotal,
        link,
        assetId: `asset_${id}`,
        sha256: String(id).padStart(64, '0'),
        completedAt: now(),
        state: {
          name: 'completed',
          asset: {
            id: `asset_${id}`,
            link,
            linkKind: 'url',
            linkExpiresAt: null,
            hasFreshUrl: false,
            confirmedBytes: job.bytesTotal,
            artifacts: [],
          },
        },
      });
    },
    fail: (id, failure) => void put({ ...need(id), attempts: 8, state: { name: 'failed', failure } }),
    block: (id, failure) => void put({ ...need(id), state: { name: 'blocked', step: 'reserve', failure } }),
    hold(name, hold) {
      destinations.set(name, {
        ...needDestination(name),
        hold: hold === null ? null : { ...hold, destinationId: name },
      });
      emit({ kind: 'destinations' });
    },
    notice: (notice) => emit({ kind: 'notice', notice }),
    setHealth(folderId, patch) {
      const view = needFolder(folderId);
      folders.set(folderId, { ...view, health: { ...view.health, ...patch } });
      emit({ kind: 'folders' });
    },
    emit,
    whenJob: (id) => arrival(id).promise,
    whenCalled: (name) => called(name).promise,
    letFoldersRest: () => idle.resolve(),
  };
  return engine;
}
