/**
 * A journal in memory with the semantics of the port. Answers come when the world lets them: a write reaches the disk at
 * one moment and is known to have done so at a later one, and a process may die between the two. The disk can be full,
 * and the n-th write can be made to fail.
 */
import type { Enqueued, Journal, NewJob, OpenReport, SaveResult, WatchFile } from '#ports/journal.ts';
import type { JobChange, StoredJob } from '#ports/stored-job.ts';
import { UploadError } from '#ports/upload-error.ts';
import type { JobFilter, JobPage, JobQuery } from '#shared/ipc.ts';
import type { JobId, StateName } from '#shared/job.ts';
import {
  addEntries,
  byOrder,
  dueAt,
  emptyDisk,
  enqueueInto,
  type MemoryDisk,
  matches,
  nextRevision,
} from './memory-disk.ts';
import { countJobs, pageOf } from './memory-pages.ts';

export interface MemoryJournalOptions {
  readonly disk?: MemoryDisk;
  readonly now?: () => number;
  /** A moment of the world that passes on the way to the disk or back. */
  readonly pass?: (way: 'to disk' | 'to program') => Promise<void>;
  /**
   * Asked before a write reaches the disk: what it throws is what the write ends with, and what never ends keeps it from
   * the disk (the process died). `write` counts from 1.
   */
  readonly beforeWrite?: (write: number, call: string) => void | Promise<void>;
  /** Told when a write is on disk. */
  readonly afterWrite?: (write: number, call: string) => void;
}

const aMoment = async () => {};

export class MemoryJournal implements Journal {
  readonly opened: OpenReport = { openedAs: 'new', movedAside: null, reason: null };
  readonly disk: MemoryDisk;
  /** No room: writes are refused and write nothing. */
  isFull = false;
  isClosed = false;
  writes = 0;
  reads = 0;
  readonly #options: MemoryJournalOptions;
  readonly #writing = new Set<Promise<void>>();

  constructor(options: MemoryJournalOptions = {}) {
    this.#options = options;
    this.disk = options.disk ?? emptyDisk();
  }

  enqueue(files: readonly NewJob[]): Promise<readonly Enqueued[]> {
    return this.#write('enqueue', () => enqueueInto(this.disk, files, this.#now()));
  }

  save(changes: readonly JobChange[]): Promise<SaveResult> {
    return this.#write('save', () => {
      const ids = new Set(changes.map(({ job }) => job.id));
      const isStale = changes.some(({ job }) => this.disk.jobs.get(job.id)?.revision !== job.revision);
      if (isStale || ids.size < changes.length) return { saved: false };
      const jobs = changes.map(({ job, entries }) => {
        const saved: StoredJob = { ...job, revision: nextRevision(this.disk) };
        this.disk.jobs.set(saved.id, saved);
        addEntries(this.disk, saved.id, entries);
        return saved;
      });
      return { saved: true, jobs };
    });
  }

  remove(ids: readonly JobId[]): Promise<number> {
    return this.#write('remove', () => {
      let removed = 0;
      for (const id of ids) {
        const state = this.disk.jobs.get(id)?.state.name;
        if (state !== 'completed' && state !== 'failed' && state !== 'canceled') continue;
        this.disk.jobs.delete(id);
        this.disk.timelines.delete(id);
        nextRevision(this.disk);
        removed += 1;
      }
      return removed;
    });
  }

  load(ids: readonly JobId[]): Promise<readonly StoredJob[]> {
    return this.#read(() =>
      ids.map((id) => this.disk.jobs.get(id)).filter((job): job is StoredJob => job !== undefined),
    );
  }

  loadGroup(groupId: string): Promise<readonly StoredJob[]> {
    return this.#read(() => this.#jobs().filter((job) => job.groupId === groupId));
  }

  candidates(query: Parameters<Journal['candidates']>[0]): Promise<readonly StoredJob[]> {
    return this.#read(() => {
      const except = new Set(query.except);
      return this.#jobs()
        .filter(
          ({ id, state, destinationId, file }) =>
            state.name === 'queued' &&
            destinationId === query.destinationId &&
            query.steps.includes(state.step) &&
            (query.maxBytes === undefined || file.sizeBytes < query.maxBytes) &&
            !except.has(id),
        )
        .sort(byOrder)
        .slice(0, query.limit);
    });
  }

  due(now: number, except: readonly JobId[], limit: number): Promise<readonly StoredJob[]> {
    return this.#read(() =>
      this.#timed(except)
        .filter((job) => (dueAt(job) ?? 0) <= now)
        .sort((a, b) => (dueAt(a) ?? 0) - (dueAt(b) ?? 0) || a.id - b.id)
        .slice(0, limit),
    );
  }

  nextDueAt(except: readonly JobId[]): Promise<number | null> {
    return this.#read(() => {
      const times = this.#timed(except).map((job) => dueAt(job) ?? 0);
      return times.length === 0 ? null : Math.min(...times);
    });
  }

  unfinishedRuns(limit: number): Promise<readonly StoredJob[]> {
    const running: readonly StateName[] = ['reserving', 'inspecting', 'uploading', 'completing'];
    return this.#read(() =>
      this.#jobs()
        .filter(({ state }) => running.includes(state.name))
        .slice(0, limit),
    );
  }

  matching(filter: JobFilter, afterId: JobId, limit: number): Promise<readonly JobId[]> {
    return this.#read(() =>
      this.#jobs()
        .filter((job) => job.id > afterId && matches(job, filter))
        .slice(0, limit)
        .map(({ id }) => id),
    );
  }

  unhashed(limit: number): Promise<readonly StoredJob[]> {
    return this.#read(() =>
      this.#jobs()
        .filter(({ state, sha256 }) => state.name === 'completed' && sha256 === null)
        .sort((a, b) => (a.completedAt ?? 0) - (b.completedAt ?? 0) || a.id - b.id)
        .slice(0, limit),
    );
  }

  setSha256(id: JobId, sha256: string): Promise<void> {
    return this.#write('setSha256', () => {
      const job = this.disk.jobs.get(id);
      if (job !== undefined) this.disk.jobs.set(id, { ...job, sha256, revision: nextRevision(this.disk) });
    });
  }

  findCompletedWithSize(
    destinationId: string,
    edge: string | null,
    sizeBytes: number,
  ): Promise<readonly StoredJob[]> {
    return this.#read(() =>
      this.#jobs().filter(
        (job) =>
          job.state.name === 'completed' &&
          job.destinationId === destinationId &&
          job.edge === edge &&
          job.file.sizeBytes === sizeBytes,
      ),
    );
  }

  findByPath(path: string): Promise<readonly StoredJob[]> {
    return this.#read(() =>
      this.#jobs()
        .filter((job) => job.path === path)
        .reverse(),
    );
  }

  nextTopRank(): Promise<number> {
    return this.#read(() => Math.min(0, ...this.#jobs().map(({ rank }) => rank)) - 1);
  }

  page(query: JobQuery): Promise<JobPage<StoredJob>> {
    return this.#read(() => pageOf(this.#jobs(), query));
  }

  counts(filter: JobFilter) {
    return this.#read(() => countJobs(this.#jobs().filter((job) => matches(job, filter))));
  }

  timeline(id: JobId) {
    return this.#read(() => this.disk.timelines.get(id) ?? []);
  }

  revision() {
    return this.#read(() => this.disk.lastRevision);
  }

  changesSince(revision: number, limit: number) {
    return this.#read(() => {
      const changed = this.#jobs()
        .filter((job) => job.revision > revision)
        .sort((a, b) => a.revision - b.revision);
      const jobs = changed.slice(0, limit);
      const isComplete = jobs.length === changed.length;
      return {
        jobs,
        revision: isComplete ? this.disk.lastRevision : (jobs.at(-1)?.revision ?? revision),
        isComplete,
      };
    });
  }

  holds() {
    return this.#read(() => [...this.disk.holds.values()]);
  }

  setHold(...[destinationId, hold]: Parameters<Journal['setHold']>): Promise<void> {
    return this.#write('setHold', () => {
      if (hold === null) this.disk.holds.delete(destinationId);
      else this.disk.holds.set(destinationId, hold);
    });
  }

  facts() {
    return this.#read(() => [...this.disk.facts.values()]);
  }

  setFacts(...[facts]: Parameters<Journal['setFacts']>): Promise<void> {
    return this.#write('setFacts', () => {
      this.disk.facts.set(facts.destinationId, facts);
    });
  }

  watchFiles(folderId: string, afterPath: string, limit: number): Promise<readonly WatchFile[]> {
    return this.#read(() =>
      [...this.#folder(folderId).values()]
        .filter(({ relativePath }) => relativePath > afterPath)
        .sort((a, b) => (a.relativePath < b.relativePath ? -1 : 1))
        .slice(0, limit),
    );
  }

  watchFile(folderId: string, relativePath: string): Promise<WatchFile | null> {
    return this.#read(() => this.#folder(folderId).get(relativePath) ?? null);
  }

  watchFileCounts(folderId: string) {
    return this.#read(() => {
      const counts = { baseline: 0, ignored: 0, settling: 0, job: 0 };
      for (const { fileClass } of this.#folder(folderId).values()) counts[fileClass] += 1;
      return counts;
    });
  }

  saveWatchFiles(...[put, remove]: Parameters<Journal['saveWatchFiles']>): Promise<void> {
    return this.#write('saveWatchFiles', () => {
      for (const file of put) this.#folder(file.folderId).set(file.relativePath, file);
      for (const { folderId, relativePath } of remove) this.#folder(folderId).delete(relativePath);
    });
  }

  enqueueWatched(...[pairs]: Parameters<Journal['enqueueWatched']>): Promise<readonly Enqueued[]> {
    return this.#write('enqueueWatched', () =>
      pairs.map(({ job, file }) => {
        const [enqueued] = enqueueInto(this.disk, [job], this.#now());
        if (enqueued === undefined) throw new Error('Each file has its outcome.');
        this.#folder(file.folderId).set(file.relativePath, {
          ...file,
          fileClass: 'job',
          jobId: enqueued.job.id,
        });
        return enqueued;
      }),
    );
  }

  forgetFolder(folderId: string): Promise<void> {
    return this.#write('forgetFolder', () => {
      this.disk.watchFiles.delete(folderId);
    });
  }

  maintain(options: Parameters<Journal['maintain']>[0]) {
    return this.#write('maintain', () => {
      const old = this.#jobs().filter(
        ({ state, completedAt }) =>
          state.name === 'completed' && completedAt !== null && completedAt < options.completedBefore,
      );
      for (const { id } of old) {
        this.disk.jobs.delete(id);
        this.disk.timelines.delete(id);
        nextRevision(this.disk);
      }
      return { removedJobs: old.length, copy: null };
    });
  }

  /** Resolves when every write that was begun has ended. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.allSettled(this.#writing);
  }

  #now(): number {
    return this.#options.now?.() ?? 0;
  }

  /** In id order. */
  #jobs(): StoredJob[] {
    return [...this.disk.jobs.values()];
  }

  #timed(except: readonly JobId[]): StoredJob[] {
    const left = new Set(except);
    return this.#jobs().filter((job) => dueAt(job) !== null && !left.has(job.id));
  }

  #folder(folderId: string): Map<string, WatchFile> {
    const known = this.disk.watchFiles.get(folderId);
    if (known !== undefined) return known;
    const files = new Map<string, WatchFile>();
    this.disk.watchFiles.set(folderId, files);
    return files;
  }

  async #read<T>(look: () => T): Promise<T> {
    const { pass = aMoment } = this.#options;
    this.#refuseWhenClosed();
    this.reads += 1;
    await pass('to disk');
    const found = look();
    await pass('to program');
    return found;
  }

  #write<T>(call: string, change: () => T): Promise<T> {
    const writing = this.#writeNow(call, change);
    const settled = writing.then(
      () => {},
      () => {},
    );
    this.#writing.add(settled);
    settled.then(() => this.#writing.delete(settled));
    return writing;
  }

  async #writeNow<T>(call: string, change: () => T): Promise<T> {
    const { pass = aMoment, beforeWrite, afterWrite } = this.#options;
    this.#refuseWhenClosed();
    await pass('to disk');
    this.writes += 1;
    const write = this.writes;
    await beforeWrite?.(write, call);
    if (this.isFull) {
      await pass('to program');
      throw new UploadError('disk-full', 'No space left on the device.');
    }
    const result = change();
    afterWrite?.(write, call);
    await pass('to program');
    return result;
  }

  #refuseWhenClosed(): void {
    if (this.isClosed) throw new Error('The journal is closed.');
  }
}
