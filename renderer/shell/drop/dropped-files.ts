import type { GivenFile, WindowHost } from '#shared/window-host.ts';
import { isLeftOut } from './built-in-left-out.ts';

/** What an event brought. It must be taken out of it at once: later the browser has forgotten it. */
export interface DroppedItems {
  readonly files: readonly File[];
  readonly folders: readonly DroppedFolder[];
}

export interface DroppedFolder {
  readonly entry: FileSystemDirectoryEntry;
  /** The folder as a file without content: a host may know where that lies. */
  readonly file: File | null;
}

/** What is given, and who walks the folders among it. */
export interface Dropped {
  readonly files: readonly (File | GivenFile)[];
  /** The window. */
  readonly folders: readonly FileSystemDirectoryEntry[];
  /** The engine. */
  readonly givenFolders: readonly GivenFile[];
}

export function takeDropped(transfer: DataTransfer): DroppedItems {
  const files: File[] = [];
  const folders: DroppedFolder[] = [];
  for (const item of Array.from(transfer.items)) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = item.getAsFile();
    if (entry?.isDirectory === true) folders.push({ entry: entry as FileSystemDirectoryEntry, file });
    else if (file !== null) files.push(file);
  }
  return { files, folders };
}

/** Folders that the host knows are given to the engine as they are; the others the window walks. */
export async function splitFolders(
  { files, folders }: DroppedItems,
  takeFiles: WindowHost['takeFiles'],
): Promise<Dropped> {
  const asked = folders.flatMap(({ file }) => file ?? []);
  if (takeFiles === null || asked.length === 0) {
    return { files, folders: folders.map(({ entry }) => entry), givenFolders: [] };
  }
  const taken = await takeFiles(asked);
  const known = new Map(asked.map((file, index) => [file, taken[index]]));
  const givenOf = ({ file }: DroppedFolder) => {
    const given = file === null ? undefined : known.get(file);
    return given === undefined || given instanceof File ? null : given;
  };
  return {
    files,
    folders: folders.filter((folder) => givenOf(folder) === null).map(({ entry }) => entry),
    givenFolders: folders.map(givenOf).filter((given) => given !== null),
  };
}

export interface Walk {
  readonly files: readonly File[];
  readonly bytes: number;
  /** Litter and half-written files, by name. */
  readonly leftOut: number;
  readonly unreadable: number;
}

/** How many files are looked at between two tellings. */
const tellEvery = 200;

/**
 * All files of dropped folders, with the paths that they have in there. Resolves with what was found so far when the
 * signal is aborted; what cannot be read is counted, and the rest goes on.
 */
export async function walkFolders(
  folders: readonly FileSystemDirectoryEntry[],
  signal: AbortSignal,
  onCount: (files: number) => void,
): Promise<Walk> {
  const files: File[] = [];
  let bytes = 0;
  let leftOut = 0;
  let unreadable = 0;
  const open: FileSystemDirectoryEntry[] = [...folders].reverse();
  for (let folder = open.pop(); folder !== undefined && !signal.aborted; folder = open.pop()) {
    const entries = await entriesOf(folder);
    if (entries === null) {
      unreadable++;
      continue;
    }
    const inside: FileSystemDirectoryEntry[] = [];
    for (const entry of entries) {
      if (signal.aborted) break;
      if (isLeftOut(entry.name)) leftOut++;
      else if (entry.isDirectory) inside.push(entry as FileSystemDirectoryEntry);
      else {
        const file = await fileOf(entry as FileSystemFileEntry);
        if (file === null) unreadable++;
        else {
          bytes += file.size;
          if (files.push(file) % tellEvery === 0) onCount(files.length);
        }
      }
    }
    open.push(...inside.reverse());
  }
  onCount(files.length);
  return { files, bytes, leftOut, unreadable };
}

/** A reader gives some at a time, and an empty list at the end. Null: it cannot be read. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[] | null> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  try {
    for (;;) {
      const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      );
      if (some.length === 0) return all;
      all.push(...some);
    }
  } catch {
    return null;
  }
}

/** The file of an entry has no path of its own: it is given the one that it has in the dropped folder. */
async function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  try {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    Object.defineProperty(file, 'webkitRelativePath', { value: entry.fullPath.replace(/^\//, '') });
    return file;
  } catch {
    return null;
  }
}
