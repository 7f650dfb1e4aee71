import { relative, sep } from 'node:path';
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
  #rules: IgnoreRules;
  #isOn = false;
  #isBurst = false;
  #isTold = false;

  constructor(root: string, rules: IgnoreRules, listener: HintListener) {
    this.#root = root;
    this.#rules = rules;
    this.#listener = listener;
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
    this.#watcher.on('error', (error) =>
      listener.onTrouble({ code: codeOf(error), message: error instanceof Error ? error.message : '' }),
    );
    this.#watcher.once('ready', () => {
      this.#isOn = true;
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
    };
    this.#paths.clear();
    this.#directories.clear();
    this.#isBurst = false;
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
