import type { Api, Snapshot, WatchFolderView } from '#shared/ipc.ts';
import { type Context, withEngine } from '../context.ts';
import { exitCodes } from '../exit-code.ts';
import { folderRecord, jsonLine } from '../records.ts';
import { alignRows } from '../show/columns.ts';
import * as texts from '../texts.ts';
import { UsageError } from '../usage-error.ts';

export function listFolders(context: Context, { json }: { readonly json?: boolean }): Promise<number> {
  const { stdout, stderr } = context.surroundings;
  return withEngine(context, 'look', async ({ api, isOwner }) => {
    const snapshot = await api.snapshot();
    const nameOf = (view: WatchFolderView) => destinationOf(snapshot, view);
    const lines =
      json === true
        ? snapshot.folders.map((view) => jsonLine(folderRecord(view, nameOf(view))))
        : alignRows(snapshot.folders.map((view) => texts.folderRow(view, nameOf(view) ?? '?', !isOwner)));
    stdout.write(lines.map((line) => `${line}\n`).join(''));
    if (snapshot.folders.length === 0 && json !== true) stderr.write(`${texts.noFolders(context.hoist)}\n`);
    return exitCodes.ok;
  });
}

export const removeFolder = (context: Context, word: string): Promise<number> =>
  change(context, word, async (api, view) => {
    await api.removeWatchFolder(view.folder.id);
    return texts.folderRemoved(view.folder.path);
  });

export const pauseFolder = (context: Context, word: string): Promise<number> =>
  change(context, word, async (api, view) => {
    await api.updateWatchFolder(view.folder.id, { isPaused: true });
    return texts.folderPaused(view.folder.path);
  });

export const resumeFolder = (context: Context, word: string): Promise<number> =>
  change(context, word, async (api, view) => {
    await api.updateWatchFolder(view.folder.id, { isPaused: false });
    return texts.folderResumed(view.folder.path);
  });

/** A scan needs an engine that watches: where none runs, one starts for as long as the scan takes. */
export const scanFolder = (context: Context, word: string): Promise<number> =>
  withEngine(context, 'work', async ({ api }) => {
    const snapshot = await api.snapshot();
    const { folder } = findFolder(snapshot, context.path(word), word);
    const scanned = await api.scanWatchFolder(folder.id);
    const lines = alignRows([texts.folderRow(scanned, destinationOf(snapshot, scanned) ?? '?', true)]);
    context.surroundings.stdout.write(lines.map((line) => `${line}\n`).join(''));
    return exitCodes.ok;
  });

function change(
  context: Context,
  word: string,
  work: (api: Api, view: WatchFolderView) => Promise<string>,
): Promise<number> {
  return withEngine(context, 'look', async ({ api }) => {
    const said = await work(api, findFolder(await api.snapshot(), context.path(word), word));
    context.surroundings.stderr.write(`${said}\n`);
    return exitCodes.ok;
  });
}

function findFolder({ folders }: Snapshot, path: string, word: string): WatchFolderView {
  const found = folders.find(({ folder }) => folder.path === path || folder.id === word);
  if (found !== undefined) return found;
  throw new UsageError(
    texts.noSuchFolder(
      word,
      folders.map(({ folder }) => folder.path),
    ),
  );
}

const destinationOf = ({ destinations }: Snapshot, { folder }: WatchFolderView): string | null =>
  destinations.find((view) => view.destination.id === folder.destinationId)?.destination.name ?? null;
