/** What tray and menus can do. */
import type { Clipboard, Dialog, OpenDialogOptions, Shell } from 'electron';
import { assertNever } from '#shared/assert-never.ts';
import { chosenFormat } from '#shared/chosen-format.ts';
import { type Api, ContractError } from '#shared/ipc.ts';
import type { JobId } from '#shared/job.ts';
import type { Settings } from '#shared/settings.ts';
import { copyLinks } from './copy-links.ts';
import type { AppMenuAction } from './menu/app-menu.ts';
import type { Notifier } from './notify/notifier.ts';
import { places } from './places.ts';
import type { TrayAction } from './tray/tray-view.ts';
import type { Windows } from './window/windows.ts';
import { notifyWords, trayWords } from './words.ts';

export interface ActionParts {
  readonly app: { quit(): void };
  readonly api: Pick<Api, 'setPaused' | 'copyLink'>;
  readonly windows: Pick<Windows, 'show' | 'openNew' | 'command' | 'give'>;
  readonly dialog: { showOpenDialog(options: OpenDialogOptions): ReturnType<Dialog['showOpenDialog']> };
  readonly clipboard: Pick<Clipboard, 'writeText'>;
  readonly shell: Pick<Shell, 'openPath'>;
  readonly platform: NodeJS.Platform;
  readonly logDirectory: string;
  readonly settings: () => Settings | null;
  readonly say: Notifier['say'];
  readonly onFailure: (error: unknown) => void;
}

export interface Actions {
  run(action: TrayAction | AppMenuAction): void;
  give(paths: readonly string[]): void;
  /** Their links, in the format that was chosen; what cannot be had is told. */
  copy(ids: readonly JobId[]): void;
}

export function createActions(parts: ActionParts): Actions {
  const { windows, api, onFailure } = parts;

  async function choose(): Promise<void> {
    const { filePaths } = await parts.dialog.showOpenDialog({
      // Only macOS lets one dialog choose both.
      properties: [
        'openFile',
        'multiSelections',
        ...(parts.platform === 'darwin' ? ['openDirectory' as const] : []),
      ],
    });
    if (filePaths.length > 0) await windows.give(filePaths);
  }

  async function copy(ids: readonly JobId[]): Promise<void> {
    const settings = parts.settings();
    const errors = await copyLinks(parts, ids, settings === null ? 'link' : chosenFormat(settings));
    const [first] = errors;
    if (first === undefined) return;
    const body = first instanceof ContractError ? notifyWords.reason(first.failure) : '';
    const title = trayWords.notCopied(errors.length, ids.length);
    parts.say({ id: 'hoist.copy', title, body, place: places.done, links: [] });
    onFailure(first);
  }

  async function act(action: TrayAction | AppMenuAction): Promise<void> {
    switch (action.kind) {
      case 'open':
        return windows.show();
      case 'add':
        return choose();
      case 'pause':
        return api.setPaused(action.isPaused);
      case 'copy':
        return copy([action.id]);
      case 'needs-you':
        return windows.show(places.needsYou);
      case 'settings':
        return windows.show(places.settings);
      case 'command':
        return windows.command(action.id);
      case 'new-window':
        return windows.openNew();
      case 'logs':
        await parts.shell.openPath(parts.logDirectory);
        return;
      case 'quit':
        return parts.app.quit();
      default:
        return assertNever(action);
    }
  }

  return {
    run: (action) => void act(action).catch(onFailure),
    copy: (ids) => void copy(ids).catch(onFailure),
    give: (paths) => void windows.give(paths).catch(onFailure),
  };
}
