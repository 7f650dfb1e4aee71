/** One app per test, closed with it; whatever the page complained about fails the test. */
import { test as base, expect, inject } from 'vitest';
import { type App, type AppOptions, openApp } from './app.ts';

type Before = Parameters<typeof openApp>[1];

export const test = base.extend<{
  /** Opens the app; `before` may prepare its data directory. */
  open: (options?: Partial<AppOptions>, before?: Before) => Promise<App>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  open: async ({}, use) => {
    const apps: App[] = [];
    await use(async (options = {}, before) => {
      const app = await openApp(
        { cliEntry: inject('cliEntry'), browserPath: inject('browserPath'), ...options },
        before,
      );
      apps.push(app);
      return app;
    });
    for (const app of apps) {
      await app.close();
      expect(app.complaints).toEqual([]);
    }
  },
});
