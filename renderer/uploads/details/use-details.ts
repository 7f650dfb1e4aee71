import { useCallback, useEffect, useState } from 'react';
import { type Api, ContractError, type JobDetails } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import { reasonOf } from '../../live/attempt.ts';
import { followRevisions } from '../../live/follow-revisions.ts';
import type { LiveStore } from '../../live/live-store.ts';
import { useWindow } from '../../live/window-context.tsx';

export type DetailsView =
  | { readonly status: 'loading' }
  /** It was never there, or was removed. */
  | { readonly status: 'gone' }
  | { readonly status: 'failed'; readonly reason: string }
  | ({ readonly status: 'there' } & JobDetails);

/** A change of the queue is looked at no more often than this. */
const pauseMs = 250;
/** Bytes that go change no revision; rows that are in view are pushed, others are asked for this often. */
const bytesMs = 500;

/** All about one job, kept fresh wherever it is in the list. `askAgain` is for what failed. */
export function useDetails(id: JobId): { readonly view: DetailsView; readonly askAgain: () => void } {
  const { api, live } = useWindow();
  const [view, setView] = useState<DetailsView>({ status: 'loading' });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks anew.
  useEffect(() => {
    setView({ status: 'loading' });
    return followDetails(api, live, id, setView);
  }, [api, live, id, round]);
  return { view, askAgain: useCallback(() => setRound((before) => before + 1), []) };
}

/**
 * The timeline comes with the job's own changes only: other jobs' cost a row. A job that is gone is told as such, but may
 * come back (an undone removal).
 */
export function followDetails(
  api: Pick<Api, 'getJob' | 'listJobs' | 'on'>,
  live: LiveStore,
  id: JobId,
  show: (view: DetailsView) => void,
): () => void {
  let details: JobDetails | null = null;
  let isClosed = false;
  let isLooking = false;
  let isStale = false;
  let heardAt = 0;
  let bytesTimer: ReturnType<typeof setInterval> | null = null;

  function put(next: JobDetails | null): void {
    if (isClosed) return;
    details = next;
    show(next === null ? { status: 'gone' } : { status: 'there', ...next });
    followBytes(next?.job.state.name === 'uploading');
  }

  function followBytes(isSending: boolean): void {
    if (isSending) {
      bytesTimer ??= setInterval(() => {
        if (Date.now() - heardAt >= bytesMs) void look();
      }, bytesMs);
    } else if (bytesTimer !== null) {
      clearInterval(bytesTimer);
      bytesTimer = null;
    }
  }

  function take(row: UploadJob): boolean {
    if (details === null || row.revision !== details.job.revision) return false;
    put({ ...details, job: row });
    return true;
  }

  async function ask(): Promise<void> {
    const row = details === null ? undefined : await rowOf(api, id);
    if (details !== null && row === undefined) return put(null);
    if (row === undefined || !take(row)) put(await api.getJob(id));
  }

  async function look(): Promise<void> {
    isStale = isLooking;
    if (isLooking || isClosed) return;
    isLooking = true;
    try {
      await ask();
    } catch (error) {
      fail(error);
    }
    isLooking = false;
    if (isStale) await look();
  }

  function fail(error: unknown): void {
    const code = error instanceof ContractError ? error.failure.code : null;
    if (code === 'not-found') put(null);
    // A lost connection is told by the whole window; what is known stays.
    else if (code !== 'connection-broken' && details === null && !isClosed)
      show({ status: 'failed', reason: reasonOf(error) });
  }

  const undo = [
    api.on('rowsChanged', (rows) => {
      const row = rows.find((each) => each.id === id);
      if (row === undefined) return;
      heardAt = Date.now();
      if (!take(row)) void look();
    }),
    followRevisions(live, pauseMs, () => void look()),
  ];
  return () => {
    isClosed = true;
    for (const end of undo) end();
    followBytes(false);
  };
}

async function rowOf(api: Pick<Api, 'listJobs'>, id: JobId): Promise<UploadJob | undefined> {
  const { rows } = await api.listJobs({
    filter: { ids: [id] },
    sort: 'added',
    direction: 'ascending',
    cursor: null,
    limit: 1,
  });
  return rows[0];
}
