import { existsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { App } from 'electron';

export type PathName = Parameters<App['getPath']>[0];

/** Where Electron's documentation has each folder on Linux; what is set wins. */
export function createPaths(appName: () => string): {
  get(name: PathName): string;
  set(name: PathName | string, path: string): void;
} {
  const set = new Map<string, string>();
  const home = homedir();
  const usual: Readonly<Record<string, () => string>> = {
    home: () => home,
    appData: () => process.env.XDG_CONFIG_HOME ?? join(home, '.config'),
    userData: () => join(get('appData'), appName()),
    sessionData: () => get('userData'),
    temp: () => tmpdir(),
    exe: () => process.execPath,
    module: () => process.execPath,
    desktop: () => join(home, 'Desktop'),
    documents: () => join(home, 'Documents'),
    downloads: () => join(home, 'Downloads'),
    music: () => join(home, 'Music'),
    pictures: () => join(home, 'Pictures'),
    videos: () => join(home, 'Videos'),
    recent: () => join(home, 'Recent'),
    logs: () => join(get('userData'), 'logs'),
    crashDumps: () => join(get('userData'), 'Crashpad'),
  };

  function get(name: string): string {
    const path = set.get(name) ?? usual[name]?.();
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    return path;
  }

  return {
    get,
    set(name, path) {
      if (!isAbsolute(path)) throw new Error('Path must be absolute');
      // "If the path specifies a directory that does not exist, an Error is thrown": electron.d.ts, app.setPath.
      if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
      set.set(name, path);
    },
  };
}
