/** One desktop per test on one browser per file; what a page complained about fails the test. */
import { type Browser, chromium } from 'playwright-core';
import { test as base, expect, inject } from 'vitest';
import { type BuiltApp, createDesktop, type Desktop, type DesktopOptions } from '../harness/desktop.ts';
import { openDisplay } from '../harness/display.ts';

const flags = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  // A window behind another one is as awake as the one before it.
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

export interface OpenOptions extends Partial<Omit<DesktopOptions, 'app'>> {
  readonly app?: BuiltApp;
}

export const test = base.extend<{
  $file: { browser: Browser };
  $test: {
    /** A desktop that is not started yet. */
    create: (options?: OpenOptions) => Promise<Desktop>;
    /** The same, started. */
    open: (options?: OpenOptions) => Promise<Desktop>;
  };
}>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
    async ({}, use) => {
      const display = await openDisplay();
      const browser = await chromium.launch({
        executablePath: inject('browserPath'),
        headless: display.environment === null,
        args: flags,
        env: { ...process.env, ...display.environment },
      });
      await use(browser);
      await browser.close();
      display.close();
    },
    { scope: 'file' },
  ],
  create: async ({ browser }, use) => {
    const desktops: Desktop[] = [];
    await use(async (options = {}) => {
      const desktop = await createDesktop(browser, { app: inject('desktopApp'), ...options });
      desktops.push(desktop);
      return desktop;
    });
    for (const desktop of desktops) {
      // A page that is still on its way when its app is closed complains, rightly.
      const complaints = [...desktop.complaints];
      await desktop.close();
      expect(complaints).toEqual([]);
    }
  },
  open: async ({ create }, use) => {
    await use(async (options) => {
      const desktop = await create(options);
      await desktop.start();
      return desktop;
    });
  },
});
