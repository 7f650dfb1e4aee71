/** What the world does to a queue, beside its weather: services, keys, disks, folders and settings come and go. */
import type { FileVersion } from '#ports/transfer.ts';
import type { StoryKeeper } from './sim-keeper.ts';
import type { SimWorld } from './sim-world.ts';

/** Watch folders of every story. */
export const folderIds = ['w0', 'w1', 'w2'] as const;

/** No trouble comes to the destination of this name: the others' may not reach it. */
export const spared = 'spared';

/** Tells the queue something, without waiting for the end of it. */
export type Ask = (name: string, ask: () => Promise<unknown>) => void;

export class SimTrouble {
  readonly #world: SimWorld<StoryKeeper>;
  readonly #ask: Ask;
  /** Files of folders that are away, by path. */
  readonly #away = new Map<string, FileVersion>();
  readonly #tried = new Set<string>();

  constructor(world: SimWorld<StoryKeeper>, ask: Ask) {
    this.#world = world;
    this.#ask = ask;
  }

  /** The kinds of trouble that there were. */
  get kinds(): readonly string[] {
    return [...this.#tried];
  }

  strike(): void {
    const { random, services, keeper, queue, removedDestinations } = this.#world;
    const id = random.pick([...services.keys()].filter((each) => each !== spared));
    const service = this.#world.service(id);
    switch (random.int(0, 6)) {
      case 0:
        this.#tried.add('API away');
        service.isApiUp = !service.isApiUp;
        break;
      case 1:
        this.#tried.add('store away');
        service.isStoreUp = !service.isStoreUp;
        break;
      case 2:
        this.#tried.add('key refused');
        service.isKeyGood = !service.isKeyGood;
        break;
      case 3:
        this.#tried.add('disk full');
        keeper.isFull = !keeper.isFull;
        break;
      case 4:
        this.#tried.add('folder away');
        this.#toggleFolder(random.pick(folderIds));
        break;
      case 5:
        this.#tried.add('destination removed');
        if (!removedDestinations.delete(id)) removedDestinations.add(id);
        break;
      default:
        this.#ask('unblock', () => queue.unblock(id));
    }
  }

  set(): void {
    const { random, settings, pausedDestinations, laneCeilings } = this.#world;
    switch (random.int(0, 2)) {
      case 0:
        settings.isPaused = !settings.isPaused;
        break;
      case 1:
        if (!pausedDestinations.delete('d0')) pausedDestinations.add('d0');
        break;
      default:
        laneCeilings.set('d0', random.int(1, 6));
    }
    this.#ask('settingsChanged', () => this.#world.queue.settingsChanged());
  }

  end(): void {
    const { services, keeper, settings, pausedDestinations, removedDestinations, offlineFolders } =
      this.#world;
    for (const service of services.values()) {
      service.isApiUp = true;
      service.isStoreUp = true;
      service.isKeyGood = true;
    }
    keeper.isFull = false;
    settings.isPaused = false;
    pausedDestinations.clear();
    removedDestinations.clear();
    for (const id of offlineFolders) this.#toggleFolder(id);
  }

  /** With a folder go all its files; with it they come back. */
  #toggleFolder(folderId: string): void {
    const { offlineFolders, files, keeper } = this.#world;
    const isBack = offlineFolders.delete(folderId);
    if (!isBack) offlineFolders.add(folderId);
    for (const { path, watchFolderId } of keeper.stored.values()) {
      if (watchFolderId !== folderId) continue;
      const there = files.find(path);
      const before = this.#away.get(path);
      if (isBack && there === null && before !== undefined) files.link(path, before);
      if (isBack) this.#away.delete(path);
      else if (there !== null) {
        this.#away.set(path, there);
        files.remove(path);
      }
    }
  }
}
