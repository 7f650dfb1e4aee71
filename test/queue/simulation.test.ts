/**
 * Random worlds, each from one seed and played twice. `SEEDS=2000 SEED=17` plays 2,000 of them from the 17th on; a seed
 * that fails is named by its test.
 */
import { describe, expect, it } from 'vitest';
import { playStory } from '../support/sim-story.ts';

const first = Number(process.env.SEED ?? 1);
const count = Number(process.env.SEEDS ?? 200);
const perTest = 20;

describe('any story', () => {
  for (let start = first; start < first + count; start += perTest) {
    const end = Math.min(start + perTest, first + count);
    it(`keeps the promises, seeds ${start} to ${end - 1}`, { timeout: 300_000 }, async () => {
      for (let seed = start; seed < end; seed += 1) {
        const ending = await playStory(seed).catch((error: unknown) => {
          throw new Error(`Seed ${seed}: ${String(error)}`, { cause: error });
        });
        expect({ seed, findings: ending.findings }).toEqual({ seed, findings: [] });
        const again = await playStory(seed);
        expect({ seed, trace: again.traceHash }).toEqual({ seed, trace: ending.traceHash });
      }
    });
  }
});
