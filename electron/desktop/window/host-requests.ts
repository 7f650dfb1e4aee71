/** What only the host can do for a window, beside the contract. */
import { stat } from 'node:fs/promises';
import type { BrowserWindow, Clipboard, Dialog, OpenDialogOptions, Shell } from 'electron';
import { UploadError } from '#ports/upload-error.ts';
import type { HostRequests } from '#shared/desktop-bridge.ts';
import type { Api } from '#shared/ipc.ts';
import type { GivenFile } from '#shared/window-host.ts';
import { type GivenFiles, takeAll } from './given-files.ts';
import type { IncomingFiles } from './incoming-files.ts';
import type { FolderConsent } from './named-folders.ts';
import { mayBeOpened, type ToldLinks } from './window-rights.ts';

export interface HostRequestsOptions {
  readonly window: BrowserWindow;
  readonly api: Pick<Api, 'addFiles' | 'getJob' | 'relocateJob'>;
  readonly given: GivenFiles;
  readonly incoming: IncomingFiles;
  readonly links: ToldLinks;
  readonly folders: Pick<FolderConsent, 'chosen'>;
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  readonly shell: Pick<Shell, 'openExternal' | 'showItemInFolder'>;
  readonly clipboard: Pick<Clipboard, 'writeText'>;
}

export function createHostRequests(options: HostRequestsOptions): HostRequests {
  const { window, api, given, incoming, links, shell } = options;

  async function choose(properties: OpenDialogOptions['properties']): Promise<readonly string[]> {
    const { canceled, filePaths } = await options.dialog.showOpenDialog(window, {
      properties: properties ?? [],
    });
    return canceled ? [] : filePaths;
  }

  async function takeChosen(paths: readonly string[]): Promise<readonly GivenFile[]> {
    return (await takeAll(given, paths)).filter((file) => file !== null);
  }

  return {
    takePaths: (paths) => takeAll(given, paths),
    addGiven: async (ids, add) => api.addFiles(ids.map(given.pathOf), add),
    beginFile: async (file) => incoming.begin(file),
    sendChunk: (id, chunk) => incoming.write(id, chunk),
    async endFile(id) {
      const file = await given.take(await incoming.end(id));
      if (file === null) throw new UploadError('file-missing', 'The file is gone from the inbox.');
      return file;
    },
    dropFile: async (id) => incoming.drop(id),
    async chooseFiles(what) {
      return takeChosen(
        await choose([what === 'files' ? 'openFile' : 'openDirectory', 'multiSelections', 'showHiddenFiles']),
      );
    },
    async chooseFolder() {
      const [path] = await choose(['openDirectory', 'createDirectory']);
      if (path !== undefined) options.folders.chosen(path);
      return path ?? null;
    },
    async findFileOf(id) {
      const [path] = await choose(['openFile', 'showHiddenFiles']);
      if (path === undefined) return false;
      await api.relocateJob(id, path);
      return true;
    },
    async showInFolder(id) {
      const { path } = (await api.getJob(id)).job;
      const isThere = await stat(path).then(
        () => true,
        () => false,
      );
      if (!isThere) throw new UploadError('file-missing', '', { facts: { path } });
      shell.showItemInFolder(path);
    },
    async openLink(id, url) {
      if (!mayBeOpened(url)) throw new UploadError('invalid', 'This is no web address that Hoist opens.');
      if (!links.has(id, url) && !(await isLinkOfJob(api, id, url))) {
        throw new UploadError('invalid', 'This link belongs to no file.');
      }
      await shell.openExternal(url);
    },
    copyText: (text) => options.clipboard.writeText(text),
  };
}

async function isLinkOfJob(api: Pick<Api, 'getJob'>, id: number, url: string): Promise<boolean> {
  const { state } = (await api.getJob(id)).job;
  return state.name === 'completed' && state.asset.link === url;
}
