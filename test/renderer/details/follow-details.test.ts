import { describe, expect, onTestFinished, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { UploadError } from '#ports/upload-error.ts';
import { type Api, ContractError } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { Live } from '../../../renderer/live/live-store.ts';
import { type DetailsView, followDetails } from '../../../renderer/uploads/details/use-details.ts';
import { engineFixture } from '../../support/engine-fixture.ts';
import { randomFile, temporaryDirectory } from '../../support/temporary.ts';

/** A window on a real engine, as far as the pane needs one. */
async function openWindow() {
  const { engine, atRest } = await engineFixture();
  const directory = await temporaryDirectory();
  const live = createStore<Live>(() => ({ connection: 'connected', epoch: 1, revision: 0 }) as Live);
  const asked = { jobs: 0, rows: 0 };
  let push = (_: readonly UploadJob[]) => {};
  const api = {
    async getJob(id) {
      asked.jobs++;
      try {
        return await engine.getJob(id);
      } catch (error) {
        throw error instanceof UploadError ? new ContractError(error.failure) : error;
      }
    },
    async listJobs(query) {
      asked.rows++;
      return engine.listJobs(query);
    },
    on(_, listener) {
      push = listener as typeof push;
      return () => {
        push = () => {};
      };
    },
  } satisfies Pick<Api, 'getJob' | 'listJobs' | 'on'>;
  return {
    engine,
    asked,
    push: (rows: readonly UploadJob[]) => push(rows),
    refresh: async () => live.setState({ revision: (await engine.snapshot()).revision }),
    async finish(name: string): Promise<JobId> {
      const { path } = await randomFile(directory, name, 100);
      const report = await engine.addFiles([path], { destinationId: 'demo-flora' });
      const id = report.files[0]?.jobId ?? 0;
      await atRest([id]);
      return id;
    },
    show(id: JobId) {
      const seen: DetailsView[] = [];
      let wake = () => {};
      onTestFinished(
        followDetails(api, live, id, (view) => {
          seen.push(view);
          wake();
        }),
      );
      /** The first view that satisfies, from the ones before on. */
      return async (satisfies: (view: DetailsView) => boolean): Promise<DetailsView> => {
        for (;;) {
          const found = seen.find(satisfies);
          if (found !== undefined) return found;
          const woken = Promise.withResolvers<void>();
          wake = woken.resolve;
          await woken.promise;
        }
      };
    },
  };
}

describe('details', () => {
  test('are all about the job', async () => {
    const { finish, show } = await openWindow();
    const id = await finish('a.png');
    const view = await show(id)(({ status }) => status === 'there');
    expect(view).toMatchObject({ job: { id, state: { name: 'completed' } } });
    if (view.status !== 'there') throw new Error(view.status);
    expect(view.timeline.map(({ kind }) => kind)).toEqual([
      'queued',
      'reserved',
      'sent',
      'processing',
      'ready',
    ]);
    expect(view.report).toContain('state completed');
  });

  test('of a job that never was are gone', async () => {
    const { show } = await openWindow();
    expect(await show(4711)(({ status }) => status !== 'loading')).toEqual({ status: 'gone' });
  });

  test('follow the job until it is removed', async () => {
    const { engine, finish, refresh, show } = await openWindow();
    const id = await finish('a.png');
    const shown = show(id);
    await shown(({ status }) => status === 'there');
    await engine.removeJobs({ ids: [id] });
    await refresh();
    expect(await shown(({ status }) => status === 'gone')).toEqual({ status: 'gone' });
  });

  test('ask for the timeline again only when the job itself changed', async () => {
    const { asked, engine, finish, push, refresh, show } = await openWindow();
    const id = await finish('a.png');
    const shown = show(id);
    const first = await shown(({ status }) => status === 'there');
    await finish('b.png');
    await refresh();
    const [row] = await engine.rows([id]);
    if (row === undefined || first.status !== 'there') throw new Error('no row');
    // Bytes that were pushed are shown as they come.
    push([{ ...row, bytesPerSecond: 42 }]);
    await shown((view) => view.status === 'there' && view.job.bytesPerSecond === 42);
    expect(asked.jobs).toBe(1);
    await engine.relocateJob(id, first.job.path);
    await refresh();
    await shown((view) => view.status === 'there' && view.timeline.length > first.timeline.length);
    expect(asked.jobs).toBe(2);
  });
});
