/** Random trouble: how bad a seed is, what goes wrong by chance, and what was forced upon the queue by it. */
import type { ApiFault, ApiOp, FaultSource, SendFault } from './sim-faults.ts';
import type { SimRandom } from './sim-random.ts';

const apiFaults: readonly ApiFault[] = [
  'request-lost',
  'answer-lost',
  'hangs',
  'server-error',
  'junk',
  { throttledMs: null },
  { throttledMs: 4000 },
];
const sendFaults: readonly SendFault[] = [
  'cut',
  'cut-early',
  'answer-lost',
  'body-lost',
  'server-error',
  'stored-error',
  'stall',
  'signature',
  { throttledMs: null },
  { throttledMs: 3000 },
];

export class SimWeather implements FaultSource {
  isStormy = true;
  /** Faults so far. */
  count = 0;
  readonly #random: SimRandom;
  readonly #apiShare: number;
  readonly #sendShare: number;

  constructor(random: SimRandom) {
    this.#random = random;
    this.#apiShare = random.pick([0, 0.02, 0.1, 0.3]);
    this.#sendShare = random.pick([0, 0.05, 0.2, 0.4]);
  }

  api(op: ApiOp): ApiFault | null {
    if (!this.isStormy || !this.#random.chance(this.#apiShare)) return null;
    this.count += 1;
    if ((op === 'poll' || op === 'complete') && this.#random.chance(0.2)) return 'asset-failed';
    return this.#random.pick(apiFaults);
  }

  send(): SendFault | null {
    if (!this.isStormy || !this.#random.chance(this.#sendShare)) return null;
    this.count += 1;
    return this.#random.pick(sendFaults);
  }
}
