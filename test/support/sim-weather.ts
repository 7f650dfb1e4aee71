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
  readonly kinds = new Set<string>();
  /** Files whose name begins so are left alone. */
  readonly #spared: string;
  readonly #random: SimRandom;
  readonly #apiShare: number;
  readonly #sendShare: number;

  constructor(random: SimRandom, spared: string) {
    this.#random = random;
    this.#spared = spared;
    this.#apiShare = random.pick([0, 0.02, 0.1, 0.3]);
    this.#sendShare = random.pick([0, 0.05, 0.2, 0.4]);
  }

  api(op: ApiOp, name: string): ApiFault | null {
    if (!this.#strikes(name, this.#apiShare)) return null;
    const isFailed = (op === 'poll' || op === 'complete') && this.#random.chance(0.2);
    const fault = isFailed ? 'asset-failed' : this.#random.pick(apiFaults);
    this.kinds.add(`API: ${typeof fault === 'object' ? 'throttled' : fault}`);
    return fault;
  }

  send(name: string): SendFault | null {
    if (!this.#strikes(name, this.#sendShare)) return null;
    const fault = this.#random.pick(sendFaults);
    this.kinds.add(`store: ${typeof fault === 'object' ? 'throttled' : fault}`);
    return fault;
  }

  #strikes(name: string, share: number): boolean {
    if (!this.isStormy || name.startsWith(this.#spared) || !this.#random.chance(share)) return false;
    this.count += 1;
    return true;
  }
}
