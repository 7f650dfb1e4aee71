/** What the app was started with. Pure. */
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface LaunchArguments {
  /** As it was given. */
  readonly dataDir: string | undefined;
  /** Started at login: no window. */
  readonly isHidden: boolean;
  /** Absolute. */
  readonly paths: readonly string[];
}

/**
 * `args`: what follows the program. Switches that are not ours are Chromium's or the system's, and no files; nor are
 * other addresses than `file:`.
 */
export function readArguments(args: readonly string[], cwd: string): LaunchArguments {
  let dataDir: string | undefined;
  let isHidden = false;
  let isOver = false;
  const paths: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (isOver || !arg.startsWith('-')) {
      const path = pathOf(arg, cwd);
      if (path !== null) paths.push(path);
    } else if (arg === '--') isOver = true;
    else if (arg === '--hidden') isHidden = true;
    else if (arg === '--data-dir') dataDir = args[++at];
    else if (arg.startsWith('--data-dir=')) dataDir = arg.slice('--data-dir='.length);
  }
  return { dataDir, isHidden, paths };
}

function pathOf(arg: string, cwd: string): string | null {
  if (arg === '') return null;
  if (!/^[a-z][a-z\d+.-]+:\/\//i.test(arg)) return isAbsolute(arg) ? arg : resolve(cwd, arg);
  const url = URL.parse(arg);
  if (url?.protocol !== 'file:' || url.host !== '') return null;
  try {
    return fileURLToPath(url);
  } catch {
    // A separator in disguise: no file is called that.
    return null;
  }
}
