/** Settings and window state through electron-store. */
import type { IpcMain } from 'electron';
import ElectronStore from 'electron-store';
import type { OpenConfigStore } from '#ports/config-store.ts';
import type { StateStore } from './window-state.ts';

type Channels = Pick<IpcMain, 'removeAllListeners'>;

/** electron-store answers any page that asks where the data lies. No page of ours does, so that channel is taken away. */
function open(channels: Channels, options: ConstructorParameters<typeof ElectronStore>[0]): StateStore {
  const store = new ElectronStore<Record<string, unknown>>({
    ...options,
    accessPropertiesByDotNotation: false,
  });
  channels.removeAllListeners('electron-store-get-data');
  return store;
}

export const openConfigStore =
  (channels: Channels): OpenConfigStore =>
  ({ directory, name, mode }) =>
    open(channels, { cwd: directory, name, configFileMode: mode });

/** Where windows were. Junk in it is no reason not to open one. */
export const openStateStore = (channels: Channels, directory: string): StateStore =>
  open(channels, { cwd: directory, name: 'state', configFileMode: 0o600, clearInvalidConfig: true });
