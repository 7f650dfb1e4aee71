/**
 * `npm run faults`: makes everything go wrong that can, and counts what came of it. `-- --short` ends within ten minutes on
 * two cores, `-- --tier NAME` runs one tier, `-- --seeds N` or `-- --minutes N` bounds the simulation, and `-- --seed N`
 * plays one of its seeds again. Ends with 1 where anything was lost, doubled, torn, leaked or not as promised.
 */
import { type Campaign, parseCampaign, type TierName, usage } from './arguments.ts';
import { runContract } from './contract/run-contract.ts';
import { runMutations } from './mutation/run-mutations.ts';
import { runProcesses } from './process/run-processes.ts';
import { isSound, sentenceOf, type TierResult, tableOf } from './result.ts';
import { replaySeed, simulate } from './simulation/simulate.ts';

const tiers: Readonly<Record<TierName, (campaign: Campaign) => Promise<TierResult>>> = {
  simulation: (campaign) => (campaign.seed === null ? simulate(campaign) : replaySeed(campaign.seed)),
  process: runProcesses,
  contract: runContract,
  mutation: runMutations,
};

async function run(campaign: Campaign): Promise<number> {
  const results: TierResult[] = [];
  for (const tier of campaign.tiers) {
    console.log(`\n## ${tier}`);
    const result = await tiers[tier](campaign);
    for (const text of result.notRun) console.log(`not run: ${text}`);
    for (const text of result.problems) console.log(`✗ ${text}`);
    results.push(result);
  }
  console.log(`\n${tableOf(results)}\n\n${sentenceOf(results)}`);
  return results.every(isSound) ? 0 : 1;
}

function asked(): Campaign | null {
  try {
    return parseCampaign(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return null;
  }
}

const campaign = asked();
process.exitCode = campaign === null ? 2 : await run(campaign);
