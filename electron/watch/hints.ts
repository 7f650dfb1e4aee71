import { relative, sep } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';
import type { IgnoreRules } from './ignore-rules.ts';
import type { HintTrouble } from './protocol.ts';
import { codeOf } from './walk.ts';

/** Above these it is cheaper, and safer, to walk the folder than to look at each path. */
const maxPaths = 2000;
const maxDirectories = 16;

export interface Hints {
  readonly paths: ReadonlySet<string>;
  /** Directories to be walked: they came, or went, with all that is in them. */
  readonly directories: ReadonlySet<string>;
  readonly isBurst: boolean;
}

export interface HintListener {
  /** Called once after each `take`, and then not until the next one. */
  onHint(): void;
  onTouched(path: string): void;
  onTrouble(trouble: HintTrouble): void;
}

/** Watches one folder and gathers which paths something happened to. A hint may be late, doubled, wrong or missing. */
export class HintSource {
  readonly #root: string;
  readonly #listener: HintListener;
  #watching: { readonly watcher: FSWatcher; readonly end: () => void } | null = null;
  #paths = new Set<string>();
  #directories = new Set<string>();
  #isBurst = false;
  #isTold = false;

  constructor(root: string, listener: HintListener) {
    this.#root = root;
    this.#listener = listener;
  }

  /** Resolves when the watching is on, or was stopped meanwhile (false). What goes wrong is told to the listener. */
  async start(rules: () => IgnoreRules): Promise<boolean> {
    const stopping = this.stop();
    const watcher = watch(this.#root, {
      persistent: true,
      ignoreInitial: true,
      followSymlinks: false,
      awaitWriteFinish: false,
      atomic: false,
      alwaysStat: false,
      ignored: (path, stats) => stats?.isDirectory() === true && this.#isLeftOut(path, rules()),
    });
    const { promise: isOver, resolve: end } = Promise.withResolvers<void>();
    this.#watching = { watcher, end };
    watcher.on('all', (event, path) => this.#hear(event, path));
    watcher.on('error', (error) =>
      this.#listener.onTrouble({ code: codeOf(error), message: error instanceof Error ? error.message : '' }),
    );
    watcher.once('ready', () => end());
    await stopping;
    await isOver;
    return this.#watching?.watcher === watcher;
  }

  async stop(): Promise<void> {
    const watching = this.#watching;
    this.#watching = null;
    if (watching === null) return;
    const { watcher, end } = watching;
    watcher.removeAllListeners();
    // One that is closed may still report what it was doing.
    watcher.on('error', () => {});
    end();
    await watcher.close();
  }

  /** What was gathered; gathering begins anew. */
  take(): Hints {
    const taken = { paths: this.#paths, directories: this.#directories, isBurst: this.#isBurst };
    this.#paths = new Set();
    this.#directories = new Set();
    this.#isBurst = false;
    this.#isTold = false;
    return taken;
  }

  #hear(event: string, absolute: string): void {
    const path = this.#relative(absolute);
    this.#listener.onTouched(path);
    const isDirectory = event === 'addDir' || event === 'unlinkDir';
    if (path === '') this.#isBurst = true;
    else if (isDirectory) this.#directories.add(path);
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

  #isLeftOut(absolute: string, rules: IgnoreRules): boolean {
    const path = this.#relative(absolute);
    if (path === '' || path.startsWith('..')) return false;
    return rules.leftOut(path) !== null || rules.ofName(path, true) !== null;
  }

  #relative(absolute: string): string {
    const path = relative(this.#root, absolute);
    return sep === '/' ? path : path.replaceAll(sep, '/');
  }
}
