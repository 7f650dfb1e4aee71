/** Follows an engine through the contract: its numbers as they are now, and every row that changes. */
import type { Clock } from '#ports/clock.ts';
import type { Api, EngineNotice, Snapshot } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { type Status, statusOf } from './status.ts';

export interface EngineFollower {
  /** Null before the first answer. */
  now(): Status | null;
  /** Told whenever something of it changed. */
  onStatus(listener: (status: Status) => void): () => void;
  /** Rows as they are after a change, oldest change first. What changed before the following began is not told. */
  onRows(listener: (rows: readonly UploadJob[]) => void): () => void;
  /** Each notice once, also those of the engine's opening. */
  onNotice(listener: (notice: EngineNotice) => void): () => void;
  /** The connection is another one: asks for everything anew. */
  reconnected(): void;
  close(): void;
}

/** Rows are asked for at most this often: a queue of small files changes hundreds of times a second. */
const lookEveryMs = 500;
const pageSize = 500;
/** An engine keeps fewer, so none that it still has is told twice. */
const keptNotices = 200;
/** An engine that did not answer is asked again after this. */
const retryMs = 2000;

export function followEngine(options: {
  readonly api: Api;
  readonly clock: Clock;
  /** A request that failed for another reason than a lost connection is a bug that should be seen. */
  readonly onFailure: (error: unknown) => void;
}): EngineFollower {
  const { api, clock } = options;
  const statusListeners = new Set<(status: Status) => void>();
  const rowListeners = new Set<(rows: readonly UploadJob[]) => void>();
  const noticeListeners = new Set<(notice: EngineNotice) => void>();
  const toldNotices = new Set<string>();
  let status: Status | null = null;
  let revision: number | null = null;
  let isClosed = false;
  let isLooking = false;
  let mustLookAgain = false;
  let cancelLook: (() => void) | null = null;
  let cancelRetry: (() => void) | null = null;

  function change(patch: Partial<Status>): void {
    if (status === null) return;
    status = { ...status, ...patch };
    for (const listener of [...statusListeners]) listener(status);
  }

  function tellNotice(notice: EngineNotice): void {
    const key = `${notice.at} ${notice.text}`;
    if (toldNotices.has(key)) return;
    toldNotices.add(key);
    const [oldest] = toldNotices;
    if (toldNotices.size > keptNotices && oldest !== undefined) toldNotices.delete(oldest);
    for (const listener of [...noticeListeners]) listener(notice);
  }

  function take(snapshot: Snapshot): void {
    // The journal outlives the engine: what changed while nobody listened is told, too. One that began anew does not.
    revision = Math.min(revision ?? snapshot.revision, snapshot.revision);
    for (const notice of snapshot.notices) tellNotice(notice);
    status = statusOf(snapshot);
    change({});
    lookSoon();
  }

  function begin(): void {
    cancelRetry?.();
    cancelRetry = null;
    api.snapshot().then(
      (snapshot) => {
        if (!isClosed) take(snapshot);
      },
      (error: unknown) => {
        options.onFailure(error);
        if (!isClosed) cancelRetry = clock.setTimer(retryMs, begin);
      },
    );
  }

  function lookSoon(): void {
    if (isClosed || revision === null) return;
    if (isLooking || cancelLook !== null) {
      mustLookAgain = true;
      return;
    }
    isLooking = true;
    mustLookAgain = false;
    look()
      .catch(options.onFailure)
      .finally(() => {
        isLooking = false;
        if (isClosed) return;
        cancelLook = clock.setTimer(lookEveryMs, () => {
          cancelLook = null;
          if (mustLookAgain) lookSoon();
        });
      });
  }

  async function look(): Promise<void> {
    for (let isComplete = false; !isComplete && !isClosed; ) {
      const page = await api.changesSince(revision ?? 0, pageSize);
      revision = page.revision;
      isComplete = page.isComplete;
      if (page.rows.length > 0) for (const listener of [...rowListeners]) listener(page.rows);
    }
  }

  const undo = [
    api.on('countsChanged', ({ counts }) => {
      change({ counts });
      lookSoon();
    }),
    api.on('throughputChanged', (throughput) => change({ throughput })),
    api.on('destinationsChanged', (destinations) => change({ destinations })),
    api.on('settingsChanged', (settings) => change({ settings })),
    api.on('notice', tellNotice),
  ];
  begin();

  return {
    now: () => status,
    onStatus: (listener) => subscribe(statusListeners, listener),
    onRows: (listener) => subscribe(rowListeners, listener),
    onNotice: (listener) => subscribe(noticeListeners, listener),
    reconnected() {
      if (!isClosed) begin();
    },
    close() {
      isClosed = true;
      for (const stop of undo) stop();
      cancelLook?.();
      cancelRetry?.();
    },
  };
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
