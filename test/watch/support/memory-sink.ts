import type { WatchFile } from '#ports/journal.ts';
import type { WatchSink } from '#ports/watcher.ts';
import type { WatchFolder, WatchFolderHealth } from '#shared/watch-folder.ts';

export interface Offer {
  readonly kind: 'settled' | 'changed';
  readonly path: string;
  readonly version: string;
}

/** The journal and the queue as the watcher sees them, in memory. It outlives the watcher, like a disk. */
export class MemorySink implements WatchSink {
  readonly rows = new Map<string, WatchFile>();
  readonly offers: Offer[] = [];
  readonly moves: { readonly from: string; readonly to: string; readonly jobId: number | null }[] = [];
  readonly healths: WatchFolderHealth[] = [];
  /** Thrown by the next calls of that name. */
  readonly failures = new Map<'settled' | 'record' | 'changed' | 'known', unknown[]>();
  #lastJob = 0;

  async known(folderId: string, afterPath: string, limit: number): Promise<readonly WatchFile[]> {
    this.#mayFail('known');
    return [...this.rows.values()]
      .filter((row) => row.folderId === folderId && row.relativePath > afterPath)
      .sort((a, b) => (a.relativePath < b.relativePath ? -1 : 1))
      .slice(0, limit);
  }

  async record(
    put: readonly WatchFile[],
    remove: readonly { folderId: string; relativePath: string }[],
  ): Promise<void> {
    this.#mayFail('record');
    for (const row of put) this.rows.set(row.relativePath, row);
    for (const { relativePath } of remove) this.rows.delete(relativePath);
  }

  async settled(_folder: WatchFolder, files: readonly WatchFile[]): Promise<readonly number[]> {
    this.#mayFail('settled');
    return files.map((file) => this.#makeJob('settled', file));
  }

  async changed(folder: WatchFolder, file: WatchFile, before: WatchFile): Promise<number | null> {
    this.#mayFail('changed');
    if (before.fileClass !== 'job') throw new Error(`${before.relativePath} was no job.`);
    if (folder.changed === 'new') return this.#makeJob('changed', file);
    this.offers.push({ kind: 'changed', path: file.relativePath, version: versionText(file) });
    return null;
  }

  async moved(_folder: WatchFolder, from: WatchFile, to: WatchFile): Promise<void> {
    this.moves.push({ from: from.relativePath, to: to.relativePath, jobId: from.jobId });
  }

  healthChanged(health: WatchFolderHealth): void {
    this.healths.push(health);
  }

  /** Classes of the rows, without the row of the folder itself. */
  classes(): Record<string, string> {
    const entries = [...this.rows.values()].filter((row) => row.relativePath !== '.');
    return Object.fromEntries(entries.map((row) => [row.relativePath, row.fileClass]).sort());
  }

  offered(): string[] {
    return this.offers.map((offer) => offer.path).sort();
  }

  #makeJob(kind: Offer['kind'], file: WatchFile): number {
    const jobId = ++this.#lastJob;
    this.offers.push({ kind, path: file.relativePath, version: versionText(file) });
    this.rows.set(file.relativePath, { ...file, fileClass: 'job', jobId });
    return jobId;
  }

  #mayFail(name: 'settled' | 'record' | 'changed' | 'known'): void {
    const failure = this.failures.get(name)?.shift();
    if (failure !== undefined) throw failure;
  }
}

export function versionText(file: Pick<WatchFile, 'sizeBytes' | 'mtimeNs' | 'inode'>): string {
  return `${file.sizeBytes}/${file.mtimeNs}/${file.inode}`;
}
