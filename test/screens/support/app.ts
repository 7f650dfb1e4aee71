/** The app as a person without Electron has it: the browser host in a process of its own, and a real browser before it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type CliChild, type CliResult, runCli, startCli } from '../../support/cli-child.ts';
import { screensThere } from './screens-there.ts';
import { waitForWords } from './wait-for-words.ts';

export interface AppOptions {
  readonly cliEntry: string;
  readonly browserPath: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
  /** Whether the page copies links that nobody asked for; else they cannot come between what a test copies and what it reads. */
  readonly copiesByItself?: boolean;
  /** Where its data and its files are, and what their folder is called; a temporary place, unless it is said. It is removed in the end. */
  readonly place?: { readonly directory: string; readonly files: string };
}

export interface App {
  readonly dataDir: string;
  /** A folder for the files of the test. */
  readonly files: string;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything that the page complained about: errors, and what its content security policy refused. */
  readonly complaints: readonly string[];
  write(name: string, content: Uint8Array | string): Promise<string>;
  /** A command of the same data directory. */
  hoist(...args: readonly string[]): Promise<CliResult>;
  /** The same with a service's key in its environment. */
  hoistWithKey(key: string, ...args: readonly string[]): Promise<CliResult>;
  /** A command that goes on until the app is closed. */
  start(...args: readonly string[]): CliChild;
  /** Ends the engine as a power cut does. */
  killEngine(): Promise<void>;
  /** Starts it again on the same data and port. */
  startEngine(): Promise<void>;
  /** A second window on the same engine. */
  openWindow(): Promise<Page>;
  close(): Promise<void>;
}

const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
];

/** `before` may prepare the data directory, with a demo service that has faults for example. */
export async function openApp(
  options: AppOptions,
  before: (
    app: Pick<App, 'dataDir' | 'files' | 'write' | 'hoist' | 'hoistWithKey' | 'start'>,
  ) => Promise<void> = async () => {},
): Promise<App> {
  const base = options.place?.directory ?? (await mkdtemp(join(tmpdir(), 'hoist-screens-')));
  const dataDir = join(base, 'data');
  const files = join(base, options.place?.files ?? 'files');
  await mkdir(files);
  if (options.copiesByItself !== true) {
    await mkdir(dataDir, { mode: 0o700 });
    await writeFile(join(dataDir, 'config.json'), '{"settings":{"copyAfterUpload":"never"}}', {
      mode: 0o600,
    });
  }
  const environment = { HOIST_POLL_SCALE: '0.1' };
  const children: CliChild[] = [];
  const complaints: string[] = [];
  let engine: CliChild | null = null;
  let browser: Browser | null = null;

  const outside = {
    dataDir,
    files,
    async write(name: string, content: Uint8Array | string) {
      const path = join(files, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      return path;
    },
    hoist: (...args: readonly string[]) =>
      runCli([...args, '--data-dir', dataDir], environment, options.cliEntry),
    hoistWithKey: (key: string, ...args: readonly string[]) =>
      runCli([...args, '--data-dir', dataDir], { ...environment, HOIST_KEY: key }, options.cliEntry),
    start(...args: readonly string[]) {
      const child = startCli([...args, '--data-dir', dataDir], environment, options.cliEntry);
      children.push(child);
      return child;
    },
  };

  async function startEngine(): Promise<string> {
    engine = outside.start('serve', '--no-open');
    const [address] = await waitForWords(engine, /http:\/\/127\.0\.0\.1:\d+\/\S*/);
    return address;
  }

  function watch(page: Page): Page {
    // A page takes choosers from the browser as long as somebody listens; who begins right before a press may be too late.
    page.on('filechooser', () => {});
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) complaints.push(message.text());
    });
    return page;
  }

  async function close(): Promise<void> {
    await browser?.close();
    for (const { process } of children) process.kill('SIGKILL');
    await Promise.allSettled(children.map(({ ended }) => ended));
    await rm(base, { recursive: true, force: true, maxRetries: 3 });
  }

  try {
    await before(outside);
    const address = await startEngine();
    browser = await chromium.launch({ executablePath: options.browserPath, args: flags });
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      colorScheme: options.colorScheme ?? 'light',
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    context.setDefaultTimeout(90_000);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = watch(await context.newPage());
    await page.goto(address);
    // The address that works once leads on by itself; what follows must not run into that.
    await screensThere(page);
    return {
      ...outside,
      page,
      context,
      complaints,
      async killEngine() {
        engine?.process.kill('SIGKILL');
        await engine?.ended;
      },
      async startEngine() {
        await startEngine();
      },
      async openWindow() {
        const other = watch(await context.newPage());
        await other.goto(new URL('/', address).href);
        return other;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
