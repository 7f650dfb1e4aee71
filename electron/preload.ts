/**
 * Runs in every window before its page, sandboxed, in a world of its own. Gives the page `window.hoist`: functions with
 * one meaning each. Neither `ipcRenderer` nor an event of its goes through, and paths go to the main process only.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  channels,
  type DesktopBridge,
  type HostRequestName,
  hostRequestNames,
} from '#shared/desktop-bridge.ts';

const ask = (name: HostRequestName, args: readonly unknown[]) =>
  ipcRenderer.invoke(channels.request(name), ...args);

function listen<T>(channel: string, listener: (value: T) => void): () => void {
  const relay = (_event: unknown, value: T) => listener(value);
  ipcRenderer.on(channel, relay);
  return () => void ipcRenderer.off(channel, relay);
}

/** Messages that came before the page listens would be lost: the engine greets when the page says hello. */
function connect(listener: (text: string | null) => void): void {
  listen<string>(channels.message, (text) => {
    // Taken, whatever the page makes of it.
    ipcRenderer.send(channels.taken, text.length);
    listener(text);
  });
  listen<void>(channels.gone, () => listener(null));
  ipcRenderer.send(channels.hello);
}

const requests = Object.fromEntries(
  hostRequestNames
    .filter((name) => name !== 'takePaths')
    .map((name) => [name, (...args: readonly unknown[]) => ask(name, args)]),
) as Omit<DesktopBridge, 'send' | 'connect' | 'takeFiles' | 'onCommand' | 'onGoTo' | 'onGiven'>;

const bridge: DesktopBridge = {
  ...requests,
  send: (text) => ipcRenderer.send(channels.message, text),
  connect,
  // A file that was made by the page has no path; only what the system gave has one.
  takeFiles: (files) => ask('takePaths', [Array.from(files, (file) => webUtils.getPathForFile(file))]),
  onCommand: (listener) => listen(channels.command, listener),
  onGoTo: (listener) => listen(channels.goTo, listener),
  onGiven: (listener) => listen(channels.given, listener),
};

contextBridge.exposeInMainWorld('hoist', bridge);
