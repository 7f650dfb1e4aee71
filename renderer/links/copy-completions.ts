import type { Api } from '#shared/ipc.ts';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { Settings } from '#shared/settings.ts';
import type { LiveStore } from '../live/live-store.ts';

/** Those that end within it are told together. */
const togetherMs = 1000;
const pageSize = 50;
/** A completed job that is saved again later (its file was renamed) is no news. */
const newsMs = 60_000;
/** An engine that was started anew, a short sleep: what ended in it is still news. */
const longestGapMs = 60_000;

export interface CompletionWatch {
  readonly api: Pick<Api, 'listJobs'>;
  readonly live: Pick<LiveStore, 'getState' | 'subscribe'>;
  /** False: nobody wants to know now; nothing is asked, and what ends meanwhile is never told. */
  isWanted(): boolean;
  /** Newest last, each job once. */
  tell(jobs: readonly UploadJob[]): unknown;
}

/**
 * Tells the jobs that complete from now on. None is missed: every change has a revision, and all completed jobs with a
 * greater one than the last look saw are asked for, also after a connection that was broken for a moment. Where nothing changes, nothing is asked;
 * a hundred thousand jobs that are only added cost one small page.
 */
export function watchCompletions({ api, live, isWanted, tell }: CompletionWatch): () => void {
  let seen = live.getState().revision;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isClosed = false;
  /** Whoever was away for long does not wait for what ended meanwhile: it would be a day's work at once. */
  let wasAway = false;
  /** When those completed that were told lately. */
  const told = new Map<JobId, number | null>();

  async function look(): Promise<void> {
    const { revision, counts } = live.getState();
    if (!isWanted() || counts.byState.completed === 0) {
      seen = revision;
      return;
    }
    const found = await completedSince(api, seen);
    if (isClosed) return;
    seen = Math.max(seen, revision, found[0]?.revision ?? 0);
    const news = found.filter((job) => isNews(job) && told.get(job.id) !== job.completedAt).reverse();
    forgetOld(told, found[0]?.updatedAt ?? 0);
    for (const { id, completedAt } of news) told.set(id, completedAt);
    if (news.length > 0) tell(news);
  }

  function lookSoon(): void {
    timer ??= setTimeout(async () => {
      // A lost connection ends in a new snapshot, which is a change: what was missed is asked for then.
      await look().catch(() => {});
      timer = null;
      const { revision, connection } = live.getState();
      if (!isClosed && revision > seen && connection === 'connected') lookSoon();
    }, togetherMs);
  }

  const leave = live.subscribe((now, before) => {
    if (before.lostAt !== null && now.lostAt === null) wasAway = Date.now() - before.lostAt > longestGapMs;
    // Another queue, or an older copy of it.
    if (now.epoch !== before.epoch && (wasAway || now.revision < seen)) {
      seen = now.revision;
      wasAway = false;
    }
    if (now.revision !== before.revision || now.epoch !== before.epoch) lookSoon();
  });
  return () => {
    isClosed = true;
    leave();
    if (timer !== null) clearTimeout(timer);
  };
}

/** Newest change first. */
async function completedSince(api: Pick<Api, 'listJobs'>, revision: number): Promise<readonly UploadJob[]> {
  const found: UploadJob[] = [];
  let cursor: string | null = null;
  do {
    const page = await api.listJobs({
      filter: { states: ['completed'] },
      sort: 'updated',
      direction: 'descending',
      cursor,
      limit: pageSize,
    });
    const fresh = page.rows.filter((row) => row.revision > revision);
    found.push(...fresh);
    cursor = fresh.length === page.rows.length ? page.nextCursor : null;
  } while (cursor !== null);
  return found;
}

function forgetOld(told: Map<JobId, number | null>, now: number): void {
  for (const [id, completedAt] of told) if (now - (completedAt ?? 0) > newsMs) told.delete(id);
}

const isNews = ({ completedAt, updatedAt }: UploadJob) =>
  completedAt !== null && updatedAt - completedAt < newsMs;

/** Whether the person wants the link of this file without asking for it. */
export const isCopied = (rule: Settings['copyAfterUpload'], { origin }: Pick<UploadJob, 'origin'>): boolean =>
  rule === 'always' || (rule === 'manual' && origin === 'manual');
