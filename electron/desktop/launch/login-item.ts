/** Starting at login: the setting, and what the system really has. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { App } from 'electron';
import { loginWords as words } from '../words.ts';

/** As window/launch-arguments.ts reads it. */
const hiddenSwitch = '--hidden';

export interface LoginItem {
  /** Whether the system starts the app at login. */
  isOn(): boolean;
  /** Throws the system's error. */
  set(isOn: boolean): void;
}

export interface LoginItemParts {
  readonly app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDir: string;
  readonly execPath: string;
  /** Given on the command line, so it has to be given at login, too; undefined: the platform's own. */
  readonly dataDir: string | undefined;
}

export function loginItem(parts: LoginItemParts): LoginItem {
  const { app, platform } = parts;
  const args = [hiddenSwitch, ...(parts.dataDir === undefined ? [] : ['--data-dir', parts.dataDir])];
  if (platform === 'linux') return autostartFile(parts, args);
  // macOS takes no arguments, and says by `wasOpenedAtLogin` that no window is wanted. Windows compares them.
  const options = platform === 'win32' ? { args: args.map(quoteForWindows) } : {};
  return {
    isOn: () => app.getLoginItemSettings(options).openAtLogin,
    set: (isOn) => app.setLoginItemSettings({ ...options, openAtLogin: isOn }),
  };
}

/** A login that started the app wants no window (macOS; elsewhere an argument says it). */
export const wasStartedAtLogin = (
  app: Pick<App, 'getLoginItemSettings'>,
  platform: NodeJS.Platform,
): boolean => platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;

/** The XDG autostart specification: a desktop file in `autostart`, under the user's own configuration. */
function autostartFile(
  { environment, homeDir, execPath }: LoginItemParts,
  args: readonly string[],
): LoginItem {
  const config = environment.XDG_CONFIG_HOME;
  const base = config !== undefined && isAbsolute(config) ? config : join(homeDir, '.config');
  const path = join(base, 'autostart', 'hoist.desktop');
  // An AppImage runs from a mount that is gone at the next login; it says where it really is.
  const program = environment.APPIMAGE ?? execPath;
  const text = desktopFile([program, ...args]);
  return {
    isOn() {
      try {
        // As desktops switch an entry off without taking it away.
        return !/^(Hidden=true|X-GNOME-Autostart-enabled=false)$/m.test(readFileSync(path, 'utf8'));
      } catch {
        return false;
      }
    },
    set(isOn) {
      if (!isOn) {
        rmSync(path, { force: true });
        return;
      }
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, text, { mode: 0o644, flush: true });
    },
  };
}

export function desktopFile(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Hoist',
    `Comment=${words.comment}`,
    `Exec=${command.map(quoteForExec).join(' ')}`,
    'Icon=hoist',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Desktop Entry specification, "The Exec key": quoted, four signs escaped, a percent doubled; then the string's own escapes. */
const quoteForExec = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) && !word.includes('%')
    ? word
    : `"${word
        .replace(/["`$\\]/g, '\\$&')
        .replaceAll('%', '%%')
        .replaceAll('\\', '\\\\')}"`;

/** "Take care to wrap paths in quotes" (Electron: app.setLoginItemSettings). */
const quoteForWindows = (word: string): string =>
  /[\s"]/.test(word) ? `"${word.replaceAll('"', '')}"` : word;
