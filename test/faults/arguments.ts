/** What `npm run faults` is asked to do. */
import { parseArgs } from 'node:util';

export const tierNames = ['simulation', 'process', 'contract', 'mutation'] as const;
export type TierName = (typeof tierNames)[number];

export interface Campaign {
  readonly tiers: readonly TierName[];
  /** Ends within ten minutes on two cores. */
  readonly isShort: boolean;
  /** Plays this one alone, and tells what happens. */
  readonly seed: number | null;
  /** The simulation ends with whichever comes first; null: no limit. */
  readonly seeds: number | null;
  readonly minutes: number | null;
}

export const usage = `npm run faults -- [--short] [--tier ${tierNames.join('|')}] [--seeds N] [--minutes N] [--seed N]`;

/** Throws a TypeError with a sentence where the arguments make no sense. */
export function parseCampaign(args: readonly string[]): Campaign {
  const { values } = parseArgs({
    args: [...args],
    options: {
      short: { type: 'boolean', default: false },
      tier: { type: 'string', multiple: true },
      seed: { type: 'string' },
      seeds: { type: 'string' },
      minutes: { type: 'string' },
    },
  });
  const tiers = (values.tier ?? tierNames).map((name) => {
    const tier = tierNames.find((each) => each === name);
    if (tier === undefined) throw new TypeError(`There is no tier ${name}.`);
    return tier;
  });
  const seed = numberOf('--seed', values.seed);
  const seeds = numberOf('--seeds', values.seeds);
  const minutes = numberOf('--minutes', values.minutes);
  const isUnbounded = seeds === null && minutes === null;
  return {
    tiers: seed === null ? tiers : ['simulation'],
    isShort: values.short,
    seed,
    seeds,
    minutes: isUnbounded ? (values.short ? 1.5 : 10) : minutes,
  };
}

function numberOf(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (!(number > 0)) throw new TypeError(`${name} wants a number above 0, not ${text}.`);
  return number;
}
