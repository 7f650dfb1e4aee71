import { degradationBy } from './degradation.ts';
import { readInotifyLimits } from './folder-root.ts';
import type { FolderContext } from './folder-state.ts';
import { type HintBatch, type HintTrouble, noHints } from './protocol.ts';

/** After trouble, the events are tried again this much later. */
const rehintMs = 10 * 60_000;
/** A folder that was replaced is watched anew this much later: it may be replaced again. */
const restartMs = 1000;

/** The events of one folder: on or off, and what became of them. Without them, walks have to do. */
export class HintFeed {
  readonly #context: FolderContext;
  readonly #reconcileSoon: () => void;
  #isWanted = false;
  #troubleAt = 0;

  constructor(context: FolderContext, reconcileSoon: () => void) {
    this.#context = context;
    this.#reconcileSoon = reconcileSoon;
  }

  start(): void {
    const { around, state } = this.#context;
    if (state.root.state !== 'there' || state.isNetwork) return;
    this.#isWanted = true;
    around.hints.call('start', state.id, state.root.path, state.rules()).then(
      // Whatever happened before the watching was on was told to nobody.
      () => this.#reconcileSoon(),
      () => this.degrade({ code: null, message: '' }),
    );
  }

  async stop(): Promise<void> {
    if (!this.#isWanted) return;
    this.#isWanted = false;
    await this.#context.around.hints.call('stop', this.#context.state.id);
  }

  async take(): Promise<HintBatch> {
    if (!this.#isWanted) return noHints;
    const batch = await this.#context.around.hints.call('take', this.#context.state.id);
    if (batch.isRootGone) this.#context.timers.set('restart', restartMs, () => this.start());
    return batch;
  }

  /** The worker that hears events died: it is started again, and until then walks have to do. */
  workerEnded(): void {
    if (!this.#isWanted || this.#context.state.isClosed) return;
    void this.degrade({ code: null, message: '' });
  }

  async degrade(trouble: HintTrouble): Promise<void> {
    const { around, health } = this.#context;
    this.#troubleAt = around.clock.monotonic();
    health.setTrouble(degradationBy(trouble, await readInotifyLimits()));
    this.#reconcileSoon();
  }

  /** Starts events again that had trouble a good while ago. */
  retryAfterTrouble(): void {
    const { around, health } = this.#context;
    if (!health.hasTrouble || around.clock.monotonic() - this.#troubleAt < rehintMs) return;
    health.setTrouble(null);
    this.start();
  }
}
