import type { Clock } from '#ports/clock.ts';
import type { Api } from '#shared/ipc.ts';
import { hasArrived, type UploadJob } from '#shared/job.ts';
import type { HoistWords } from '../hoist-words.ts';
import type { Display } from '../show/display.ts';
import { type FrameModel, summaryText } from '../show/frame.ts';
import { createSpeedMeter } from '../show/speed-meter.ts';
import { endRemarks, holdText } from '../texts.ts';
import type { Ledger } from './ledger.ts';

/** How often the frame is drawn; a person reads no faster. */
const frameIntervalMs = 250;

const bytesThere = (job: UploadJob): number => (hasArrived(job.state.name) ? job.bytesTotal : job.bytesSent);

export interface LiveOptions {
  readonly api: Api;
  readonly clock: Clock;
  readonly display: Display;
  readonly ledger: Ledger;
  readonly hoist: HoistWords;
  /** What a file is called here; its own name where nothing else is said. */
  readonly nameOf?: (job: UploadJob) => string;
  /** Said below the files, beside what is held. */
  readonly remarks?: () => readonly string[];
}

/** Draws the live display of the jobs of a ledger until it is told to stop. Does nothing where nobody watches. */
export function startLive({ api, clock, display, ledger, hoist, nameOf, remarks }: LiveOptions): () => void {
  if (!display.isLive) return () => {};
  const meter = createSpeedMeter();
  let isStopped = false;
  let cancel = () => {};

  /** As the engine last told them; the ledger may know of an end since. */
  let running: readonly UploadJob[] = [];

  async function tick(): Promise<void> {
    try {
      const rows = await api.activeJobs();
      if (!isStopped) {
        running = rows.filter((job) => ledger.has(job.id));
        meter.add(clock.monotonic(), bytesDone(activeNow()));
        display.draw(model);
      }
    } catch {
      // The engine is ending; whoever follows it hears of that.
    }
    if (!isStopped) cancel = clock.setTimer(frameIntervalMs, () => void tick());
  }

  function activeNow(): readonly UploadJob[] {
    const rows = running.filter((job) => !ledger.hasEnded(job.id));
    const ids = new Set(rows.map((job) => job.id));
    // Those that the service makes ready run nothing here, but a person waits for them all the same.
    const processing = ledger.openJobs().filter((job) => job.state.name === 'processing' && !ids.has(job.id));
    return [...rows, ...processing];
  }

  const bytesDone = (active: readonly UploadJob[]) =>
    ledger.numbers().bytesCompleted + active.reduce((sum, job) => sum + bytesThere(job), 0);

  function model(): FrameModel {
    const numbers = ledger.numbers();
    const active = activeNow();
    return {
      files: active.map((job) => ({ ...job, name: nameOf?.(job) ?? job.name, state: job.state.name })),
      remarks: [...ledger.holds().map((hold) => holdText(hold, clock.now(), hoist)), ...(remarks?.() ?? [])],
      summary: summaryText({
        ended: numbers.all - numbers.left,
        all: numbers.all,
        bytesDone: bytesDone(active),
        bytesTotal: numbers.bytesTotal,
        bytesPerSecond: active.length === 0 ? null : meter.bytesPerSecond(),
        remarks: endRemarks(numbers),
      }),
    };
  }

  void tick();
  return () => {
    isStopped = true;
    cancel();
    // What a person sees last are the numbers of the end.
    display.draw(model);
    display.close();
  };
}
