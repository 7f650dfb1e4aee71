/** What stands between a window and the machine it is on, beside the contract. */
import type { AddOptions, AddReport } from './ipc.ts';
import type { JobId } from './job.ts';

/** What only the host of a window can do, beside the contract. */
export interface WindowHost {
  readonly kind: 'browser' | 'desktop';
  /** Files that were dropped, pasted or picked: brought to where the engine reads them, then added. `onProgress` counts bytes brought over. */
  addFiles(
    files: readonly File[],
    options: AddOptions,
    onProgress?: (done: number, total: number) => void,
  ): Promise<AddReport>;
  /** Address of a small picture (64 or 512 px); answers an error where there is none. */
  thumbnailUrl(id: JobId, size: 64 | 512): string;
  /** Null where the host has no native dialog or cannot show files. */
  readonly chooseFolder: (() => Promise<string | null>) | null;
  readonly showInFolder: ((id: JobId) => Promise<void>) | null;
  /** Opens an http(s) address outside. */
  openLink(url: string): void;
  copyText(text: string): Promise<void>;
  /** Tells 'connected' | 'reconnecting'; the current one at once. */
  onConnection(listener: (state: 'connected' | 'reconnecting') => void): () => void;
}
