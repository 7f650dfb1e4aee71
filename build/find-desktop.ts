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
  | { readonly binary: string; readonly entry: string }
  /** One sentence part: "… because {why}." */
  | { readonly why: string };

/** Electron's binary and the app's bundle in this checkout, or what is missing first. */
export function findDesktop(root: string, { platform, env, uid }: Place): Desktop {
  const binary = findBinary(root);
  const entry = join(root, 'dist', 'main.js');
  if (binary === null) return { why: "Electron's binary is not here" };
  if (!existsSync(entry)) return { why: 'this version has no desktop part' };
  if (platform === 'linux') {
    if (uid === 0) return { why: 'Electron keeps its sandbox only for users other than root' };
    const hasDisplay = [env.DISPLAY, env.WAYLAND_DISPLAY].some((display) => (display ?? '') !== '');
    if (!hasDisplay) return { why: 'there is no display' };
  }
  return { binary, entry };
}

/** The package downloads it when it is first run, and then writes down where it is. */
function findBinary(root: string): string | null {
  const folder = join(root, 'node_modules', 'electron');
  try {
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}
