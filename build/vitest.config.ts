import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** In a real browser, against the bundle that ships; a suite of its own because both take long to make. */
const screens = ['test/screens/**/*.test.ts', 'test/electron-host/**/*.test.ts'];

/** Nothing but functions of their arguments: their files may share a process, which saves its start per file. */
const pure = ['test/shared/**/*.test.ts'];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    // Many tests start children and threads of their own: more workers than this only makes them wait for each other.
    maxWorkers: Math.min(4, availableParallelism()),
    // A test that hangs is told; one that waits for its turn on a busy machine is not.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // What is waited for comes when the machine gets to it; the default of a second is a threshold for the machine.
    expect: { poll: { timeout: 60_000 } },
    coverage: { provider: 'v8', include: ['electron/**', 'shared/**'] },
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'real',
          include: ['test/**/*.test.ts'],
          exclude: [...pure, ...screens],
          // Children, sockets and worker threads are real in these tests; forks keep one file's crash from another's.
          pool: 'forks',
        },
      },
      {
        extends: true,
        test: {
          name: 'screens',
          include: screens,
          globalSetup: ['test/screens/support/global-setup.ts'],
          pool: 'forks',
          // What a page shows comes when the machine has time for it.
          expect: { poll: { timeout: 60_000 } },
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
