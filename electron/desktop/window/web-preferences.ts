import type { WebPreferences } from 'electron';

/**
 * What every window may do: nothing but show our page. Written out where Electron's default is the same, so that no
 * default can change it.
 */
export const webPreferences = (preload: string): WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  plugins: false,
  // Its dictionaries would come from the network.
  spellcheck: false,
});
