import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Watcher } from '#ports/watcher.ts';
import type { WatchFolder, WatchFolderHealth } from '#shared/watch-folder.ts';
import { createWatcher } from '#watch';
import { FakeClock } from './fake-clock.ts';
import { MemorySink } from './memory-sink.ts';

/** A watch folder in a directory of its own, with a watcher that can be restarted over the same journal. */
export class Scene {
  readonly base = realpathSync(mkdtempSync(join(tmpdir(), 'hoist-watch-')));
  readonly root = join(this.base, 'folder');
  readonly clock = new FakeClock();
  readonly sink = new MemorySink();
  watcher: Watcher;
  folder: WatchFolder;

  constructor(rules: Partial<WatchFolder> = {}) {
    mkdirSync(this.root);
    mkdirSync(join(this.base, 'data'));
    mkdirSync(join(this.base, 'home'));
    this.folder = {
      id: 'folder',
      path: this.root,
      destinationId: 'destination',
      existing: 'include',
      ignore: [],
      settleMs: 2000,
      changed: 'new',
      after: { kind: 'keep' },
      isPaused: false,
      addedAt: 0,
      ...rules,
    };
    this.watcher = this.createWatcher();
  }

  createWatcher(): Watcher {
    return createWatcher({
      clock: this.clock,
      random: () => 0.5,
      sink: this.sink,
      dataDir: join(this.base, 'data'),
      homeDir: join(this.base, 'home'),
    });
  }

  path(relativePath: string): string {
    return join(this.root, relativePath);
  }

  write(relativePath: string, content: string | Uint8Array = relativePath): void {
    mkdirSync(dirname(this.path(relativePath)), { recursive: true });
    writeFileSync(this.path(relativePath), content);
  }

  watch(rules: Partial<WatchFolder> = {}): Promise<void> {
    this.folder = { ...this.folder, ...rules };
    return this.watcher.watch(this.folder);
  }

  /** Until nothing settles and a walk finds nothing new. */
  async quiet(): Promise<void> {
    await this.clock.during(this.watcher.idle('folder'));
  }

  async restart(rules: Partial<WatchFolder> = {}): Promise<void> {
    await this.watcher.close();
    this.watcher = this.createWatcher();
    await this.watch(rules);
  }

  health(): WatchFolderHealth {
    const [health] = this.watcher.health();
    if (health === undefined) throw new Error('Nothing is watched.');
    return health;
  }

  /** Until the folder's health is as told. */
  async healthIs(test: (health: WatchFolderHealth) => boolean): Promise<WatchFolderHealth> {
    await this.clock.until(() => test(this.health()));
    return this.health();
  }

  async close(): Promise<void> {
    await this.watcher.close();
    rmSync(this.base, { recursive: true, force: true });
  }
}
