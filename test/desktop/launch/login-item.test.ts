import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keepLoginItem } from '../../../electron/desktop/launch/keep-login-item.ts';
import {
  desktopFile,
  type LoginItem,
  loginItem,
  wasStartedAtLogin,
} from '../../../electron/desktop/launch/login-item.ts';
import { temporaryDirectory } from '../../support/temporary.ts';
import { settle } from '../support.ts';

type Asked = { args?: string[]; openAtLogin?: boolean };

/** The system's own list, as Electron shows it. */
function system() {
  const asked: Asked[] = [];
  const state = { isOn: false, wasOpened: false };
  const app = {
    getLoginItemSettings: (options: Asked = {}) => {
      asked.push(options);
      return { openAtLogin: state.isOn, wasOpenedAtLogin: state.wasOpened };
    },
    setLoginItemSettings: (options: Asked) => {
      asked.push(options);
      state.isOn = options.openAtLogin ?? false;
    },
  };
  return { app: app as never, asked, state };
}

async function linux(more: { dataDir?: string; environment?: Record<string, string> } = {}) {
  const homeDir = await temporaryDirectory();
  const item = loginItem({
    app: system().app,
    platform: 'linux',
    environment: more.environment ?? {},
    homeDir,
    execPath: '/opt/Hoist/hoist',
    dataDir: more.dataDir,
  });
  return { item, path: join(homeDir, '.config', 'autostart', 'hoist.desktop') };
}

describe('on Linux', () => {
  test('is a file, written and removed', async () => {
    const { item, path } = await linux();
    expect(item.isOn()).toBe(false);
    item.set(true);
    expect(item.isOn()).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain('\nExec=/opt/Hoist/hoist --hidden\n');
    item.set(false);
    item.set(false);
    expect([item.isOn(), existsSync(path)]).toEqual([false, false]);
  });

  test('is off where the desktop has switched it off', async () => {
    const { item, path } = await linux();
    mkdirSync(dirname(path), { recursive: true });
    for (const line of ['Hidden=true', 'X-GNOME-Autostart-enabled=false']) {
      writeFileSync(path, `[Desktop Entry]\nExec=hoist\n${line}\n`);
      expect(item.isOn()).toBe(false);
    }
  });

  test('follows XDG_CONFIG_HOME, an AppImage’s own place, and the data directory that was given', async () => {
    const config = await temporaryDirectory();
    const { item } = await linux({
      dataDir: '/data/my "50%" files',
      environment: { XDG_CONFIG_HOME: config, APPIMAGE: '/home/me/Apps/Hoist 1.AppImage' },
    });
    item.set(true);
    const text = readFileSync(join(config, 'autostart', 'hoist.desktop'), 'utf8');
    expect(text.split('\n')).toContain(
      String.raw`Exec="/home/me/Apps/Hoist 1.AppImage" --hidden --data-dir "/data/my \\"50%%\\" files"`,
    );
  });

  test('a path is no part of the file’s own language', () => {
    expect(desktopFile(['/a b/$x"y\\z']).split('\n')[4]).toBe(String.raw`Exec="/a b/\\$x\\"y\\\\z"`);
  });
});

test('macOS is asked plainly; Windows compares the arguments', () => {
  const parts = { environment: {}, homeDir: '/', execPath: 'hoist', dataDir: 'C:\\my data' };
  const mac = system();
  const item = loginItem({ ...parts, app: mac.app, platform: 'darwin' });
  item.set(true);
  expect([item.isOn(), mac.asked]).toEqual([true, [{ openAtLogin: true }, {}]]);
  const win = system();
  loginItem({ ...parts, app: win.app, platform: 'win32' }).set(true);
  expect(win.asked).toEqual([{ openAtLogin: true, args: ['--hidden', '--data-dir', '"C:\\my data"'] }]);
});

test('only macOS says itself that a login started the app', () => {
  const { app, state } = system();
  state.wasOpened = true;
  expect([wasStartedAtLogin(app, 'darwin'), wasStartedAtLogin(app, 'win32')]).toEqual([true, false]);
});

describe('the setting', () => {
  function keeper(item: Partial<LoginItem> & { on?: boolean }) {
    const state = { isOn: item.on ?? false };
    const set: boolean[] = [];
    const patches: unknown[] = [];
    const failures: unknown[] = [];
    const keep = keepLoginItem({
      item: {
        isOn: () => state.isOn,
        set: (isOn) => {
          set.push(isOn);
          state.isOn = isOn;
        },
        ...item,
      },
      updateSettings: async (patch) => patches.push(patch),
      onFailure: (error) => failures.push(error),
    });
    return { keep, set, patches, failures };
  }

  test('is carried out when it changes', () => {
    const { keep, set, patches } = keeper({});
    for (const launchAtLogin of [false, false, true, true, false]) keep.follow({ launchAtLogin });
    expect([set, patches]).toEqual([[true, false], []]);
  });

  test('gives way at the start to what the person did in the system', () => {
    const off = keeper({ on: false });
    off.keep.follow({ launchAtLogin: true });
    expect([off.set, off.patches]).toEqual([[], [{ launchAtLogin: false }]]);
    off.keep.follow({ launchAtLogin: false });
    const on = keeper({ on: true });
    on.keep.follow({ launchAtLogin: false });
    expect([on.set, on.patches]).toEqual([[], [{ launchAtLogin: true }]]);
  });

  test('is written anew at the start where it is on: the app may have moved', () => {
    const { keep, set, patches } = keeper({ on: true });
    keep.follow({ launchAtLogin: true });
    expect([set, patches]).toEqual([[true], []]);
  });

  test('is not shown as on where it could not be switched on', async () => {
    const { keep, patches, failures } = keeper({
      set: () => {
        throw new Error('EACCES');
      },
    });
    keep.follow({ launchAtLogin: false });
    keep.follow({ launchAtLogin: true });
    await settle();
    expect([patches, failures.length]).toEqual([[{ launchAtLogin: false }], 1]);
  });
});
