import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Failure } from '#shared/failure.ts';
import {
  ContractError,
  type DestinationView,
  type EngineNotice,
  type KindDescription,
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
  /** Since when a connection that stood is gone, epoch ms; null: it stands, or never did. */
  readonly lostAt: number | null;
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
  /** What the services will not take; empty until the engine said it. */
  readonly kinds: readonly KindDescription[];
}

export type LiveStore = StoreApi<Live>;

export const historyLength = 120;
const longestNoticeList = 200;
const sampleMs = 1000;

const zeroes = <K extends string>(names: readonly K[]) =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;

const atFirst: Live = {
  connection: 'connecting',
  lostAt: null,
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
    bytesArrived: 0,
  },
  throughput: { bytesPerSecond: 0, bytesRemaining: 0, filesRemaining: 0, remainingMs: null },
  history: [],
  destinations: [],
  folders: [],
  settings: null,
  notices: [],
  kinds: [],
};

/** Follows the engine from now on: asks for a snapshot at every (re)connection, and listens in between. */
export function createLiveStore({ api, host }: WindowSession): LiveStore {
  const store = createStore<Live>(() => atFirst);
  const { setState: set } = store;

  /** What was pushed since the snapshot was asked for: it may be newer than what the snapshot says. */
  let pushed: Partial<Live> = {};
  let pushedNotices: readonly EngineNotice[] = [];
  const take = (part: Partial<Live>) => {
    pushed = { ...pushed, ...part };
    set(part);
  };
  api.on('countsChanged', ({ counts, revision }) => take({ counts, revision }));
  api.on('throughputChanged', (throughput) => take({ throughput }));
  api.on('destinationsChanged', (destinations) => take({ destinations }));
  api.on('foldersChanged', (folders) => take({ folders }));
  api.on('settingsChanged', (settings) => take({ settings }));
  api.on('notice', (notice) => {
    pushedNotices = [...pushedNotices, notice].slice(-longestNoticeList);
    set(({ notices }) => ({ notices: [...notices, notice].slice(-longestNoticeList) }));
  });

  /** Without the limits nothing is refused beforehand; the engine judges again anyway. */
  async function askForKinds(): Promise<void> {
    const kinds = await api.describeKinds().catch(() => null);
    if (kinds !== null) set({ kinds });
  }

  async function ask(): Promise<void> {
    pushed = {};
    pushedNotices = [];
    try {
      const snapshot = await api.snapshot();
      const isPushNewer = (pushed.revision ?? 0) >= snapshot.revision;
      const { counts, revision } = isPushNewer ? { ...snapshot, ...pushed } : snapshot;
      set(({ epoch }) => ({
        ...snapshot,
        ...pushed,
        counts,
        revision,
        notices: withLater(snapshot.notices, pushedNotices),
        isReady: true,
        failure: null,
        epoch: epoch + 1,
      }));
    } catch (error) {
      // A connection that went is told by the host; anything else has to be shown.
      const failure = error instanceof ContractError ? error.failure : null;
      if (failure !== null && failure.code !== 'connection-broken') set({ failure });
    }
  }

  host.onConnection((connection) => {
    const { isReady, lostAt } = store.getState();
    if (connection === 'connected') {
      set({ connection, lostAt: null });
      void ask();
      void askForKinds();
    } else if (isReady) {
      // Nothing moves any more, as far as anybody can tell.
      const throughput = { ...store.getState().throughput, bytesPerSecond: 0, remainingMs: null };
      set({ connection, lostAt: lostAt ?? Date.now(), throughput });
    } else set({ connection: 'connecting' });
  });
  setInterval(() => {
    const { history, throughput } = store.getState();
    // A graph of nothing would only cost renders.
    if (throughput.bytesPerSecond === 0 && history.every((speed) => speed === 0)) return;
    set({ history: [...history, throughput.bytesPerSecond].slice(-historyLength) });
  }, sampleMs);
  return store;
}

/** Notices that came while the snapshot was on its way, unless it has them. */
function withLater(
  notices: readonly EngineNotice[],
  later: readonly EngineNotice[],
): readonly EngineNotice[] {
  const isKnown = (notice: EngineNotice) =>
    notices.some(({ at, text }) => at === notice.at && text === notice.text);
  return [...notices, ...later.filter((notice) => !isKnown(notice))].slice(-longestNoticeList);
}
