import { isAbsolute, join, resolve } from 'node:path';

/** Of the process that asks. */
export interface ProcessPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly homeDir: string;
  readonly cwd: string;
}

/** What relative paths start from: npm runs scripts in the package's folder and says where the user was. */
export function startDirectory({ env, cwd }: ProcessPlace): string {
  const asked = env.INIT_CWD;
  return env.npm_lifecycle_event === 'hoist' && asked !== undefined && isAbsolute(asked) ? asked : cwd;
}

/** The data directory: the option, else HOIST_DATA_DIR, else where the platform keeps such things. */
export function dataDirectory(option: string | undefined, place: ProcessPlace): string {
  const given = option ?? place.env.HOIST_DATA_DIR;
  if (given !== undefined && given !== '') return resolve(startDirectory(place), given);
  return defaultDirectory(place);
}

function defaultDirectory({ env, platform, homeDir }: ProcessPlace): string {
  if (platform === 'darwin') return join(homeDir, 'Library', 'Application Support', 'Hoist');
  if (platform === 'win32') return join(env.APPDATA ?? join(homeDir, 'AppData', 'Roaming'), 'Hoist');
  // The XDG rule: a relative path is invalid and counts as unset.
  const config = env.XDG_CONFIG_HOME;
  return join(config !== undefined && isAbsolute(config) ? config : join(homeDir, '.config'), 'hoist');
}
