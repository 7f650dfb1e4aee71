import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '#shared/failure.ts';
import {
  ContractError,
  type DestinationView,
  type EngineNotice,
  type QueueCounts,
  type Snapshot,
  type Throughput,
  type WatchFolderView,
} from '#shared/ipc.ts';
import { stateNames, tabs } from '#shared/job.ts';
import type { Settings } from '#shared/settings.ts';
import type { WindowSession } from '../host/window-session.ts';

/** What the window knows of the engine: the last snapshot, kept fresh by pushes. */
export interface Live {
  readonly connection: 'connecting' | 'connected' | 'reconnecting';
  /** False until the first snapshot: nothing below means anything before. */
  readonly isReady: boolean;
  /** Why there is no snapshot although the connection stands. */
  readonly failure: Failure | null;
  /** Grows with every snapshot: lists ask anew. */
  readonly epoch: number;
  readonly engine: Snapshot['engine'] | null;
  readonly revision: number;
  readonly counts: QueueCounts;
  readonly throughput: Throughput;
  /** Bytes a second, newest last, one a second; at most `historyLength`. */
  readonly history: readonly number[];
  readonly destinations: readonly DestinationView[];
  readonly folders: readonly WatchFolderView[];
  readonly settings: Settings | null;
  readonly notices: readonly EngineNotice[];
}

export type LiveStore = StoreApi<Live>;

export const historyLength = 120;
const longestNoticeList = 200;
const sampleMs = 1000;

const zeroes = <K extends string>(names: readonly K[]) =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;

const atFirst: Live = {
  connection: 'connecting',
  isReady: false,
  failure: null,
  epoch: 0,
  engine: null,
  revision: 0,
  counts: {
    byState: zeroes(stateNames),
    byTab: zeroes(tabs),
    all: 0,
    bytesTotal: 0,
    bytesCompleted: 0,
    bytesRemaining: 0,
  },
  throughput: { bytesPerSecond: 0, bytesRemaining: 0, filesRemaining: 0, remainingMs: null },
  history: [],
  destinations: [],
  folders: [],
  settings: null,
  notices: [],
};

/** Follows the engine from now on: asks for a snapshot at every (re)connection, and listens in between. */
export function createLiveStore({ api, host }: WindowSession): LiveStore {
  const store = createStore<Live>(() => atFirst);
  const { setState: set } = store;

  api.on('countsChanged', ({ counts, revision }) => set({ counts, revision }));
  api.on('throughputChanged', (throughput) => set({ throughput }));
  api.on('destinationsChanged', (destinations) => set({ destinations }));
  api.on('foldersChanged', (folders) => set({ folders }));
  api.on('settingsChanged', (settings) => set({ settings }));
  api.on('notice', (notice) =>
    set(({ notices }) => ({ notices: [...notices, notice].slice(-longestNoticeList) })),
  );

  async function ask(): Promise<void> {
    try {
      const snapshot = await api.snapshot();
      set(({ epoch }) => ({ ...snapshot, isReady: true, failure: null, epoch: epoch + 1 }));
    } catch (error) {
      // A connection that went is told by the host; anything else has to be shown.
      const failure = error instanceof ContractError ? error.failure : null;
      if (failure !== null && failure.code !== 'connection-broken') set({ failure });
    }
  }

  host.onConnection((connection) => {
    const { isReady } = store.getState();
    set({ connection: connection === 'reconnecting' && !isReady ? 'connecting' : connection });
    if (connection === 'connected') void ask();
  });
  setInterval(() => {
    const { history, throughput } = store.getState();
    // A graph of nothing would only cost renders.
    if (throughput.bytesPerSecond === 0 && history.every((speed) => speed === 0)) return;
    set({ history: [...history, throughput.bytesPerSecond].slice(-historyLength) });
  }, sampleMs);
  return store;
}
