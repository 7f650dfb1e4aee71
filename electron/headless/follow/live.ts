import type { Clock } from '#ports/clock.ts';
import type { Api } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import type { Display } from '../show/display.ts';
import { hasArrived, summaryText } from '../show/frame.ts';
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
  /** Said below the files, beside what is held. */
  readonly remarks?: () => readonly string[];
}

/** Draws the live display of the jobs of a ledger until it is told to stop. Does nothing where nobody watches. */
export function startLive({ api, clock, display, ledger, remarks }: LiveOptions): () => void {
  if (!display.isLive) return () => {};
  const meter = createSpeedMeter();
  let isStopped = false;
  let cancel = () => {};

  async function tick(): Promise<void> {
    try {
      const active = (await api.activeJobs()).filter((job) => ledger.has(job.id));
      if (!isStopped) draw(active);
    } catch {
      // The engine is ending; whoever follows it hears of that.
    }
    if (!isStopped) cancel = clock.setTimer(frameIntervalMs, () => void tick());
  }

  function draw(running: readonly UploadJob[]): void {
    const numbers = ledger.numbers();
    const ids = new Set(running.map((job) => job.id));
    // Those that the service makes ready run nothing here, but a person waits for them all the same.
    const processing = ledger.openJobs().filter((job) => job.state.name === 'processing' && !ids.has(job.id));
    const active = [...running, ...processing];
    const bytesDone = numbers.bytesCompleted + active.reduce((sum, job) => sum + bytesThere(job), 0);
    meter.add(clock.monotonic(), bytesDone);
    display.draw({
      files: active.map((job) => ({ ...job, state: job.state.name })),
      remarks: [...ledger.holds().map((hold) => holdText(hold, clock.now())), ...(remarks?.() ?? [])],
      summary: summaryText({
        ended: numbers.all - numbers.left,
        all: numbers.all,
        bytesDone,
        bytesTotal: numbers.bytesTotal,
        bytesPerSecond: active.length === 0 ? null : meter.bytesPerSecond(),
        remarks: endRemarks(numbers),
      }),
    });
  }

  void tick();
  return () => {
    isStopped = true;
    cancel();
    display.close();
  };
}
