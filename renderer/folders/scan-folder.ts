import { useCallback, useState } from 'react';
import type { Api, WatchFolderView } from '#shared/ipc.ts';
import { attempt } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { folderName } from '../shell/folder-name.ts';
import { toast } from '../ui/toasts.tsx';
import { folderWords as words } from '../words/folders.ts';
import { foundBetween, sayScan } from './folder-state.ts';

/** A scan that a person asked for, and what it found; null: none yet. */
export type Scan = { readonly name: 'running' } | { readonly name: 'ended'; readonly text: string } | null;

export function useScan(view: WatchFolderView): { readonly scan: Scan; start(): void } {
  const { api } = useWindow();
  const [scan, setScan] = useState<Scan>(null);
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

export async function setFolderPaused(
  api: Api,
  { folder }: WatchFolderView,
  isPaused: boolean,
): Promise<void> {
  const changed = await attempt(api.updateWatchFolder(folder.id, { isPaused }));
  if (changed === null) return;
  const name = folderName(folder.path);
  toast({ title: isPaused ? words.pausedNow(name) : words.resumedNow(name), tone: 'ok' });
}
