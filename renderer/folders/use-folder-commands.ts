import { useMemo } from 'react';
import type { WatchFolderView } from '#shared/ipc.ts';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { useLive, useWindow } from '../live/window-context.tsx';
import { folderName } from '../shell/folder-name.ts';
import { openOverlay } from '../shell/navigation.ts';
import { toast } from '../ui/toasts.tsx';
import { folderWords, folderCommandWords as words } from '../words/folders.ts';
import { scanAll, setFolderPaused } from './scan-folder.ts';
import { withSeparator } from './typed-path.ts';

const lasting = (folders: readonly WatchFolderView[]) =>
  folders.filter(({ folder }) => folder.isTemporary !== true);

/** What can be done with watch folders from every page. */
export function useFolderCommands(): void {
  const { api, live } = useWindow();
  // Health comes many times a second; the commands only change with the folders themselves.
  const known = useLive(({ folders }) =>
    JSON.stringify(lasting(folders).map(({ folder }) => [folder.id, folder.path, folder.isPaused])),
  );
  const commands = useMemo<readonly Command[]>(() => {
    const folders = JSON.parse(known) as readonly (readonly [string, string, boolean])[];
    const now = () => lasting(live.getState().folders);
    return [
      {
        id: 'folders.explain',
        title: words.explain,
        group: 'Files',
        also: words.also,
        run: () => openOverlay({ name: 'explain', path: startOf(folders.map(([, path]) => path)) }),
      },
      {
        id: 'folders.scanAll',
        title: words.scanAll,
        group: 'Queue',
        isEnabled: () => now().length > 0,
        run: () => void scanAll(api, now()),
      },
      ...folders.map(
        ([id, path, isPaused]): Command => ({
          id: `folders.pause.${id}`,
          title: isPaused ? words.resume(folderName(path)) : words.pause(folderName(path)),
          group: 'Queue',
          also: words.also,
          run: async () => {
            const changed = await setFolderPaused(api, id, !isPaused);
            if (changed === null) return;
            const name = folderName(path);
            toast({
              title: isPaused ? folderWords.resumedNow(name) : folderWords.pausedNow(name),
              tone: 'ok',
            });
          },
        }),
      ),
    ];
  }, [api, live, known]);
  useCommands(commands);
}

/** Where the typing begins: in the watch folder, if there is only one. */
function startOf(paths: readonly string[]): string {
  const [only] = paths;
  return paths.length === 1 && only !== undefined ? withSeparator(only) : '';
}
