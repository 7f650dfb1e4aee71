/** Whether the desktop app can run here. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Place {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Null where users have no number (Windows). */
  readonly uid: number | null;
}

export type Desktop =
  | { readonly kind: 'here'; readonly binary: string }
  /** All but Electron itself, which can be fetched. */
  | { readonly kind: 'without-binary' }
  /** One sentence part: "… because {why}." */
  | { readonly kind: 'none'; readonly why: string };

/** What is missing first; what no download could change comes before what one could. */
export function findDesktop(root: string, { platform, env, uid }: Place): Desktop {
  if (!existsSync(join(root, 'dist', 'main.js'))) return none('this version has no desktop part');
  if (platform === 'linux') {
    if (uid === 0) return none('Electron keeps its sandbox only for users other than root');
    const hasDisplay = [env.DISPLAY, env.WAYLAND_DISPLAY].some((display) => (display ?? '') !== '');
    if (!hasDisplay) return none('there is no display');
  }
  const binary = findBinary(root);
  if (binary !== null) return { kind: 'here', binary };
  if (!existsSync(installerOf(root)) || (env.ELECTRON_SKIP_BINARY_DOWNLOAD ?? '') !== '') {
    return none("Electron's binary is not here");
  }
  return { kind: 'without-binary' };
}

const none = (why: string): Desktop => ({ kind: 'none', why });

/** The package brings no binary, only the script that fetches it. */
export const installerOf = (root: string): string => join(root, 'node_modules', 'electron', 'install.js');

/** That script writes down where it is. */
function findBinary(root: string): string | null {
  const folder = join(root, 'node_modules', 'electron');
  try {
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}
