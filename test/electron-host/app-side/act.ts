/** What a person or the system does to the app, and what they see of it. */

import type { Served } from '../link.ts';
import type { Act, AppCalls, Sight } from '../messages.ts';
import { app } from './app.ts';
import { StandInWindow } from './browser-window.ts';
import { answerMessage, answerPaths, lookAtDialogs } from './dialog.ts';
import { createEvent } from './event.ts';
import { ipcMain } from './ipc-main.ts';
import { openPopup, StandInMenu } from './menu.ts';
import { lookAtNotifications, theNotification } from './notification.ts';
import { answerRequest, privilegedSchemes } from './protocol.ts';
import { unlockKeyring } from './safe-storage.ts';
import { defaultSession } from './session.ts';
import { story } from './surroundings.ts';
import { lookAtSystem, nativeTheme, powerMonitor, setOnline } from './system.ts';
import { lookAtTray, theTray } from './tray.ts';
import { StandInWebContents } from './web-contents.ts';

const windowOpens: { readonly url: string; readonly decision: string }[] = [];

function theWindow(id: number): StandInWindow {
  const window = StandInWindow.fromId(id);
  if (window === null) throw new Error(`There is no window ${id}.`);
  return window;
}

function contentsOf(id: number): StandInWebContents {
  const contents = StandInWebContents.fromId(id);
  if (contents === undefined) throw new Error(`There is no window ${id}.`);
  return contents;
}

function theMenu(): StandInMenu {
  const menu = StandInMenu.getApplicationMenu();
  if (menu === null) throw new Error('The app has no menu.');
  return menu;
}

function act(act: Act): unknown {
  switch (act.kind) {
    case 'click-menu':
      return theMenu().find(act.labels).click();
    case 'click-tray-menu':
      return theTray().menu.find(act.labels).click();
    case 'click-popup': {
      const popup = openPopup();
      if (popup === null) throw new Error('No context menu is open.');
      const item = popup.find(act.labels);
      popup.closePopup();
      return item.click();
    }
    case 'click-tray':
      return theTray().click();
    case 'drop-on-tray':
      return theTray().drop(act.paths);
    case 'click-notification':
      return theNotification(act.id).click();
    case 'click-notification-action':
      return theNotification(act.id).act(act.index);
    case 'answer-message':
      return answerMessage(act.id, act.button, act.isChecked ?? false);
    case 'answer-paths':
      return answerPaths(act.id, act.paths);
    case 'power':
      if (act.event === 'on-battery' || act.event === 'on-ac') {
        powerMonitor.onBatteryPower = act.event === 'on-battery';
      }
      return powerMonitor.emit(act.event, createEvent({}));
    case 'set-online':
      return setOnline(act.isOnline);
    case 'set-dark':
      return nativeTheme.setSystem(act.isDark);
    case 'open-file':
      return app.tell('open-file', createEvent({}), act.path);
    case 'activate':
      return app.tell('activate', createEvent({}), StandInWindow.getAllWindows().length > 0);
    case 'quit':
      return app.quit();
    case 'close-window':
      return theWindow(act.windowId).close();
    case 'place-window':
      return theWindow(act.windowId).setBounds(act.bounds);
    case 'maximize-window':
      return theWindow(act.windowId).maximize();
    case 'focus-window':
      return theWindow(act.windowId).focus();
    case 'blur-windows':
      return StandInWindow.getFocusedWindow()?.blur();
    case 'unlock-keyring':
      return unlockKeyring();
    case 'throw':
      return setImmediate(() => {
        throw new Error(act.message);
      });
    default:
      throw new Error(`Nobody knows how to ${JSON.stringify(act)}.`);
  }
}

const look = (): Sight => ({
  windows: StandInWindow.getAllWindows().map((window) => window.look()),
  menu: StandInMenu.getApplicationMenu()?.show() ?? null,
  popup: openPopup()?.show() ?? null,
  tray: lookAtTray(),
  notifications: lookAtNotifications(),
  ...lookAtDialogs(),
  ...lookAtSystem(),
  badgeCount: app.getBadgeCount(),
  opensAtLogin: app.getLoginItemSettings().openAtLogin,
  isSandboxed: app.isSandboxed,
  story,
  privilegedSchemes: privilegedSchemes.map(({ scheme, privileges }) => ({ scheme, ...privileges })),
  windowOpens,
});

export const calls: Served<AppCalls> = {
  ipc: (message) => ipcMain.receive(message),
  fetch: (request) => answerRequest(request),
  mayRequest: (url, resourceType) => defaultSession.mayRequest(url, resourceType),
  page: (windowId, happening) => StandInWebContents.fromId(windowId)?.happened(happening) ?? false,
  windowOpened(windowId, url) {
    const decision = contentsOf(windowId).opened(url);
    windowOpens.push({ url, decision });
    return decision;
  },
  webviewAttached: (windowId, src) => contentsOf(windowId).webviewAttached(src),
  async permission(windowId, permission, url) {
    const contents = contentsOf(windowId);
    return {
      asked: await defaultSession.askPermission(contents, permission, url),
      checked: defaultSession.checkPermission(contents, permission, url),
    };
  },
  look,
  act(one) {
    act(one);
  },
};
