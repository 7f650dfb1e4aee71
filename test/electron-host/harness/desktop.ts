/** The desktop app without Electron's binary: its built main process, its built preload script, its pages in Chromium. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { waitForWords } from '../../screens/support/wait-for-words.ts';
import { type CliChild, type CliResult, runCli, startCli } from '../../support/cli-child.ts';
import type { Served } from '../link.ts';
import type { Act, AppCalls, HarnessCalls, Machine, Sight } from '../messages.ts';
import { type AppProcess, type Ending, startAppProcess } from './app-process.ts';
import { dropFiles, pasteFile } from './give-files.ts';
import { type RouteRecord, routeRequests } from './routes.ts';
import { type Crossing, openWindowPage, type WindowPage } from './window-page.ts';

/** A built app: where its main process is, and its package.json. */
export interface BuiltApp {
  readonly entry: string;
  readonly appPath: string;
  /** Of the command line that was built with it. */
  readonly cliEntry: string;
}

export interface DesktopOptions {
  readonly app: BuiltApp;
  readonly machine?: Partial<
    Pick<Machine, 'args' | 'isPackaged' | 'keyring' | 'displays' | 'hasNotifications'>
  >;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the desktop around it shows icons in a tray. True unless said otherwise. */
  readonly hasTray?: boolean;
}

export interface Desktop {
  /** The person's home directory. */
  readonly home: string;
  readonly dataDir: string;
  /** A folder for the files of the test. */
  readonly files: string;
  write(name: string, content: Uint8Array | string): Promise<string>;
  /** A command of the same data directory. */
  hoist(...args: readonly string[]): Promise<CliResult>;
  /** The same with a service's key in its environment. */
  hoistWithKey(key: string, ...args: readonly string[]): Promise<CliResult>;
  /** A command that goes on until it is killed, or the test ends. */
  startCommand(...args: readonly string[]): RunningCommand;

  /** Starts the app. Resolves when its first page is loaded, or, for a second instance, never: see `startSecond`. */
  start(machine?: Partial<Machine>): Promise<void>;
  /** Starts it once more while it runs; resolves with the end of that process. */
  startSecond(args: readonly string[], cwd?: string): Promise<Ending>;
  /** The process that runs, or ran last. */
  process(): AppProcess;
  /** The page of a window; without an id, of the one window that there is. Waits until it is loaded. */
  page(windowId?: number): Promise<Page>;

  look(): Promise<Sight>;
  /** Waits until what a person sees is so. Nothing to see, also an empty text, is not seen yet. */
  whenSeen<T>(what: string, see: (sight: Sight) => T | '' | false | null | undefined): Promise<T>;
  act(act: Act): Promise<void>;
  /** Lets go of files over a window. */
  drop(paths: readonly string[], windowId?: number): Promise<void>;
  paste(file: Parameters<typeof pasteFile>[1], windowId?: number): Promise<void>;
  /** Asks the app's process directly, as something would that is no page of ours. */
  readonly ask: AppProcess['ask'];

  /** Everything that crossed between pages and the app, of all runs. */
  readonly crossings: readonly Crossing[];
  readonly requests: RouteRecord;
  /** Whatever pages complained about: errors, and what their content security policy refused. */
  readonly complaints: string[];
  /** What all processes printed. */
  printed(): string;
  /** Remembers all that is to be seen now: what the app shows, and what its pages hold. */
  see(): Promise<void>;
  readonly pictures: readonly string[];
  /** What every process was started with. */
  readonly argvs: readonly (readonly string[])[];
  close(): Promise<void>;
}

export interface RunningCommand {
  whenSaid(words: RegExp): Promise<RegExpExecArray>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
}

const pauseMs = 25;
const path = process.env.PATH ?? '';

export async function createDesktop(browser: Browser, options: DesktopOptions): Promise<Desktop> {
  const base = await mkdtemp(join(tmpdir(), 'hoist-desktop-'));
  const [home, files] = [join(base, 'home'), join(base, 'files')];
  const dataDir = join(home, '.config/hoist');
  await Promise.all([home, files].map((directory) => mkdir(directory, { recursive: true })));
  const commands = join(base, 'commands');
  await mkdir(commands);
  // Hoist asks the session's bus who shows icons; this machine has no bus to ask.
  const reply = options.hasTray === false ? '(false,)' : '(true,)';
  await writeFile(join(commands, 'gdbus'), `#!/bin/sh\necho '${reply}'\n`, { mode: 0o755 });
  const environment = {
    PATH: `${commands}:${path}`,
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    HOIST_POLL_SCALE: '0.1',
    ...options.environment,
  };
  const crossings: Crossing[] = [];
  const complaints: string[] = [];
  const pictures: string[] = [];
  const requests: RouteRecord = { prevented: [], outside: [] };
  const processes: AppProcess[] = [];
  const commandsRunning: CliChild[] = [];
  const argvs: (readonly string[])[] = [];
  let windows = new Map<number, Promise<WindowPage>>();
  let context: BrowserContext | null = null;
  let running: AppProcess | null = null;

  const process = (): AppProcess => {
    if (running === null) throw new Error('The app was not started.');
    return running;
  };
  const asked: AppProcess['ask'] = new Proxy({} as AppProcess['ask'], {
    get: (_target, name) => process().ask[name as keyof AppCalls],
  });

  function launch(machine: Partial<Machine>, calls: Served<HarnessCalls>, cwd?: string): AppProcess {
    const args = machine.args ?? options.machine?.args ?? [];
    argvs.push(args);
    const started = startAppProcess(
      {
        entry: options.app.entry,
        appPath: options.app.appPath,
        isPackaged: true,
        keyring: 'strong',
        displays: [{ x: 0, y: 0, width: 1920, height: 1200 }],
        hasNotifications: true,
        ...options.machine,
        ...machine,
        args,
      },
      environment,
      calls,
      cwd,
    );
    processes.push(started);
    return started;
  }

  async function start(machine: Partial<Machine> = {}): Promise<void> {
    const before = context;
    // What pages keep in their browser outlives the app, as it does in its profile.
    const storageState = await before?.storageState();
    await before?.close();
    const fresh = await browser.newContext({
      reducedMotion: 'reduce',
      locale: 'en-GB',
      ...(storageState === undefined ? {} : { storageState }),
    });
    fresh.setDefaultTimeout(90_000);
    context = fresh;
    const own = new Map<number, Promise<WindowPage>>();
    windows = own;
    const surroundings = {
      context: fresh,
      app: () => asked,
      crossed: (crossing: Crossing) => void crossings.push(crossing),
      complained: (complaint: string) => void complaints.push(complaint),
    };
    const opened: WindowPage[] = [];
    await routeRequests({
      context: fresh,
      app: () => asked,
      windowOf: (page) => opened.find((window) => window.page === page) ?? null,
      anyWindow: () => opened.at(-1) ?? null,
      record: requests,
    });
    const the = async (id: number): Promise<WindowPage> => {
      const window = await own.get(id);
      if (window === undefined) throw new Error(`There is no window ${id}.`);
      return window;
    };
    running = launch(machine, {
      async openPage(id, preload, size) {
        const opening = openWindowPage(id, preload, size, surroundings);
        own.set(id, opening);
        const window = await opening;
        opened.push(window);
      },
      loadPage: async (id, url) => (await the(id)).load(url),
      reloadPage: async (id) => (await the(id)).reload(),
      async closePage(id) {
        const window = await the(id);
        own.delete(id);
        await window.close();
      },
      resizePage: async (id, size) => (await the(id)).page.setViewportSize(size),
      focusPage: async (id) => (await the(id)).page.bringToFront(),
      deliver: async (id, channel, args) => (await the(id)).deliver(channel, args),
      runScript: async (id, code) => (await the(id)).page.evaluate(code),
      async setColorScheme(scheme) {
        for (const opening of own.values()) await (await opening).page.emulateMedia({ colorScheme: scheme });
      },
    });
    await page();
  }

  async function windowPage(id?: number): Promise<WindowPage> {
    for (;;) {
      if (process().hasEnded()) throw new Error(`The app has ended: ${process().output()}`);
      const ids = [...windows.keys()];
      if (id === undefined && ids.length > 1) throw new Error(`Which of the windows ${ids}?`);
      const opening = windows.get(id ?? ids[0] ?? 0);
      const window = await opening;
      if (window !== undefined && !window.isCrashed()) return window;
      await delay(pauseMs);
    }
  }

  async function page(id?: number): Promise<Page> {
    const window = await windowPage(id);
    await window.page.waitForURL(/^https:/, { waitUntil: 'load' });
    return window.page;
  }

  return {
    home,
    dataDir,
    files,
    async write(name, content) {
      const path = join(files, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      return path;
    },
    hoist: (...args) => runCli([...args, '--data-dir', dataDir], environment, options.app.cliEntry),
    hoistWithKey: (key, ...args) =>
      runCli([...args, '--data-dir', dataDir], { ...environment, HOIST_KEY: key }, options.app.cliEntry),
    startCommand(...args) {
      const child = startCli([...args, '--data-dir', dataDir], environment, options.app.cliEntry);
      commandsRunning.push(child);
      return {
        whenSaid: (words) => waitForWords(child, words),
        async kill() {
          child.process.kill('SIGKILL');
          await child.ended;
        },
      };
    },
    start,
    async startSecond(args, cwd) {
      const nobody = () => Promise.reject(new Error('A second instance opened a window.'));
      const second = launch(
        { args },
        {
          openPage: nobody,
          loadPage: nobody,
          reloadPage: nobody,
          closePage: nobody,
          resizePage: nobody,
          focusPage: nobody,
          deliver: nobody,
          runScript: nobody,
          setColorScheme: nobody,
        },
        cwd,
      );
      return await second.ended;
    },
    process,
    page,
    look: () => asked.look(),
    async whenSeen(what, see) {
      const deadline = Date.now() + 90_000;
      for (;;) {
        const sight = await asked.look();
        const seen = see(sight);
        if (seen !== '' && seen !== false && seen !== null && seen !== undefined) return seen;
        if (Date.now() > deadline) throw new Error(`Never seen: ${what}. ${JSON.stringify(sight, null, 1)}`);
        await delay(pauseMs);
      }
    },
    act: (act) => asked.act(act),
    async see() {
      pictures.push(JSON.stringify(await asked.look()));
      for (const opening of windows.values()) pictures.push(await (await opening).page.content());
    },
    pictures,
    drop: async (paths, id) => dropFiles(await windowPage(id), paths),
    paste: async (file, id) => pasteFile(await windowPage(id), file),
    ask: asked,
    crossings,
    requests,
    complaints,
    printed: () => processes.map(({ output }) => output()).join('\n'),
    argvs,
    async close() {
      for (const one of processes) one.kill('SIGKILL');
      for (const one of commandsRunning) one.process.kill('SIGKILL');
      await Promise.allSettled([...processes, ...commandsRunning].map(({ ended }) => ended));
      await context?.close();
      await rm(base, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
