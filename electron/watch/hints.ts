import { existsSync, lstatSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { IgnoreRules } from './ignore-rules.ts';
import type { HintBatch, HintTrouble } from './protocol.ts';
import { codeOf } from './walk.ts';

/** Above these it is cheaper, and safer, to walk the folder than to look at each path. */
const maxPaths = 2000;
const maxDirectories = 16;

export interface HintListener {
  /** Called once after each `take`, and then not until the next one. */
  onHint(): void;
  onTrouble(trouble: HintTrouble): void;
}

/** Watches one folder and gathers which paths something happened to. A hint may be late, doubled, wrong or missing. */
export class HintSource {
  readonly #root: string;
  readonly #listener: HintListener;
  readonly #watcher: FSWatcher;
  readonly #ready = Promise.withResolvers<void>();
  readonly #paths = new Set<string>();
  readonly #directories = new Set<string>();
  /** Which directory it was before anything watched it. */
  readonly #born: string | null;
  #rules: IgnoreRules;
  #isOn = false;
  #isBurst = false;
  #isRootGone = false;
  #isTold = false;

  constructor(root: string, rules: IgnoreRules, listener: HintListener) {
    this.#root = root;
    this.#rules = rules;
    this.#listener = listener;
    this.#born = birthOf(root);
    this.#watcher = watch(root, {
      persistent: true,
      ignoreInitial: true,
      followSymlinks: false,
      awaitWriteFinish: false,
      atomic: false,
      alwaysStat: false,
      ignored: (path, stats) => stats?.isDirectory() === true && this.#isLeftOut(path),
    });
    this.#watcher.on('all', (event, path) => this.#hear(event, path));
    this.#watcher.on('raw', (event, path, details) => this.#hearRaw(event, path, details));
    this.#watcher.on('error', (error) =>
      listener.onTrouble({ code: codeOf(error), message: error instanceof Error ? error.message : '' }),
    );
    this.#watcher.once('ready', () => {
      this.#isOn = true;
      // What was replaced in the meantime may be watched as what it was.
      if (birthOf(root) !== this.#born) this.#loseRoot();
      this.#ready.resolve();
    });
  }

  /** Resolves when the watching is on, or was stopped. */
  get isReady(): Promise<void> {
    return this.#ready.promise;
  }

  setRules(rules: IgnoreRules): void {
    this.#rules = rules;
  }

  async stop(): Promise<void> {
    this.#watcher.removeAllListeners();
    // One that is closed may still report what it was doing.
    this.#watcher.on('error', () => {});
    this.#ready.resolve();
    await this.#watcher.close();
  }

  /** What was gathered; gathering begins anew. */
  take(): HintBatch {
    const batch = {
      paths: [...this.#paths],
      directories: [...this.#directories],
      isBurst: this.#isBurst,
      isOn: this.#isOn,
      isRootGone: this.#isRootGone,
    };
    this.#paths.clear();
    this.#directories.clear();
    this.#isBurst = false;
    this.#isRootGone = false;
    this.#isTold = false;
    return batch;
  }

  #hear(event: string, absolute: string): void {
    const path = this.#relative(absolute);
    if (path === '') this.#isBurst = true;
    else if (event === 'addDir' || event === 'unlinkDir') this.#directories.add(path);
    else this.#paths.add(path);
    if (this.#paths.size > maxPaths || this.#directories.size > maxDirectories) this.#isBurst = true;
    if (this.#isBurst) {
      this.#paths.clear();
      this.#directories.clear();
    }
    if (this.#isTold) return;
    this.#isTold = true;
    this.#listener.onHint();
  }

  /**
   * inotify(7) tells the end of a directory as a rename of its own name, and is silent about it from then on. Made again at
   * once, it even has the same inode, and chokidar, which looks for it a moment later, takes it for the one it was.
   */
  #hearRaw(event: string, path: string | null, details: unknown): void {
    const name = basename(this.#root);
    if (event !== 'rename' || path !== name || this.#relative(watchedPathOf(details)) !== '') return;
    // A child of the same name has come.
    if (existsSync(join(this.#root, name))) return;
    this.#loseRoot();
  }

  #loseRoot(): void {
    this.#isRootGone = true;
    this.#hear('unlinkDir', this.#root);
  }

  #isLeftOut(absolute: string): boolean {
    const path = this.#relative(absolute);
    if (path === '' || path.startsWith('..')) return false;
    return this.#rules.leftOut(path) !== null || this.#rules.ofName(path, true) !== null;
  }

  #relative(absolute: string): string {
    const path = relative(this.#root, absolute);
    return sep === '/' ? path : path.replaceAll(sep, '/');
  }
}

/** Tells a directory from another one that was made in its place, with its inode; null: there is none, or none that can be looked at. */
function birthOf(directory: string): string | null {
  try {
    const { dev, ino, birthtimeNs } = lstatSync(directory, { bigint: true });
    return `${dev}:${ino}:${birthtimeNs}`;
  } catch {
    return null;
  }
}

/** The directory whose event it is. */
function watchedPathOf(details: unknown): string {
  const isTold = typeof details === 'object' && details !== null && 'watchedPath' in details;
  return isTold ? String(details.watchedPath) : '';
}
