/** One window of the app: a page of a real Chromium, with the app's built preload script in it. */
import type { BrowserContext, Page } from 'playwright-core';
import type { Asked } from '../link.ts';
import type { AppCalls } from '../messages.ts';
import { preloadWorldScript } from '../page-side/bundle.ts';
import type { Answered, FromPage, GivenFile, ToPage } from '../page-side/preload-world.ts';
import { toApp, toWeb } from './addresses.ts';

/** Everything that crossed between pages and the app's process, in order. */
export interface Crossing {
  readonly windowId: number;
  readonly direction: 'to app' | 'to page';
  readonly channel: string;
  readonly text: string;
}

export interface Surroundings {
  readonly context: BrowserContext;
  readonly app: () => Asked<AppCalls>;
  readonly crossed: (crossing: Crossing) => void;
  readonly complained: (complaint: string) => void;
}

export interface WindowPage {
  readonly id: number;
  readonly page: Page;
  isCrashed(): boolean;
  load(address: string): Promise<string | null>;
  reload(): Promise<void>;
  deliver(channel: string, args: string): void;
  /** Resolves when the page knows them. */
  give(files: readonly GivenFile[]): Promise<void>;
  /** Whether this navigation was asked for by the app, which then is not asked about it. */
  takeOwnNavigation(): boolean;
  close(): Promise<void>;
}

const bindingName = '__standInHost';

export async function openWindowPage(
  id: number,
  preload: string | null,
  size: { readonly width: number; readonly height: number },
  { context, app, crossed, complained }: Surroundings,
): Promise<WindowPage> {
  let isCrashed = false;
  let documentId = 0;
  let ownNavigations = 0;
  let isClosed = false;
  let queue: ToPage[] = [];
  let taken: (() => void)[] = [];
  let asking: ((answer: Answered) => void) | null = null;

  let page = await newPage();

  /** The app may have ended meanwhile; then nobody wants to know. */
  function tell(happening: Parameters<AppCalls['page']>[1]): Promise<boolean> {
    return app()
      .page(id, happening)
      .catch(() => false);
  }

  function flush(): void {
    if (asking === null || queue.length === 0) return;
    const answer = asking;
    const messages = queue;
    asking = null;
    queue = [];
    answer({ ok: true, value: JSON.stringify(messages) });
  }

  function next(): Promise<Answered> {
    // Who asks again has taken what was sent before.
    if (queue.length === 0) for (const done of taken.splice(0)) done();
    return new Promise((resolve) => {
      asking = resolve;
      flush();
    });
  }

  async function begin(url: string): Promise<Answered> {
    documentId += 1;
    asking?.({ ok: false, message: 'The document is gone.' });
    asking = null;
    queue = [];
    taken = [];
    await tell({ kind: 'navigated', url: toApp(url), documentId });
    return { ok: true, value: null };
  }

  async function carry(message: FromPage & { readonly kind: 'send' | 'invoke' }): Promise<Answered> {
    const { kind, channel, args, url } = message;
    crossed({ windowId: id, direction: 'to app', channel, text: args });
    try {
      const frame = { url: toApp(url), isMainFrame: true, documentId };
      const value = await app().ipc({ windowId: id, kind, channel, args, frame });
      if (value !== null) crossed({ windowId: id, direction: 'to page', channel, text: value });
      return { ok: true, value };
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) };
    }
  }

  function receive(message: FromPage): Promise<Answered> {
    const done: Answered = { ok: true, value: null };
    switch (message.kind) {
      case 'begin':
        return begin(message.url);
      case 'next':
        return next();
      case 'moved':
        return tell({ kind: 'navigated-in-page', url: toApp(message.url) }).then(() => done);
      case 'title':
        return tell({ kind: 'title', title: message.title }).then(() => done);
      case 'preload-failed':
        complained(`preload: ${message.message}`);
        return Promise.resolve(done);
      default:
        return carry(message);
    }
  }

  async function newPage(): Promise<Page> {
    const fresh = await context.newPage();
    await fresh.setViewportSize(size);
    await fresh.exposeBinding(bindingName, ({ frame }, message: FromPage): Promise<Answered> => {
      if (frame !== fresh.mainFrame()) return Promise.resolve({ ok: false, message: 'Not the main frame.' });
      return receive(message);
    });
    await fresh.addInitScript({ content: await initScript(preload) });
    fresh.on('domcontentloaded', () => void tell({ kind: 'dom-ready' }));
    fresh.on('load', () => void tell({ kind: 'finished' }));
    fresh.on('crash', () => {
      isCrashed = true;
      void tell({ kind: 'gone', reason: 'crashed' });
    });
    fresh.on('pageerror', (error) => complained(String(error)));
    fresh.on('console', (message) => {
      if (/content security policy/i.test(message.text())) complained(message.text());
    });
    return fresh;
  }

  return {
    id,
    get page() {
      return page;
    },
    isCrashed: () => isCrashed,
    async load(address) {
      ownNavigations += 1;
      try {
        await page.goto(toWeb(address), { waitUntil: 'commit' });
        return null;
      } catch (error) {
        if (isClosed) return null;
        const description = /net::(\w+)/.exec(String(error))?.[1] ?? 'ERR_FAILED';
        await tell({ kind: 'failed', url: address, description });
        return description;
      }
    },
    async reload() {
      ownNavigations += 1;
      if (!isCrashed) return void (await page.reload({ waitUntil: 'commit' }));
      // Playwright cannot use a crashed page again; another one takes its place.
      const address = page.url();
      await page.close().catch(() => {});
      page = await newPage();
      await page.goto(address, { waitUntil: 'commit' });
      isCrashed = false;
    },
    deliver(channel, args) {
      crossed({ windowId: id, direction: 'to page', channel, text: args });
      queue.push({ kind: 'message', channel, args });
      flush();
    },
    give(files) {
      return new Promise((resolve) => {
        taken.push(resolve);
        queue.push({ kind: 'given', files });
        flush();
      });
    },
    takeOwnNavigation() {
      if (ownNavigations === 0) return false;
      ownNavigations -= 1;
      return true;
    },
    async close() {
      isClosed = true;
      asking?.({ ok: false, message: 'The window is closed.' });
      await page.close().catch(() => {});
    },
  };
}

/** Takes the binding away from the page before anything of its own runs; sub-frames get nothing, as in Electron. */
async function initScript(preload: string | null): Promise<string> {
  return `(() => {
  const tell = window.${bindingName};
  delete window.${bindingName};
  if (window.top !== window || location.href === 'about:blank') return;
  ${await preloadWorldScript()}
  preloadWorld.runPreload(
    { tell, platform: ${JSON.stringify(process.platform)} },
    function (require, module, exports, process) {
${preload ?? ''}
    },
  );
})();`;
}
