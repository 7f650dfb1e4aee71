import { useEffect, useState } from 'react';
import { type Walk, walkFolders } from './dropped-files.ts';

export interface CountedWalk extends Walk {
  readonly isCounting: boolean;
  /** Files seen so far. */
  readonly counted: number;
}

const nothing: Walk = { files: [], bytes: 0, leftOut: 0, unreadable: 0 };

/** Walks dropped folders while the component is there. */
export function useWalk(folders: readonly FileSystemDirectoryEntry[]): CountedWalk {
  const [counted, setCounted] = useState(0);
  const [walk, setWalk] = useState<Walk | null>(folders.length === 0 ? nothing : null);
  useEffect(() => {
    if (folders.length === 0) return;
    const stop = new AbortController();
    const isGone = () => stop.signal.aborted;
    void walkFolders(folders, stop.signal, (files) => !isGone() && setCounted(files)).then(
      (found) => !isGone() && setWalk(found),
    );
    return () => stop.abort();
  }, [folders]);
  return { ...(walk ?? nothing), counted, isCounting: walk === null };
}
