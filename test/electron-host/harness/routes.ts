/** Every request of the app's pages: its own addresses are answered by its own handler, the others are asked about. */
import type { BrowserContext, Page, Route } from 'playwright-core';
import type { Asked } from '../link.ts';
import type { AppCalls } from '../messages.ts';
import { isOfApp, toApp } from './addresses.ts';
import type { WindowPage } from './window-page.ts';

export interface RouteRecord {
  /** Navigations that the app prevented. */
  readonly prevented: string[];
  /** Addresses outside of the app that a page was allowed to go to, or to ask. */
  readonly outside: string[];
}

export interface RouteOptions {
  readonly context: BrowserContext;
  readonly app: () => Asked<AppCalls>;
  readonly windowOf: (page: Page) => WindowPage | null;
  readonly anyWindow: () => WindowPage | null;
  readonly record: RouteRecord;
}

export async function routeRequests(options: RouteOptions): Promise<void> {
  const { context, app, windowOf, record } = options;
  /** Of pages that are being opened by a page: Chromium names the address before it names the page. */
  const popups: string[] = [];

  async function mayNavigate(route: Route): Promise<boolean | 'popup'> {
    const request = route.request();
    const page = pageOf(route);
    const window = page === null ? null : windowOf(page);
    if (page === null || window === null) {
      popups.push(request.url());
      return 'popup';
    }
    const isMainFrame = request.frame() === page.mainFrame();
    const url = toApp(request.url());
    if (!(isMainFrame && window.takeOwnNavigation())) {
      if (await app().page(window.id, { kind: 'will-navigate', url, isMainFrame })) {
        record.prevented.push(url);
        return false;
      }
    }
    if (isMainFrame) await app().page(window.id, { kind: 'started', url, isSameDocument: false });
    return true;
  }

  async function answer(route: Route): Promise<void> {
    const request = route.request();
    const may = !request.isNavigationRequest() || (await mayNavigate(route));
    // Shown empty, because Chromium tells of a page only once it shows something; then it is asked about, and closed.
    if (may === 'popup') return await route.fulfill({ status: 200, contentType: 'text/html', body: '' });
    if (!may) return await route.abort('aborted');
    if (!isOfApp(request.url())) {
      if (!(await app().mayRequest(request.url(), request.resourceType())))
        return await route.abort('blockedbyclient');
      record.outside.push(request.url());
      // Nothing real is behind it; what a page would find there must not depend on a network.
      return await route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>outside</h1>' });
    }
    const body = request.postDataBuffer();
    const response = await app().fetch({
      url: toApp(request.url()),
      method: request.method(),
      headers: await request.allHeaders(),
      body,
    });
    if (response === null) return await route.abort('failed');
    await route.fulfill({
      status: response.status,
      headers: { ...response.headers },
      body: Buffer.from(response.body),
    });
  }

  await context.route('**/*', (route) => answer(route).catch(() => route.abort('failed').catch(() => {})));
  context.on('page', (page) => {
    void opened(page);
  });

  /** A page that nobody of us made was opened by a page. Chromium does not say by which where a link hides it. */
  async function opened(page: Page): Promise<void> {
    const opener = await page.opener();
    if (opener === null && popups.length === 0) return;
    const window = opener === null ? options.anyWindow() : windowOf(opener);
    if (window === null) return;
    const url = toApp(popups.shift() ?? page.url());
    const decision = await app()
      .windowOpened(window.id, url)
      .catch(() => 'deny' as const);
    if (decision === 'deny') await page.close();
  }
}

/** Null: the page is only just being made. */
function pageOf(route: Route): Page | null {
  try {
    return route.request().frame().page();
  } catch {
    return null;
  }
}
