import type { Clock } from '#ports/clock.ts';
import type { EngineChange, EngineService } from '#ports/engine-service.ts';
import type { EngineNotice, Pushes, PushName } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { Push, PushRound } from '#shared/wire.ts';

export interface PushRounds {
  /** Which rows are pushed from now on; all of them are told once. */
  view(ids: readonly JobId[]): void;
  /** The client reads again: what it missed is told anew. */
  drained(): void;
  close(): void;
}

export interface PushOptions {
  /** False: the client does not read, and nothing of the round was sent. */
  readonly send: (round: PushRound) => boolean;
  /** Whether anybody listens; a push that nobody wants is never made. */
  readonly wants: (name: PushName) => boolean;
  readonly onBug: (error: unknown) => void;
}

/** At most 10 rounds a second, each kind of push once per round, and each round one message. */
export const pushIntervalMs = 100;
/** While files are being sent, the throughput is told again, so that no speed stands still on a screen. */
export const restIntervalMs = 1000;
/** The engine does not hint at every byte: rows in view whose bytes move are told again this often. */
export const movingIntervalMs = 250;
/** Notices that wait for a client that does not read; the oldest go. */
const noticeLimit = 100;

type Put = <P extends PushName>(name: P, payload: Pushes[P]) => void;
type Kind = 'counts' | 'destinations' | 'folders' | 'settings';

/** Turns the engine's hints into pushes for one client. Values are read when they are sent, so the latest wins. */
export function createPushRounds(service: EngineService, clock: Clock, options: PushOptions): PushRounds {
  const { wants } = options;
  let dirty = new Set<Kind>();
  let dirtyRows = new Set<JobId>();
  let inView: ReadonlySet<JobId> = new Set();
  /** Those in view that were uploading when they were told last. */
  let moving: ReadonlySet<JobId> = new Set();
  const notices: EngineNotice[] = [];
  let lastRoundAt = Number.NEGATIVE_INFINITY;
  let isRunning = false;
  let isFull = false;
  let isClosed = false;
  let cancelRound: (() => void) | null = null;
  let cancelRest: (() => void) | null = null;
  let cancelMoving: (() => void) | null = null;

  const isDirty = () => dirty.size > 0 || dirtyRows.size > 0 || notices.length > 0;

  function note(change: EngineChange): void {
    switch (change.kind) {
      case 'jobs':
        for (const id of change.ids) if (inView.has(id)) dirtyRows.add(id);
        // Whoever follows by revision must hear of every change.
        dirty.add('counts');
        break;
      case 'notice':
        if (notices.push(change.notice) > noticeLimit) notices.shift();
        break;
      default:
        dirty.add(change.kind);
    }
    schedule();
  }

  function schedule(): void {
    if (isClosed || isRunning || isFull || cancelRound !== null) return;
    const restOfInterval = pushIntervalMs - (clock.monotonic() - lastRoundAt);
    cancelRound = clock.setTimer(Math.max(restOfInterval, 0), () => {
      cancelRound = null;
      void runRound();
    });
  }

  async function runRound(): Promise<void> {
    isRunning = true;
    lastRoundAt = clock.monotonic();
    const kinds = dirty;
    // A row and the total that it is a part of tell of the same moment, whatever made one of them be told.
    const rows = kinds.has('counts') ? new Set([...dirtyRows, ...moving]) : dirtyRows;
    const news = notices.splice(0);
    dirty = new Set();
    dirtyRows = new Set();
    const round: Push[] = [];
    /** A push that nobody wants is left out. */
    const put: Put = (name, payload) => {
      // `name` and `payload` belong together by this function's own signature.
      if (wants(name)) round.push({ name, payload } as Push);
    };
    for (const notice of news) put('notice', notice);
    try {
      await putRows(put, rows);
      if (moving.size > 0 && !kinds.has('counts')) putThroughput(put, true);
      await putSnapshot(put, kinds);
    } catch (error) {
      if (!isClosed) options.onBug(error);
    }
    if (!isClosed && round.length > 0 && !options.send(round)) {
      isFull = true;
      dirty = new Set([...dirty, ...kinds]);
      dirtyRows = new Set([...dirtyRows, ...rows]);
      notices.unshift(...news);
      notices.splice(0, notices.length - noticeLimit);
    }
    isRunning = false;
    if (isDirty()) schedule();
  }

  async function putRows(put: Put, ids: ReadonlySet<JobId>): Promise<void> {
    if (ids.size === 0 || !wants('rowsChanged')) return;
    const rows = await service.rows([...ids]);
    put('rowsChanged', rows);
    followMoving(rows);
  }

  function followMoving(told: readonly UploadJob[]): void {
    const next = new Set(moving);
    for (const { id, state } of told) {
      if (state.name === 'uploading' && inView.has(id)) next.add(id);
      else next.delete(id);
    }
    moving = next;
    if (moving.size === 0 || cancelMoving !== null || isClosed) return;
    cancelMoving = clock.setTimer(movingIntervalMs, () => {
      cancelMoving = null;
      for (const id of moving) dirtyRows.add(id);
      if (isDirty()) schedule();
    });
  }

  /** One snapshot a round: what is told together belongs together. */
  async function putSnapshot(put: Put, kinds: ReadonlySet<Kind>): Promise<void> {
    const isWanted = [...kinds].some((kind) => pushesOf[kind].some((name) => wants(name)));
    if (!isWanted) return;
    const snapshot = await service.snapshot();
    if (kinds.has('counts')) {
      put('countsChanged', { counts: snapshot.counts, revision: snapshot.revision });
      putThroughput(put, snapshot.counts.byState.uploading > 0);
    }
    if (kinds.has('destinations')) put('destinationsChanged', snapshot.destinations);
    if (kinds.has('folders')) put('foldersChanged', snapshot.folders);
    if (kinds.has('settings')) put('settingsChanged', snapshot.settings);
  }

  function putThroughput(put: Put, isSending: boolean): void {
    cancelRest?.();
    cancelRest = null;
    const throughput = service.throughput();
    put('throughputChanged', throughput);
    // The first bytes of a file come after the last change that the engine hints at.
    if ((throughput.bytesPerSecond === 0 && !isSending) || isClosed) return;
    cancelRest = clock.setTimer(restIntervalMs, () => {
      cancelRest = null;
      dirty.add('counts');
      schedule();
    });
  }

  const stopListening = service.onChange(note);

  return {
    view(ids) {
      inView = new Set(ids);
      dirtyRows = new Set(ids);
      moving = new Set();
      if (isDirty()) schedule();
    },
    drained() {
      if (!isFull) return;
      isFull = false;
      if (isDirty()) schedule();
    },
    close() {
      isClosed = true;
      stopListening();
      cancelRound?.();
      cancelRest?.();
      cancelMoving?.();
    },
  };
}

const pushesOf: Readonly<Record<Kind, readonly PushName[]>> = {
  counts: ['countsChanged', 'throughputChanged'],
  destinations: ['destinationsChanged'],
  folders: ['foldersChanged'],
  settings: ['settingsChanged'],
};
