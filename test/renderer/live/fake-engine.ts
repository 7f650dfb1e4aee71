/** An engine in memory, as far as a window's lists and store ask it; what is asked can be held back. */
import type { Api, JobQuery, Pushes, PushName, Snapshot } from '#shared/ipc.ts';
import { stateNames, tabs, type UploadJob } from '#shared/job.ts';
import { settingsSchema } from '#shared/settings.ts';
import type { WindowHost } from '#shared/window-host.ts';
import { uploadJob } from '../../support/upload-job.ts';

export const job = (id: number, more: Partial<UploadJob> = {}): UploadJob =>
  uploadJob({
    id,
    revision: id,
    destinationId: 'd',
    path: `/files/${id}.png`,
    name: `${id}.png`,
    addedAt: 0,
    updatedAt: 0,
    ...more,
  });

const zeroes = <K extends string>(names: readonly K[]) =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;
export const countsOf = (all: number): Snapshot['counts'] => ({
  byState: zeroes(stateNames),
  byTab: zeroes(tabs),
  all,
  bytesTotal: 0,
  bytesCompleted: 0,
  bytesRemaining: 0,
  bytesArrived: 0,
});

export type Connection = 'connected' | 'reconnecting';

export interface FakeEngine {
  readonly api: Api;
  readonly host: WindowHost;
  rows: readonly UploadJob[];
  /** Everything that was asked, in order: "listJobs 300", "countJobs", "view 1,2". */
  readonly asked: string[];
  /** What `snapshot` answers beside the rows. */
  snapshot: Partial<Snapshot>;
  push<P extends PushName>(name: P, payload: Pushes[P]): void;
  connect(state: Connection): void;
  /**
   * Holds answers (to questions of this name) back until the returned function is called; what they say is of the moment
   * of the question.
   */
  hold(name?: string): () => void;
  /** The next question of this name fails so. */
  fail(name: string, error: Error): void;
  readonly listeners: () => number;
}

export function fakeEngine(rows: readonly UploadJob[] = []): FakeEngine {
  const asked: string[] = [];
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const failures = new Map<string, Error>();
  let tellConnection = (_: Connection) => {};
  let gate: { readonly name: string | undefined; readonly opened: Promise<void> } | null = null;

  const ask = async <T>(name: string, words: string, answer: T): Promise<T> => {
    asked.push(words);
    if (gate !== null && (gate.name ?? name) === name) await gate.opened;
    const error = failures.get(name);
    failures.delete(name);
    if (error !== undefined) throw error;
    return answer;
  };
  const api = {
    listJobs: ({ offset = 0, limit }: JobQuery) =>
      ask('listJobs', `listJobs ${offset}`, {
        rows: engine.rows.slice(offset, offset + limit),
        nextCursor: null,
      }),
    countJobs: () => ask('countJobs', 'countJobs', countsOf(engine.rows.length)),
    describeKinds: () => ask('describeKinds', 'describeKinds', []),
    view: (ids: readonly number[]) => ask('view', `view ${ids.join()}`, undefined),
    snapshot: () =>
      ask<Snapshot>('snapshot', 'snapshot', {
        engine: {
          version: '1',
          host: 'test',
          dataDir: '/data',
          pid: 1,
          startedAt: 0,
          logDirectory: null,
        },
        revision: 1,
        counts: countsOf(engine.rows.length),
        throughput: { bytesPerSecond: 0, bytesRemaining: 0, filesRemaining: 0, remainingMs: null },
        destinations: [],
        folders: [],
        settings: settingsSchema.parse({}),
        notices: [],
        ...engine.snapshot,
      }),
    on(name: string, listener: (payload: unknown) => void) {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(listener));
      return () => void all.delete(listener);
    },
  };
  const engine: FakeEngine = {
    // Only what a window's store and lists ask.
    api: api as unknown as Api,
    host: {
      onConnection(listener: (state: Connection) => void) {
        tellConnection = listener;
        return () => {};
      },
    } as unknown as WindowHost,
    rows,
    asked,
    snapshot: {},
    push(name, payload) {
      for (const listener of [...(listeners.get(name) ?? [])]) listener(payload);
    },
    connect: (state) => tellConnection(state),
    hold(name) {
      const { promise: opened, resolve } = Promise.withResolvers<void>();
      gate = { name, opened };
      return () => {
        gate = null;
        resolve();
      };
    },
    fail: (name, error) => void failures.set(name, error),
    listeners: () => [...listeners.values()].reduce((sum, all) => sum + all.size, 0),
  };
  return engine;
}
