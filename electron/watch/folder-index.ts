import type { BigIntStats } from 'node:fs';
import type { FileClass, WatchFile } from '#ports/journal.ts';
import { classify } from './classify.ts';
import {
  isSameVersion,
  type KnownFile,
  knownFile,
  newFile,
  type Reading,
  readingOf,
  readingOfRow,
  rowOf,
} from './known-file.ts';
import { type Origin, OriginIndex } from './origin-index.ts';
import type { FileCounts, Finding, Moment } from './protocol.ts';

/** A path that lost its file may have it back, or the file may turn up elsewhere: jobs and baseline rows wait so long. */
export const departedGraceMs = 10_000;

/** The look at the disk that a sighting belongs to. */
interface Look extends Moment {
  readonly walk: number;
  readonly takesBaseline: boolean;
}

/**
 * All files of one folder as they were last seen, and the comparison with what is read now. Whatever differs becomes a
 * finding, once: the index takes it as known from then on. The disk is asked by the caller.
 */
export class FolderIndex {
  readonly #folderId: string;
  readonly #hasStableInodes: boolean;
  readonly #files = new Map<string, KnownFile>();
  readonly #departed = new Map<string, KnownFile>();
  readonly #origins: OriginIndex;
  readonly #counts = { baseline: 0, ignored: 0, settling: 0, job: 0 };
  #findings: Finding[] = [];
  #taken = 0;

  /** `isStillThere` tells whether the file of a row is still at its own path. */
  constructor(
    folderId: string,
    hasStableInodes: boolean,
    isStillThere: (path: string, reading: Reading) => boolean,
  ) {
    this.#folderId = folderId;
    this.#hasStableInodes = hasStableInodes;
    this.#origins = new OriginIndex(hasStableInodes, isStillThere);
  }

  get counts(): FileCounts {
    return { ...this.#counts };
  }

  get size(): number {
    return this.#files.size;
  }

  get departed(): number {
    return this.#departed.size;
  }

  get findings(): number {
    return this.#findings.length - this.#taken;
  }

  load(rows: readonly WatchFile[]): void {
    for (const row of rows) this.#add(knownFile(row));
  }

  row(path: string): WatchFile | null {
    const file = this.#files.get(path);
    return file === undefined ? null : rowOf(this.#folderId, file);
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  /** Compares one file that is there. Answers whether it is new or has new content that no rule ignores. */
  see(path: string, stat: BigIntStats, rule: string | null, context: Look): boolean {
    const reading = readingOf(stat);
    const file = this.#files.get(path) ?? this.#takeBack(path);
    if (file === undefined) return this.#seeNew(path, reading, rule, context);
    file.walk = context.walk;
    const isSame = isSameVersion(file, reading, this.#hasStableInodes);
    if (!isSame && rule === null) {
      // Another known file was renamed over this one: it is that file now, and nothing new.
      const origin = this.#origins.find(this.#folderId, path, reading);
      if (origin !== null) {
        this.#depart(file, context.monotonic);
        this.#move(origin, newFile(path, reading, context));
        return true;
      }
    }
    const verdict = classify({
      known: file,
      isSameVersion: isSame,
      rule,
      movedFrom: null,
      takesBaseline: context.takesBaseline,
    });
    if (verdict === 'same') {
      if (!isSame || file.dev !== reading.dev) Object.assign(file, reading);
      return false;
    }
    if (verdict === 'settle') return this.#settleAgain(file, reading);
    this.#record(file, reading, verdict === 'ignored' ? 'ignored' : 'baseline', rule);
    return false;
  }

  /** Takes what the walk did not come upon as gone, except below what could not be read. */
  missUnseen(walk: number, isUnread: (path: string) => boolean, at: number): void {
    for (const file of this.#files.values()) {
      if (file.walk !== walk && !isUnread(file.path)) this.miss(file.path, at);
    }
  }

  /** Paths at or below a directory. */
  *below(directory: string): Generator<string> {
    const prefix = `${directory}/`;
    for (const path of this.#files.keys()) if (path.startsWith(prefix)) yield path;
  }

  /** The file of this path is there no longer. Jobs and baseline rows are kept a while, uncounted. */
  miss(path: string, at: number): void {
    const file = this.#files.get(path);
    if (file === undefined) return;
    const hadBefore = file.before !== null;
    const isKept = this.#depart(file, at);
    if (hadBefore) this.#findings.push({ kind: 'departed', relativePath: path });
    else if (!isKept) this.#findings.push({ kind: 'gone', relativePath: path });
  }

  /** Those whose time to come back is over. */
  departedUntil(at: number): string[] {
    const paths: string[] = [];
    for (const [path, file] of this.#departed) {
      if (at - (file.departedAt ?? at) >= departedGraceMs) paths.push(path);
    }
    return paths;
  }

  /** Gives up those that did not come back in time. */
  expireDeparted(at: number): void {
    for (const path of this.departedUntil(at)) {
      const file = this.#departed.get(path);
      if (file === undefined) continue;
      this.#departed.delete(path);
      this.#origins.forget(file);
      // Another file may have its path by now, and the row with it.
      if (!this.#files.has(path)) this.#findings.push({ kind: 'gone', relativePath: path });
    }
  }

  take(limit: number): readonly Finding[] {
    const page = this.#findings.slice(this.#taken, this.#taken + limit);
    this.#taken += page.length;
    if (this.#taken === this.#findings.length) {
      this.#findings = [];
      this.#taken = 0;
    }
    return page;
  }

  /** A settling (or baseline) file became a job. */
  commit(path: string, jobId: number | null): void {
    const file = this.#files.get(path);
    if (file === undefined) return;
    this.#origins.forget(file);
    file.jobId = jobId;
    file.before = null;
    file.rule = null;
    this.#setClass(file, 'job');
    this.#origins.remember(file);
  }

  #seeNew(path: string, reading: Reading, rule: string | null, context: Look): boolean {
    const origin = rule === null ? this.#origins.find(this.#folderId, path, reading) : null;
    const verdict = classify({
      known: null,
      isSameVersion: false,
      rule,
      movedFrom: origin === null ? null : origin.row.fileClass === 'job' ? 'job' : 'baseline',
      takesBaseline: context.takesBaseline,
    });
    const file = newFile(path, reading, context);
    if (verdict === 'ignored' || verdict === 'baseline') file.fileClass = verdict;
    file.rule = rule;
    if (origin !== null && verdict === 'moved') {
      this.#move(origin, file);
      return true;
    }
    this.#add(file);
    const row = rowOf(this.#folderId, file);
    // No row: most become jobs in the same breath, and after a crash the next walk finds them as it did now.
    if (verdict === 'settle')
      this.#findings.push({ kind: 'settle', file: row, before: null, hasOldRow: false });
    else this.#findings.push({ kind: 'record', file: row });
    return verdict === 'settle';
  }

  #settleAgain(file: KnownFile, reading: Reading): boolean {
    if (file.fileClass === 'job') file.before = rowOf(this.#folderId, file);
    const hasOldRow = file.fileClass !== 'settling' && file.fileClass !== 'job';
    if (file.fileClass === 'baseline') this.#origins.forget(file);
    Object.assign(file, reading);
    file.rule = null;
    this.#setClass(file, 'settling');
    const row = rowOf(this.#folderId, file);
    this.#findings.push({ kind: 'settle', file: row, before: file.before, hasOldRow });
    return true;
  }

  #record(file: KnownFile, reading: Reading, fileClass: 'baseline' | 'ignored', rule: string | null): void {
    this.#origins.forget(file);
    Object.assign(file, reading);
    file.rule = rule;
    file.jobId = null;
    file.before = null;
    this.#setClass(file, fileClass);
    this.#origins.remember(file);
    this.#findings.push({ kind: 'record', file: rowOf(this.#folderId, file) });
  }

  #move(origin: Origin, to: KnownFile): void {
    const { file: from, row } = origin;
    this.#origins.forget(from);
    to.fileClass = row.fileClass;
    to.jobId = row.jobId;
    to.seenAt = row.seenAt;
    this.#add(to);
    const isTaken = from.before !== null || this.#files.get(from.path) !== from;
    const hasOther = isTaken && this.#files.has(from.path);
    this.#findings.push({ kind: 'moved', from: row, to: rowOf(this.#folderId, to), isPathTaken: hasOther });
    if (from.before !== null) {
      // Another file has its old path: that one is new, and no version of the job that moved away.
      from.before = null;
      from.jobId = null;
      const file = rowOf(this.#folderId, from);
      this.#findings.push({ kind: 'settle', file, before: null, hasOldRow: true });
      return;
    }
    if (this.#files.get(from.path) === from) {
      this.#files.delete(from.path);
      this.#counts[from.fileClass]--;
    }
    if (this.#departed.get(from.path) === from) this.#departed.delete(from.path);
  }

  /** Takes a file out of its path; a job or a baseline file is remembered for a while. Answers whether it is. */
  #depart(file: KnownFile, at: number): boolean {
    this.#files.delete(file.path);
    this.#counts[file.fileClass]--;
    const { before } = file;
    if (before !== null) {
      Object.assign(file, readingOfRow(before), { fileClass: 'job', jobId: before.jobId, before: null });
    }
    if (file.fileClass !== 'job' && file.fileClass !== 'baseline') return false;
    const older = this.#departed.get(file.path);
    if (older !== undefined) this.#origins.forget(older);
    file.departedAt = at;
    this.#departed.set(file.path, file);
    return true;
  }

  #takeBack(path: string): KnownFile | undefined {
    const file = this.#departed.get(path);
    if (file === undefined) return undefined;
    this.#departed.delete(path);
    file.departedAt = null;
    this.#files.set(path, file);
    this.#counts[file.fileClass]++;
    return file;
  }

  #add(file: KnownFile): void {
    const old = this.#files.get(file.path);
    if (old !== undefined) {
      this.#counts[old.fileClass]--;
      this.#origins.forget(old);
    }
    this.#files.set(file.path, file);
    this.#counts[file.fileClass]++;
    this.#origins.remember(file);
  }

  #setClass(file: KnownFile, fileClass: FileClass): void {
    this.#counts[file.fileClass]--;
    file.fileClass = fileClass;
    this.#counts[fileClass]++;
  }
}
