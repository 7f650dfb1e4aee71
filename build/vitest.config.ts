import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Nothing but functions of their arguments: their files may share a process, which saves its start per file. */
const pure = ['test/shared/**/*.test.ts'];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    // Many tests start children and threads of their own: more workers than this only makes them wait for each other.
    maxWorkers: Math.min(4, availableParallelism()),
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: { provider: 'v8', include: ['electron/**', 'shared/**'] },
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'real',
          include: ['test/**/*.test.ts'],
          exclude: pure,
          // Children, sockets and worker threads are real in these tests; forks keep one file's crash from another's.
          pool: 'forks',
        },
      },
    ],
  },
});
