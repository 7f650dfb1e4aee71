/** The newest links, for the tray. */
import type { Clock } from '#ports/clock.ts';
import type { Api, QueueCounts } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import type { LastLink } from './tray-view.ts';

const shown = 5;
/** Some may have died since: a few more are looked at. */
const looked = 20;

export const isAlive = ({ state, link }: Pick<UploadJob, 'state' | 'link'>, now: number): boolean =>
  state.name === 'completed' &&
  link !== null &&
  (state.asset.linkExpiresAt === null || state.asset.linkExpiresAt > now);

export async function readLastLinks(api: Pick<Api, 'listJobs'>, now: number): Promise<readonly LastLink[]> {
  const { rows } = await api.listJobs({
    filter: { tab: 'done' },
    sort: 'completed',
    direction: 'descending',
    cursor: null,
    limit: looked,
  });
  return rows
    .filter((job) => isAlive(job, now))
    .slice(0, shown)
    .map(({ id, name }) => ({ id, name }));
}

export interface LastLinks {
  now(): readonly LastLink[];
  /** New numbers: the list is read again when other files are done. */
  follow(counts: Pick<QueueCounts, 'byTab'>): void;
  close(): void;
}

/** A queue of small files finishes many a second. */
const everyMs = 2000;

export function followLastLinks(parts: {
  readonly api: Pick<Api, 'listJobs'>;
  readonly clock: Clock;
  readonly onChange: () => void;
  readonly onFailure: (error: unknown) => void;
}): LastLinks {
  const { clock } = parts;
  let links: readonly LastLink[] = [];
  let wanted: number | null = null;
  let read: number | null = null;
  let isBusy = false;
  let isClosed = false;
  let cancel: (() => void) | null = null;

  function look(): void {
    if (isBusy || isClosed || wanted === read) return;
    isBusy = true;
    const done = wanted;
    readLastLinks(parts.api, clock.now())
      .then((fresh) => {
        read = done;
        links = fresh;
        parts.onChange();
      }, parts.onFailure)
      .finally(() => {
        if (isClosed) return;
        cancel = clock.setTimer(everyMs, () => {
          isBusy = false;
          look();
        });
      });
  }

  return {
    now: () => links,
    follow({ byTab }) {
      wanted = byTab.done;
      look();
    },
    close() {
      isClosed = true;
      cancel?.();
    },
  };
}
