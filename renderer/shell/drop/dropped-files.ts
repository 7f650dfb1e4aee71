import { isLeftOut } from './built-in-left-out.ts';

/** What was dropped. It must be taken out of the event at once: later the browser has forgotten it. */
export interface Dropped {
  readonly files: readonly File[];
  readonly folders: readonly FileSystemDirectoryEntry[];
}

export function takeDropped(transfer: DataTransfer): Dropped {
  const files: File[] = [];
  const folders: FileSystemDirectoryEntry[] = [];
  for (const item of Array.from(transfer.items)) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    if (entry?.isDirectory === true) folders.push(entry as FileSystemDirectoryEntry);
    else {
      const file = item.getAsFile();
      if (file !== null) files.push(file);
    }
  }
  return { files, folders };
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
