/** What stands between a window and the machine it is on, beside the contract. */
import type { AddOptions, AddReport } from './ipc.ts';
import type { JobId } from './job.ts';

/** A file or folder that the host knows by its path; the window knows it by this. */
export interface GivenFile {
  readonly id: string;
  /** Absolute; to be shown, not to be sent back. */
  readonly path: string;
  readonly name: string;
  /** 0 for a folder. */
  readonly size: number;
  /** Media type by its name; empty: not known. */
  readonly type: string;
  readonly isFolder: boolean;
}

/** Files from outside the window: to be asked about, or queued already because it was clear where they go. */
export type GivenFromOutside =
  /** `missing`: the paths at which there is nothing. */
  | { readonly kind: 'ask'; readonly files: readonly GivenFile[]; readonly missing: readonly string[] }
  | { readonly kind: 'added'; readonly report: AddReport; readonly destinationId: string };

/** What only the host of a window can do, beside the contract. */
export interface WindowHost {
  readonly kind: 'browser' | 'desktop';
  /**
   * Files that were dropped, pasted, picked or given: brought to where the engine reads them, then added. `onProgress`
   * counts bytes brought over.
   */
  addFiles(
    files: readonly (File | GivenFile)[],
    options: AddOptions,
    onProgress?: (done: number, total: number) => void,
  ): Promise<AddReport>;
  /**
   * What the host knows of files and folders that were dropped, in their order; what it does not know stays as it was.
   * Null: it knows no more than the window, which then walks folders by itself.
   */
  readonly takeFiles: ((files: readonly File[]) => Promise<readonly (File | GivenFile)[]>) | null;
  /** Address of a small picture (64 or 512 px); answers an error where there is none. */
  thumbnailUrl(id: JobId, size: 64 | 512): string;
  /** Null where the host has no native dialog or cannot show files. */
  readonly chooseFolder: (() => Promise<string | null>) | null;
  readonly chooseFiles: ((what: 'files' | 'folder') => Promise<readonly GivenFile[]>) | null;
  /** Asks where a job's file is now, and goes on with that; false: nothing was chosen. */
  readonly findFileOf: ((id: JobId) => Promise<boolean>) | null;
  readonly showInFolder: ((id: JobId) => Promise<void>) | null;
  /** Opens an http(s) address of a job outside. */
  openLink(id: JobId, url: string): Promise<void>;
  copyText(text: string): Promise<void>;
  /** Tells 'connected' | 'reconnecting'; the current one at once. */
  onConnection(listener: (state: 'connected' | 'reconnecting') => void): () => void;
  /** What a native menu or the tray was asked for, by the command's id. */
  onCommand(listener: (id: string) => void): () => void;
  /** Files that came from outside the window: "open with", the command line, the dock. */
  onGiven(listener: (given: GivenFromOutside) => void): () => void;
}
