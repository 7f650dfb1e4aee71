/** Starts a built main process as Electron would: `node boot.ts`, with the machine described in the environment. */
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { calls } from './act.ts';
import { app } from './app.ts';
import { machine, openLink, story } from './surroundings.ts';

const electron = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main'
      ? { url: electron, shortCircuit: true }
      : next(specifier, context),
});

Object.defineProperty(process, 'versions', {
  value: { ...process.versions, electron: '45.4.1', chrome: '140.0.0.0' },
});
Object.assign(process, {
  type: 'browser',
  resourcesPath: machine.appPath,
  ...(machine.isPackaged ? {} : { defaultApp: true }),
});
// A packed app is asked for by its own name; `electron .` by two.
process.argv = [process.execPath, ...(machine.isPackaged ? [] : [machine.appPath]), ...machine.args];

openLink(calls);
// As Electron on Linux and macOS: the end of a session is a quit like any other.
process.on('SIGTERM', () => {
  // Whoever listens in Node takes the place of Electron's own handler.
  if (process.listenerCount('SIGTERM') === 1) app.quit();
});

story.push('main');
await import(pathToFileURL(machine.entry).href);
app.becomeReady();
