import { type BigIntStats, closeSync, constants, lstatSync, openSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { WatchFile } from '#ports/journal.ts';
import { FolderIndex } from './folder-index.ts';
import { compileRules, type IgnoreRules, type RuleSource } from './ignore-rules.ts';
import type { Reading } from './known-file.ts';
import { MissedEvents } from './missed-events.ts';
import {
  type CheckedFile,
  type CheckReport,
  type FileCounts,
  type Finding,
  type HintBatch,
  type LookReport,
  type Moment,
  type OpenRequest,
  type RootState,
  rootRowPath,
} from './protocol.ts';
import { inSlices } from './slices.ts';
import { codeOf, ruleOf, walkTree } from './walk.ts';

/** A look in progress: what it found missing counts only if the folder itself was there to the end. */
interface Look {
  readonly hints: LookReport['hints'];
  readonly missing: Set<string>;
  readonly unread: string[];
  /** Directories whose real path was compared, with the outcome. */
  readonly contained: Map<string, boolean>;
  readonly rules: IgnoreRules;
}

/** One watch folder in the worker: the disk on one side, the index on the other. Calls never overlap. */
export class FolderModel {
  readonly #request: OpenRequest;
  readonly #index: FolderIndex;
  readonly #missed = new MissedEvents();
  #source: RuleSource;
  #rules: IgnoreRules;
  /** As it was when the folder was opened, and as it is now. */
  #rootInodeBefore: string | null = null;
  #rootInode: string | null = null;
  #walks = 0;

  constructor(request: OpenRequest) {
    this.#request = request;
    this.#source = request.rules;
    this.#rules = compileRules(request.rules);
    this.#index = new FolderIndex(request.folderId, request.hasStableInodes, (path, reading) =>
      isAt(this.#absolute(path), reading),
    );
  }

  get counts(): FileCounts {
    return this.#index.counts;
  }

  load(rows: readonly WatchFile[]): { readonly counts: FileCounts; readonly rootInode: string | null } {
    const root = rows.find((row) => row.relativePath === rootRowPath);
    if (root !== undefined) {
      this.#rootInode = root.inode;
      this.#rootInodeBefore = root.inode;
    }
    this.#index.load(rows.filter((row) => row !== root));
    return { counts: this.#index.counts, rootInode: this.#rootInode };
  }

  setRules(rules: RuleSource): void {
    this.#source = rules;
    this.#rules = compileRules(rules);
  }

  async walk(at: Moment, hints: HintBatch, takesBaseline: boolean): Promise<LookReport> {
    const walkedAt = performance.now();
    // Rules remember every path they were asked about; those of one walk go with it.
    this.#rules = compileRules(this.#source);
    const look = this.#begin(hints);
    const told = new Set(hints.paths);
    const toldDirectories = new Set(hints.directories);
    const before = rootState(this.#request.root);
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
    const after = this.#trustRoot(files);
    if (after.state === 'there') {
      const isUnread = (path: string) =>
        look.unread.some((top) => path === top || path.startsWith(`${top}/`));
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
    const unchanged: CheckedFile[] = [];
    for (const path of paths) {
      const findings = this.#index.findings;
      this.#examine(path, look, at);
      if (this.#index.findings > findings || look.missing.has(path) || !this.#index.has(path)) continue;
      unchanged.push({ relativePath: path, trouble: this.#tryToOpen(path, look) });
    }
    return { ...this.#finish(look, at), unchanged };
  }

  take(limit: number): readonly Finding[] {
    return this.#index.take(limit);
  }

  row(path: string): WatchFile | null {
    return this.#index.row(path);
  }

  commit(jobs: readonly { readonly relativePath: string; readonly jobId: number | null }[]): FileCounts {
    for (const { relativePath, jobId } of jobs) this.#index.commit(relativePath, jobId);
    return this.#index.counts;
  }

  #begin(hints: HintBatch | null): Look {
    if (hints !== null) this.#missed.hear(hints, performance.now());
    const crowd = hints === null || hints.directories.length === 0 ? 'paths' : 'directories';
    return {
      hints: hints?.isBurst === true ? 'burst' : crowd,
      missing: new Set(),
      unread: [],
      contained: new Map(),
      rules: this.#rules,
    };
  }

  /** Ends a look at single paths: missing ones are gone if the folder itself is there. */
  #finish(look: Look, at: Moment): LookReport {
    const root = rootState(this.#request.root);
    if (root.state === 'away') return this.#end(look, root);
    if (deviceOf(root.inode) !== deviceOf(this.#rootInode ?? root.inode)) {
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
    const parent = dirname(path);
    if (!this.#isContained(parent === '.' ? '' : parent, look)) {
      look.missing.add(path);
      return;
    }
    let stat: BigIntStats | undefined;
    try {
      stat = lstatSync(this.#absolute(path), { bigint: true, throwIfNoEntry: false });
    } catch (error) {
      // ENOTDIR: a file stands where its folder was. Anything else says nothing of the file.
      if (codeOf(error) !== 'ENOTDIR') return;
    }
    if (stat === undefined || stat.isDirectory()) {
      look.missing.add(path);
      return;
    }
    const above = this.#ruleAbove(path, look.rules);
    if (above.isLeftOut) return;
    const context = { ...at, walk: this.#walks, takesBaseline: false };
    this.#index.see(path, stat, above.rule ?? ruleOf(stat, path, look.rules), context);
  }

  async #examineDirectory(directory: string, look: Look, at: Moment): Promise<void> {
    const seen = new Set<string>();
    const above = this.#ruleAbove(`${directory}/x`, look.rules);
    const context = { ...at, walk: this.#walks, takesBaseline: false };
    const unread: string[] = [];
    if (!above.isLeftOut && this.#isContained(directory, look)) {
      await inSlices(walkTree(this.#request.root, look.rules, directory, above.rule), (item) => {
        if (item.kind === 'unread') {
          unread.push(item.relativePath);
          return;
        }
        seen.add(item.relativePath);
        this.#index.see(item.relativePath, item.stat, item.rule, context);
      });
    }
    const isUnread = (path: string) => unread.some((top) => path === top || path.startsWith(`${top}/`));
    for (const path of this.#index.below(directory)) {
      if (!seen.has(path) && !isUnread(path)) look.missing.add(path);
    }
  }

  /** Whether a directory really is where its path says: a link on the way would lead out of the folder. */
  #isContained(directory: string, look: Look): boolean {
    const known = look.contained.get(directory);
    if (known !== undefined) return known;
    const absolute = this.#absolute(directory);
    let isContained = false;
    try {
      isContained = realpathSync.native(absolute).normalize('NFC') === absolute.normalize('NFC');
    } catch {
      // Not there.
    }
    look.contained.set(directory, isContained);
    return isContained;
  }

  #ruleAbove(
    path: string,
    rules: IgnoreRules,
  ): { readonly isLeftOut: boolean; readonly rule: string | null } {
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
      const parent = path.slice(0, slash);
      if (rules.leftOut(parent) !== null) return { isLeftOut: true, rule: null };
      const rule = rules.ofName(parent, true);
      if (rule !== null) return { isLeftOut: false, rule };
    }
    return { isLeftOut: false, rule: null };
  }

  /** Opens for reading and closes at once: another program may hold the file, or we may not read it. */
  #tryToOpen(path: string, look: Look): string | null {
    const parent = dirname(path);
    if (!this.#isContained(parent === '.' ? '' : parent, look)) return 'ENOENT';
    try {
      // O_NONBLOCK: should a FIFO have taken its place just now, opening it must not wait for a writer.
      const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
      closeSync(openSync(this.#absolute(path), flags));
      return null;
    } catch (error) {
      return codeOf(error);
    }
  }

  /**
   * After a walk: is this the folder that was known? One that is empty on another device than before is the place where
   * a volume was mounted. One with files in it is the volume under a new device number, or a new one: both are taken.
   */
  #trustRoot(files: number): RootState {
    const root = rootState(this.#request.root);
    if (root.state === 'away') return root;
    const isOther = this.#rootInode !== null && deviceOf(this.#rootInode) !== deviceOf(root.inode);
    if (isOther && files === 0 && this.#index.size > 0) {
      return {
        state: 'away',
        reason: 'The volume of this folder is not there: the folder is empty and on another device.',
      };
    }
    this.#rootInode = root.inode;
    return root;
  }

  /** Whether a missing file was on a volume of its own, mounted below the folder, and that volume is what is missing. */
  #isOnLostVolume(path: string): boolean {
    const row = this.#index.row(path);
    if (row === null || this.#rootInode === null) return false;
    const device = deviceOf(row.inode);
    const own = deviceOf(this.#rootInode);
    if (device === own || device === deviceOf(this.#rootInodeBefore ?? this.#rootInode)) return false;
    for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
      const found = deviceAt(this.#absolute(parent));
      if (found !== null) return found === own;
    }
    return true;
  }

  #absolute(path: string): string {
    return path === '' ? this.#request.root : join(this.#request.root, path);
  }
}

function deviceOf(inode: string): string {
  return inode.slice(0, inode.indexOf(':'));
}

/** In doubt it is: a file that cannot be looked at has not moved. */
function isAt(absolute: string, reading: Reading): boolean {
  try {
    const stat = lstatSync(absolute, { bigint: true, throwIfNoEntry: false });
    return stat !== undefined && stat.ino === reading.ino && stat.dev === reading.dev;
  } catch {
    return true;
  }
}

function deviceAt(absolute: string): string | null {
  try {
    return lstatSync(absolute, { bigint: true }).dev.toString();
  } catch {
    return null;
  }
}

function isBelow(path: string, directories: ReadonlySet<string>): boolean {
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    if (directories.has(path.slice(0, slash))) return true;
  }
  return false;
}

function rootState(root: string): RootState {
  try {
    const stat = lstatSync(root, { bigint: true });
    if (stat.isDirectory()) return { state: 'there', inode: `${stat.dev}:${stat.ino}` };
    return { state: 'away', reason: 'There is no folder at this path any more.' };
  } catch (error) {
    return { state: 'away', reason: awayReason(codeOf(error)) };
  }
}

function awayReason(code: string): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'The folder is not there.';
  if (code === 'EACCES' || code === 'EPERM') return 'Hoist may not read the folder.';
  return `The folder cannot be read (${code}).`;
}
