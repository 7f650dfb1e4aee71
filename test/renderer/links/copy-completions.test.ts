import { describe, expect, onTestFinished, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { EngineService } from '#ports/engine-service.ts';
import type { UploadJob } from '#shared/job.ts';
import { isCopied, watchCompletions } from '../../../renderer/links/copy-completions.ts';
import type { Live } from '../../../renderer/live/live-store.ts';
import { engineFixture } from '../../support/engine-fixture.ts';
import { randomFile, temporaryDirectory } from '../../support/temporary.ts';

interface Watched {
  /** Adds files and resolves when all of them are done. */
  finish(count: number): Promise<readonly number[]>;
  /** Lets the window know what the engine knows. */
  refresh(more?: Partial<Live>): Promise<void>;
  /** Starts to watch; each call of the returned function resolves with the next jobs that are told. */
  watch(isWanted?: () => boolean): { next(): Promise<readonly number[]>; readonly asked: () => number };
}

async function watched(): Promise<Watched> {
  const { engine, atRest } = await engineFixture();
  const directory = await temporaryDirectory();
  const live = createStore<Live>(
    () => ({ connection: 'connected', epoch: 1, lostAt: null }) as unknown as Live,
  );
  const refresh = async (more: Partial<Live> = {}) => {
    const { revision, counts } = await engine.snapshot();
    live.setState({ revision, counts, ...more });
  };
  await refresh();
  let files = 0;
  return {
    refresh,
    async finish(count) {
      const made = await Promise.all(
        Array.from({ length: count }, () => randomFile(directory, `${++files}.png`, 100)),
      );
      const report = await engine.addFiles(
        made.map(({ path }) => path),
        { destinationId: 'demo-flora' },
      );
      const ids = report.files.map(({ jobId }) => jobId ?? 0);
      const jobs = await atRest(ids);
      expect(jobs.map(({ state }) => state.name)).toEqual(ids.map(() => 'completed'));
      return ids;
    },
    watch(isWanted = () => true) {
      let asked = 0;
      const heard: (readonly UploadJob[])[] = [];
      let wake = () => {};
      const listJobs: EngineService['listJobs'] = (query) => {
        asked++;
        return engine.listJobs(query);
      };
      const stop = watchCompletions({
        api: { listJobs: async (query) => listJobs(query) },
        live,
        isWanted,
        tell(jobs) {
          heard.push(jobs);
          wake();
        },
      });
      onTestFinished(stop);
      return {
        asked: () => asked,
        async next() {
          const woken = Promise.withResolvers<void>();
          wake = woken.resolve;
          if (heard.length === 0) await woken.promise;
          return (heard.shift() ?? []).map(({ id }) => id);
        },
      };
    },
  };
}

describe('completions', () => {
  test('are told from the beginning on, none of before, each once, together', async () => {
    const { finish, refresh, watch } = await watched();
    await finish(2);
    await refresh();
    const { next } = watch();
    const ids = await finish(3);
    await refresh();
    expect((await next()).toSorted()).toEqual(ids.toSorted());
    const more = await finish(1);
    await refresh();
    expect(await next()).toEqual(more);
  });

  test('more than a page are all told', async () => {
    const { finish, refresh, watch } = await watched();
    const { next } = watch();
    const ids = await finish(130);
    await refresh();
    expect((await next()).toSorted((a, b) => a - b)).toEqual(ids);
  });

  test('what ended while the engine was not heard is told with the next snapshot', async () => {
    const { finish, refresh, watch } = await watched();
    const { next } = watch();
    await refresh({ connection: 'reconnecting', lostAt: Date.now() });
    const ids = await finish(1);
    await refresh({ connection: 'connected', lostAt: null, epoch: 2 });
    expect(await next()).toEqual(ids);
  });

  test('what ended in a long absence is nobody’s news, and what ends after it is', async () => {
    const { finish, refresh, watch } = await watched();
    const { next } = watch();
    await refresh({ connection: 'reconnecting', lostAt: Date.now() - 3_600_000 });
    await finish(2);
    await refresh({ connection: 'connected', lostAt: null, epoch: 2 });
    const ids = await finish(1);
    await refresh();
    expect(await next()).toEqual(ids);
  });

  test('what ended while nobody wanted it is not asked for, and not told later', async () => {
    const { finish, refresh, watch } = await watched();
    let isWanted = false;
    const looked = Promise.withResolvers<void>();
    const { next, asked } = watch(() => {
      looked.resolve();
      return isWanted;
    });
    await finish(1);
    await refresh();
    await looked.promise;
    expect(asked()).toBe(0);
    isWanted = true;
    const ids = await finish(1);
    await refresh();
    expect(await next()).toEqual(ids);
  });
});

test.each([
  ['never', 'manual', false],
  ['manual', 'manual', true],
  ['manual', 'watched', false],
  ['always', 'watched', true],
] as const)('the rule %s for a %s file: %s', (rule, origin, expected) => {
  expect(isCopied(rule, { origin })).toBe(expected);
});
