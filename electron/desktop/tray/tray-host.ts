/**
 * Whether a tray icon would be seen. macOS and Windows always show one. On Linux it is the desktop's choice: one that
 * shows them owns a name on the session's bus (StatusNotifierItem specification), and GNOME as it comes does not.
 */
import type { execFile } from 'node:child_process';
import type { Clock } from '#ports/clock.ts';

const askBus = [
  'call',
  '--session',
  '--dest=org.freedesktop.DBus',
  '--object-path=/org/freedesktop/DBus',
  '--method=org.freedesktop.DBus.NameHasOwner',
  'org.kde.StatusNotifierWatcher',
];
const patienceMs = 3000;

/** Never rejects. Where nobody can be asked, there is none: a window that hides for ever is worse than one too many. */
export function hasTrayHost(platform: NodeJS.Platform, run: typeof execFile): Promise<boolean> {
  if (platform !== 'linux') return Promise.resolve(true);
  return new Promise((resolve) => {
    run('gdbus', askBus, { timeout: patienceMs }, (error, stdout) =>
      resolve(error === null && stdout.toString().includes('true')),
    );
  });
}

/**
 * What closing a window does. The engine stays where the tray brings a window back; where no tray is seen, the last
 * window is minimized, so that it can be found again. Who wants neither has the setting, and Quit in every menu.
 */
export const closingOf = (facts: {
  readonly closeToTray: boolean;
  readonly hasTray: boolean;
  readonly isLast: boolean;
  readonly isQuitting: boolean;
}): 'minimize' | 'close' =>
  facts.isQuitting || !facts.isLast || !facts.closeToTray || facts.hasTray ? 'close' : 'minimize';

export interface TrayHost {
  isThere(): boolean;
  /** Resolves with true as soon as one is seen, or with false when none came in the first moments. */
  readonly found: Promise<boolean>;
  /** Something changed: look again. */
  look(): void;
}

/** Windows change all the time, trays hardly ever. */
const lookEveryMs = 30_000;
/** At login the panel may come up after us. */
const triesMs = [1000, 2000, 4000, 8000];

export function watchTrayHost(parts: {
  readonly platform: NodeJS.Platform;
  readonly execFile: typeof execFile;
  readonly clock: Clock;
}): TrayHost {
  let isThere = false;
  let looking: Promise<boolean> | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const look = (): Promise<boolean> => {
    lookedAt = parts.clock.monotonic();
    looking ??= hasTrayHost(parts.platform, parts.execFile).then((is) => {
      isThere = is;
      looking = null;
      return is;
    });
    return looking;
  };
  async function find(): Promise<boolean> {
    for (const waitMs of triesMs) {
      if (await look()) return true;
      await new Promise<void>((resolve) => parts.clock.setTimer(waitMs, resolve));
    }
    return look();
  }
  return {
    isThere: () => isThere,
    found: find(),
    look() {
      if (parts.clock.monotonic() - lookedAt >= lookEveryMs) void look();
    },
  };
}
