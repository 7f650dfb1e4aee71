import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';

/** Chromium's own files and ours about windows, inside the data directory, so that two directories share nothing. */
export const windowDirectory = (dataDir: string): string => join(dataDir, 'window');

/** Before the app is ready: afterwards Chromium has its files open. Throws what the file system says. */
export function setPaths(app: Pick<App, 'setPath'>, dataDir: string): void {
  const directory = windowDirectory(dataDir);
  const paths = {
    userData: directory,
    sessionData: join(directory, 'session'),
    crashDumps: join(directory, 'crashes'),
  };
  for (const [name, path] of Object.entries(paths)) {
    // Electron takes no folder that is not there.
    mkdirSync(path, { recursive: true, mode: 0o700 });
    app.setPath(name, path);
  }
}
