/**
 * What `import … from 'electron'` gives in the stand-in. A name that is not here does not link, and Node says which; a
 * member of a part that is not there throws, and says which.
 */
import { app } from './app.ts';
import { StandInWindow } from './browser-window.ts';
import { dialog } from './dialog.ts';
import { ipcMain } from './ipc-main.ts';
import { StandInMenu, StandInMenuItem } from './menu.ts';
import { nativeImage } from './native-image.ts';
import { StandInNotification } from './notification.ts';
import { protocol } from './protocol.ts';
import { safeStorage } from './safe-storage.ts';
import { screen } from './screen.ts';
import { session } from './session.ts';
import { strict } from './strict.ts';
import {
  autoUpdater,
  clipboard,
  crashReporter,
  nativeTheme,
  net,
  powerMonitor,
  powerSaveBlocker,
  shell,
} from './system.ts';
import { StandInTray } from './tray.ts';
import { StandInWebContents } from './web-contents.ts';

export {
  app,
  autoUpdater,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  StandInMenu as Menu,
  StandInMenuItem as MenuItem,
  StandInNotification as Notification,
  StandInTray as Tray,
  StandInWebContents as webContents,
  StandInWindow as BrowserWindow,
  safeStorage,
  screen,
  session,
  shell,
};

// biome-ignore lint/style/noDefaultExport: Electron has one as well: `import electron from 'electron'`.
export default strict('electron', {
  app,
  autoUpdater,
  BrowserWindow: StandInWindow,
  clipboard,
  crashReporter,
  dialog,
  ipcMain,
  Menu: StandInMenu,
  MenuItem: StandInMenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification: StandInNotification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray: StandInTray,
  webContents: StandInWebContents,
});
