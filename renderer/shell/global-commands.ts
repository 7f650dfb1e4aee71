import { useMemo } from 'react';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { copyToday } from '../links/copy-today.ts';
import { attempt } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { useFilePicker } from '../uploads/head/file-picker.tsx';
import { commandWords as words } from '../words/commands.ts';
import { shell } from '../words/shell.ts';
import { closeOverlay, goTo, openOverlay, useNavigation } from './navigation.ts';

/** What can be done from every page. Pages add their own. */
export function useGlobalCommands(): void {
  const context = useWindow();
  const { api, live } = context;
  const { pick } = useFilePicker();
  const commands = useMemo<readonly Command[]>(() => {
    /** Of what asks the engine for something. */
    const whyNot = () => (live.getState().connection === 'connected' ? null : shell.notRunning);
    return [
      {
        id: 'go.uploads',
        title: words.goUploads,
        group: 'Go to',
        keys: ['Mod+1'],
        run: () => goTo({ name: 'uploads', tab: 'all' }),
      },
      {
        id: 'go.links',
        title: words.goLinks,
        group: 'Go to',
        keys: ['Mod+2'],
        run: () => goTo({ name: 'links' }),
      },
      {
        id: 'go.folders',
        title: words.goFolders,
        group: 'Go to',
        keys: ['Mod+3'],
        run: () => goTo({ name: 'folders' }),
      },
      {
        id: 'go.destinations',
        title: words.goDestinations,
        group: 'Go to',
        keys: ['Mod+4'],
        run: () => goTo({ name: 'destinations' }),
      },
      {
        id: 'go.settings',
        title: words.goSettings,
        group: 'Go to',
        keys: ['Mod+Comma', 'Mod+5'],
        run: () => goTo({ name: 'settings' }),
      },
      {
        id: 'files.add',
        title: words.addFiles,
        group: 'Files',
        keys: ['Mod+O'],
        isEnabled: hasUploads,
        whyNot,
        run: () => pick('files'),
      },
      {
        id: 'files.add-folder',
        title: words.addFilesOfFolder,
        group: 'Files',
        isEnabled: hasUploads,
        whyNot,
        run: () => pick('folder'),
      },
      {
        id: 'links.copy-today',
        title: words.copyToday,
        group: 'Links',
        whyNot,
        run: () => void copyToday(context),
      },
      {
        id: 'folder.add',
        title: words.addFolder,
        group: 'Files',
        keys: ['Mod+Shift+O'],
        whyNot,
        run: () => openOverlay({ name: 'folder', id: null }),
      },
      {
        id: 'destination.add',
        title: words.addDestination,
        group: 'Files',
        whyNot,
        run: () => openOverlay({ name: 'destination', id: null }),
      },
      {
        id: 'queue.pause',
        title: words.pauseAll,
        group: 'Queue',
        keys: ['Mod+Shift+P'],
        isEnabled: () => live.getState().settings?.isPaused === false,
        whyNot,
        run: () => void attempt(api.setPaused(true)),
      },
      {
        id: 'queue.resume',
        title: words.resumeAll,
        group: 'Queue',
        keys: ['Mod+Shift+P'],
        isEnabled: () => live.getState().settings?.isPaused === true,
        whyNot,
        run: () => void attempt(api.setPaused(false)),
      },
      {
        id: 'queue.retry',
        title: words.retryAllFailed,
        group: 'Queue',
        keys: ['Mod+Shift+R'],
        isEnabled: () => live.getState().counts.byTab.failed > 0,
        whyNot,
        run: () => void attempt(api.retryJobs({ tab: 'failed' })),
      },
      {
        id: 'window.palette',
        title: words.palette,
        group: 'Window',
        keys: ['Mod+K'],
        run: () => toggleOverlay('palette'),
      },
      {
        id: 'window.keys',
        title: words.keys,
        group: 'Window',
        keys: ['?'],
        run: () => toggleOverlay('keys'),
      },
    ];
  }, [api, live, context, pick]);
  useCommands(commands);
}

/** The first run has its own way to the first file. */
const hasUploads = () => useNavigation.getState().page.name !== 'first-run';

/** The same keys take away what they brought. */
function toggleOverlay(name: 'palette' | 'keys'): void {
  if (useNavigation.getState().overlay.name === name) closeOverlay();
  else openOverlay({ name });
}
