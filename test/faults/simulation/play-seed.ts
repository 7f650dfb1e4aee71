/** Plays a seed twice: whatever happens, the same seed has to end the same way. */

import type { Finding } from '../../support/sim-finding.ts';
import { type Ending, hasRealJournal, playStory } from '../../support/sim-story.ts';
import type { Batch, FailedSeed, Played } from './messages.ts';

export async function playTwice(
  seed: number,
): Promise<{ readonly ending: Ending | null; readonly findings: readonly Finding[] }> {
  const first = await play(seed);
  const second = await play(seed);
  if (first.ending?.traceHash === second.ending?.traceHash) return first;
  const text = `It went ${first.ending?.traceHash} first, and ${second.ending?.traceHash} then.`;
  return { ...first, findings: [...first.findings, { kind: 'broken', text }] };
}

async function play(seed: number) {
  try {
    const ending = await playStory(seed);
    return { ending, findings: ending.findings };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ending: null, findings: [{ kind: 'broken' as const, text }] };
  }
}

export async function playBatch({ from, to }: Batch): Promise<Played> {
  const failed: FailedSeed[] = [];
  const kinds = new Set<string>();
  let [jobs, deaths, tornLogs, faults, onRealJournal] = [0, 0, 0, 0, 0];
  for (let seed = from; seed < to; seed += 1) {
    const { ending, findings } = await playTwice(seed);
    if (findings.length > 0) failed.push({ seed, findings });
    if (hasRealJournal(seed)) onRealJournal += 1;
    if (ending === null) continue;
    jobs += ending.jobs;
    deaths += ending.deaths;
    tornLogs += ending.tornLogs;
    faults += ending.faults;
    for (const kind of ending.faultKinds) kinds.add(kind);
  }
  return { seeds: to - from, onRealJournal, jobs, deaths, tornLogs, faults, faultKinds: [...kinds], failed };
}
