import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { WatchFile } from '#ports/journal.ts';
import { FolderIndex } from './folder-index.ts';
import { compileRules, type IgnoreRules, type RuleSource } from './ignore-rules.ts';
import { MissedEvents } from './missed-events.ts';
import { isAt, PathReader } from './path-reader.ts';
import {
  type CheckReport,
  type ClosedFile,
  type FileCounts,
  type Finding,
  type HintBatch,
  type LookReport,
  type Moment,
  type OpenRequest,
  type RootState,
  rootRowPath,
} from './protocol.ts';
import { awayReason, RootDevice } from './root-device.ts';
import { inSlices } from './slices.ts';
import { walkTree } from './walk.ts';

/** A look in progress: what it found missing counts only if the folder itself was there to the end. */
interface Look {
  readonly hints: LookReport['hints'];
  readonly missing: Set<string>;
  readonly unread: string[];
  readonly reader: PathReader;
  readonly rules: IgnoreRules;
}

/**
 * One watch folder in the worker: the disk on one side, the index on the other. Calls never overlap, but that what a walk
 * finds is taken while it goes on.
 */
export class FolderModel {
  readonly #request: OpenRequest;
  readonly #index: FolderIndex;
  readonly #device: RootDevice;
  readonly #missed = new MissedEvents();
  #source: RuleSource;
  #rules: IgnoreRules;
  #walks = 0;
  #isWalking = false;

  constructor(request: OpenRequest) {
    this.#request = request;
    this.#source = request.rules;
    this.#rules = compileRules(request.rules);
    this.#device = new RootDevice(request.root);
    this.#index = new FolderIndex(request.folderId, request.hasStableInodes, (path, reading) =>
      isAt(join(request.root, path), reading),
    );
  }

  get counts(): FileCounts {
    return this.#index.counts;
  }

  load(rows: readonly WatchFile[]): { readonly counts: FileCounts; readonly rootInode: string | null } {
    const root = rows.find((row) => row.relativePath === rootRowPath);
    if (root !== undefined) this.#device.load(root.inode);
    this.#index.load(rows.filter((row) => row !== root));
    return { counts: this.#index.counts, rootInode: this.#device.inode };
  }

  setRules(rules: RuleSource): void {
    this.#source = rules;
    this.#rules = compileRules(rules);
  }

  async walk(at: Moment, hints: HintBatch, takesBaseline: boolean): Promise<LookReport> {
    this.#isWalking = true;
    try {
      return await this.#walk(at, hints, takesBaseline);
    } finally {
      this.#isWalking = false;
    }
  }

  /** The next findings, once there are so many of them; fewer, or none, when the walk is over. */
  async takeOfWalk(limit: number): Promise<readonly Finding[]> {
    while (this.#isWalking && this.#index.findings < limit) await setImmediate();
    return this.#index.take(limit);
  }

  async #walk(at: Moment, hints: HintBatch, takesBaseline: boolean): Promise<LookReport> {
    const walkedAt = performance.now();
    // Rules remember every path they were asked about; those of one walk go with it.
    this.#rules = compileRules(this.#source);
    const look = this.#begin(hints);
    const told = new Set(hints.paths);
    const toldDirectories = new Set(hints.directories);
    const before = this.#device.state();
    if (before.state === 'away') return this.#end(look, before);
    const walk = ++this.#walks;
    const context = { ...at, walk, takesBaseline };
    let files = 0;
    let unreadable: string | null = null;
    await inSlices(walkTree(this.#request.root, look.rules), (item) => {
      if (item.kind === 'unread') {
        look.unread.push(item.relativePath);
        if (item.relativePath === '') unreadable = awayReason(item.code);
        return;
      }
      files++;
      const isNew = this.#index.see(item.relativePath, item.stat, item.rule, context);
      if (!isNew || hints.isBurst || told.has(item.relativePath)) return;
      if (!isBelow(item.relativePath, toldDirectories)) this.#missed.found(item.relativePath, walkedAt);
    });
    if (unreadable !== null) return this.#end(look, { state: 'away', reason: unreadable });
    const after = this.#device.trust(files, this.#index.size);
    if (after.state === 'there') {
      const isUnread = isAtOrBelow(look.unread);
      this.#index.missUnseen(walk, (path) => isUnread(path) || this.#isOnLostVolume(path), at.monotonic);
      this.#index.expireDeparted(at.monotonic);
    }
    return this.#end(look, after);
  }

  async look(at: Moment, hints: HintBatch): Promise<LookReport> {
    const look = this.#begin(hints);
    for (const path of hints.paths) this.#examine(path, look, at);
    for (const directory of hints.directories) await this.#examineDirectory(directory, look, at);
    // Once more, before they are given up: one that came back without an event is no new file.
    for (const path of this.#index.departedUntil(at.monotonic)) this.#examine(path, look, at);
    const report = this.#finish(look, at);
    if (report.root.state === 'away') return report;
    this.#index.expireDeparted(at.monotonic);
    return { ...this.#end(look, report.root), missed: report.missed };
  }

  check(at: Moment, paths: readonly string[]): CheckReport {
    const look = this.#begin(null);
    const changed: string[] = [];
    const closed: ClosedFile[] = [];
    for (const path of paths) {
      const findings = this.#index.findings;
      this.#examine(path, look, at);
      if (this.#index.findings > findings || look.missing.has(path) || !this.#index.has(path)) {
        changed.push(path);
        continue;
      }
      const trouble = look.reader.tryToOpen(path);
      if (trouble !== null) closed.push({ relativePath: path, trouble });
    }
    return { ...this.#finish(look, at), changed, closed };
  }

  take(limit: number): readonly Finding[] {
    return this.#index.take(limit);
  }

  row(path: string): WatchFile | null {
    return this.#index.row(path);
  }

  commit(relativePaths: readonly string[], jobIds: readonly (number | null)[]): FileCounts {
    relativePaths.forEach((path, index) => {
      this.#index.commit(path, jobIds[index] ?? null);
    });
    return this.#index.counts;
  }

  #begin(hints: HintBatch | null): Look {
    if (hints !== null) this.#missed.hear(hints, performance.now());
    const crowd = hints === null || hints.directories.length === 0 ? 'paths' : 'directories';
    return {
      hints: hints?.isBurst === true ? 'burst' : crowd,
      missing: new Set(),
      unread: [],
      reader: new PathReader(this.#request.root, this.#rules),
      rules: this.#rules,
    };
  }

  /** Ends a look at single paths: missing ones are gone if the folder itself is there. */
  #finish(look: Look, at: Moment): LookReport {
    const root = this.#device.state();
    if (root.state === 'away') return this.#end(look, root);
    if (!this.#device.isOnKnownDevice(root.inode)) {
      // Another volume, or none: only a walk can tell.
      return this.#end(look, root);
    }
    for (const path of look.missing) if (!this.#isOnLostVolume(path)) this.#index.miss(path, at.monotonic);
    return this.#end(look, root);
  }

  #end(look: Look, root: RootState): LookReport {
    return {
      root,
      hints: look.hints,
      findings: this.#index.findings,
      counts: this.#index.counts,
      departed: this.#index.departed,
      missed: this.#missed.count(performance.now()),
      unread: { count: look.unread.length, example: look.unread[0] ?? null },
    };
  }

  #examine(path: string, look: Look, at: Moment): void {
    const reading = look.reader.read(path);
    if (reading.state === 'missing') look.missing.add(path);
    if (reading.state !== 'there') return;
    const context = { ...at, walk: this.#walks, takesBaseline: false };
    this.#index.see(path, reading.stat, reading.rule, context);
  }

  async #examineDirectory(directory: string, look: Look, at: Moment): Promise<void> {
    const seen = new Set<string>();
    const above = look.reader.directory(directory);
    const context = { ...at, walk: this.#walks, takesBaseline: false };
    const unread: string[] = [];
    if (!above.isLeftOut && above.isContained) {
      await inSlices(walkTree(this.#request.root, look.rules, directory, above.rule), (item) => {
        if (item.kind === 'unread') {
          unread.push(item.relativePath);
          return;
        }
        seen.add(item.relativePath);
        this.#index.see(item.relativePath, item.stat, item.rule, context);
      });
    }
    const isUnread = isAtOrBelow(unread);
    for (const path of this.#index.below(directory)) {
      if (!seen.has(path) && !isUnread(path)) look.missing.add(path);
    }
  }

  #isOnLostVolume(path: string): boolean {
    const row = this.#index.row(path);
    return row !== null && this.#device.isOnLostVolume(path, row.inode);
  }
}

/** Whether a path is one of these directories, or below one. */
function isAtOrBelow(directories: readonly string[]): (path: string) => boolean {
  return (path) => directories.some((top) => path === top || path.startsWith(`${top}/`));
}

function isBelow(path: string, directories: ReadonlySet<string>): boolean {
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    if (directories.has(path.slice(0, slash))) return true;
  }
  return false;
}
