/** What the desktop's preload script gives a window, and what of it crosses to the main process. Types and names only. */

import type { Failure } from './failure.ts';
import type { AddOptions, AddReport } from './ipc.ts';
import type { JobId } from './job.ts';
import type { GivenFile, GivenFromOutside } from './window-host.ts';

/** Errors lose their class on the way: failures travel as data. */
export type HostAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

/** What a window knows of a file that has no path. */
export interface PathlessFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Epoch ms. */
  readonly lastModified: number;
}

/** What a window asks the main process itself for, beside the contract. Ids stand for files; paths stay over there. */
export interface HostRequests {
  /** Paths as the system told the preload script, never the page. Null: there is no such file. */
  takePaths(paths: readonly string[]): Promise<readonly (GivenFile | null)[]>;
  /** Queues files that were given, folders with all below them. */
  addGiven(ids: readonly string[], options: AddOptions): Promise<AddReport>;
  /** A file without a path begins to come; the answer is what its chunks are sent under. */
  beginFile(file: PathlessFile): Promise<string>;
  /** Resolves when there is room for the next. */
  sendChunk(transferId: string, chunk: Uint8Array): Promise<void>;
  endFile(transferId: string): Promise<GivenFile>;
  /** The window could not read on. */
  dropFile(transferId: string): Promise<void>;
  /** The system's dialog; empty: the person chose nothing. */
  chooseFiles(what: 'files' | 'folder'): Promise<readonly GivenFile[]>;
  chooseFolder(): Promise<string | null>;
  /** Asks where a job's file is now, and goes on with that. False: the person chose nothing. */
  findFileOf(id: JobId): Promise<boolean>;
  showInFolder(id: JobId): Promise<void>;
  /** Opens an address that the engine has told for this job. */
  openLink(id: JobId, url: string): Promise<void>;
  copyText(text: string): Promise<void>;
}

export type HostRequestName = keyof HostRequests;

/** The preload script hands these through as they are; it makes `takeFiles` of `takePaths`. */
export const hostRequestNames = [
  'takePaths',
  'addGiven',
  'beginFile',
  'sendChunk',
  'endFile',
  'dropFile',
  'chooseFiles',
  'chooseFolder',
  'findFileOf',
  'showInFolder',
  'openLink',
  'copyText',
] as const satisfies readonly HostRequestName[];

type Asked = {
  readonly [N in HostRequestName]: (
    ...args: Parameters<HostRequests[N]>
  ) => Promise<HostAnswer<Awaited<ReturnType<HostRequests[N]>>>>;
};

/** `window.hoist` on the desktop. */
export interface DesktopBridge extends Omit<Asked, 'takePaths'> {
  /** Puts one message of the contract (see wire.ts) on its way to the engine. */
  send(text: string): void;
  /** Tells the messages of the engine from its greeting on. Null: it is gone; another greets when there is one. Called once. */
  connect(listener: (text: string | null) => void): void;
  /** Null: the file has no path, or is gone. */
  takeFiles(files: readonly File[]): Promise<HostAnswer<readonly (GivenFile | null)[]>>;
  /** The id of a command that a menu or the tray was asked for. */
  onCommand(listener: (id: string) => void): () => void;
  /** The page of the screens that the window is to show, like "#/settings". */
  onGoTo(listener: (at: string) => void): () => void;
  /** Files that came from outside the window. */
  onGiven(listener: (given: GivenFromOutside) => void): () => void;
}

/** Names of the messages between preload script and main process. */
export const channels = {
  /** A page is there and listens. */
  hello: 'hoist:hello',
  /** One message of the contract, in both directions. */
  message: 'hoist:message',
  /** As many characters of messages were taken: the other side may send more. */
  taken: 'hoist:taken',
  gone: 'hoist:gone',
  command: 'hoist:command',
  goTo: 'hoist:go-to',
  given: 'hoist:given',
  request: (name: HostRequestName) => `hoist:request:${name}`,
} as const;
