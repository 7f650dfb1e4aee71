import type { EngineConnection } from '#ipc';
import type { Api } from '#shared/ipc.ts';
import type { Context } from '../context.ts';
import { codeOfInterrupt, exitCodes } from '../exit-code.ts';
import { startFollowing } from '../follow/follow.ts';
import { createLedger, type Ledger } from '../follow/ledger.ts';
import { openReporter } from '../follow/reporter.ts';
import { stayConnected } from '../stay-connected.ts';
import {
  askedToEnd,
  following as followingText,
  holdText,
  queueText,
  running,
  runStopped,
} from '../texts.ts';

export interface RunOptions {
  readonly format?: string;
  readonly json?: boolean;
}

/** What goes on beside, on each engine anew; answers what ends it. */
export type JoinEngine = (connection: EngineConnection) => Promise<() => Promise<void>>;

const frameIntervalMs = 250;

/**
 * Sees to it that an engine runs as long as this process does: its own, or the one that runs elsewhere, which it takes
 * over when that ends. A service manager starts this.
 */
export async function run(
  context: Context,
  options: RunOptions,
  joinEngine: JoinEngine = async () => async () => {},
): Promise<number> {
  const { clock } = context.surroundings;
  const reporter = openReporter(context, options);
  const ledger = createLedger(reporter.event);
  const startedAt = clock.now();

  const end = await stayConnected(context, reporter, async (connection, signal) => {
    const { api, isOwner } = connection;
    reporter.setApi(api);
    const snapshot = await api.snapshot();
    reporter.say(isOwner ? running(snapshot.folders.length, context.dataDir) : followingText(snapshot));
    const following = await startFollowing({
      api,
      clock,
      ledger,
      // An old job whose row changes (its hash is added later) is no news.
      concerns: (job) => job.completedAt === null || job.completedAt >= startedAt,
      onNotice: (notice) => context.notices.tell(notice, reporter.notice),
      signal,
    });
    const stopLive = startQueueLive(context, api, ledger);
    try {
      const leave = await joinEngine(connection);
      try {
        await following.until(() => false);
      } finally {
        await leave();
      }
    } finally {
      stopLive();
      following.close();
    }
  });

  const { completed, left } = ledger.numbers();
  reporter.event({ type: 'interrupted', left });
  if (end.kind === 'asked') reporter.say(askedToEnd);
  reporter.say(runStopped({ completed, left, isOwner: end.kind !== 'interrupted' || end.wasOwner }));
  // A service manager that says stop is not to think that something went wrong.
  return end.kind === 'interrupted' && end.signal !== 'SIGTERM' ? codeOfInterrupt[end.signal] : exitCodes.ok;
}

/** The live display of the whole queue: what is active, and numbers of all that is not done. */
function startQueueLive({ display, surroundings, hoist }: Context, api: Api, ledger: Ledger): () => void {
  if (!display.isLive) return () => {};
  const { clock } = surroundings;
  let isStopped = false;
  let cancel = () => {};
  let throughput: Parameters<Parameters<typeof api.on<'throughputChanged'>>[1]>[0] | null = null;
  const stopListening = api.on('throughputChanged', (now) => {
    throughput = now;
  });

  async function tick(): Promise<void> {
    try {
      const [active, counts] = await Promise.all([api.activeJobs(), api.countJobs({})]);
      if (isStopped) return;
      display.draw(() => ({
        files: active
          .filter((job) => !ledger.hasEnded(job.id))
          .map((job) => ({ ...job, state: job.state.name })),
        remarks: ledger.holds().map((hold) => holdText(hold, clock.now(), hoist)),
        summary: queueText(counts, throughput),
      }));
    } catch {
      // The engine is ending; whoever follows it hears of that.
    }
    if (!isStopped) cancel = clock.setTimer(frameIntervalMs, () => void tick());
  }

  void tick();
  return () => {
    isStopped = true;
    cancel();
    stopListening();
    display.close();
  };
}
