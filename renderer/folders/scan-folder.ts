import { useCallback, useEffect, useState } from 'react';
import type { Api, WatchFolderView } from '#shared/ipc.ts';
import { attempt } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { folderName } from '../shell/folder-name.ts';
import { toast } from '../ui/toasts.tsx';
import { folderWords as words } from '../words/folders.ts';
import { foundBetween, sayScan } from './folder-state.ts';

/** A scan that a person asked for, and what it found; null: none yet. */
export type Scan = { readonly name: 'running' } | { readonly name: 'ended'; readonly text: string } | null;

/** What a scan found is old news after a while. */
const shownMs = 20_000;

export function useScan(view: WatchFolderView): { readonly scan: Scan; start(): void } {
  const { api } = useWindow();
  const [scan, setScan] = useState<Scan>(null);
  useEffect(() => {
    if (scan?.name !== 'ended') return;
    const timer = setTimeout(() => setScan(null), shownMs);
    return () => clearTimeout(timer);
  }, [scan]);
  const start = useCallback(async () => {
    setScan({ name: 'running' });
    const after = await attempt(api.scanWatchFolder(view.folder.id));
    setScan(after === null ? null : { name: 'ended', text: sayScan(view, after) });
  }, [api, view]);
  return { scan, start: () => void start() };
}

/** Scans one folder after the other: disks like that better. Says at the end what all of them found. */
export async function scanAll(api: Api, views: readonly WatchFolderView[]): Promise<void> {
  let found = 0;
  let scanned = 0;
  for (const view of views) {
    const after = await attempt(api.scanWatchFolder(view.folder.id), folderName(view.folder.path));
    if (after === null) continue;
    scanned++;
    found += foundBetween(view.health, after.health);
  }
  if (scanned > 0) toast({ title: words.scannedAll(scanned, found), tone: 'ok' });
}

export const setFolderPaused = (api: Api, id: string, isPaused: boolean): Promise<WatchFolderView | null> =>
  attempt(api.updateWatchFolder(id, { isPaused }));
