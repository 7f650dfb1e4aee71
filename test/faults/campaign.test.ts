import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCampaign } from './arguments.ts';
import { isSound, nothingFound, sentenceOf, type TierResult, tableOf } from './result.ts';
import { projectRoot } from './run-tests.ts';
import { faultRows, unmetRows } from './table.ts';

describe('the table of faults', () => {
  it('has every row once, each with a proof that is there, or with the reason why it has none', () => {
    expect(faultRows.map(({ row }) => row)).toEqual(Array.from({ length: 65 }, (_, index) => index + 1));
    for (const { row, proofs, notHere } of faultRows) {
      expect([row, proofs.length > 0]).toEqual([row, notHere === null]);
      for (const { file, test } of proofs)
        expect([file, test !== '', existsSync(join(projectRoot, file))]).toEqual([file, true, true]);
    }
  });

  it('misses what the simulation never met', () => {
    const all = new Set(faultRows.flatMap(({ simulated }) => simulated));
    expect(unmetRows(all)).toEqual([]);
    all.delete('torn log');
    expect(unmetRows(all)).toHaveLength(1);
  });
});

describe('what a campaign is asked', () => {
  it('is everything for ten minutes, or short, or one tier, or one seed', () => {
    expect(parseCampaign([])).toMatchObject({ isShort: false, seed: null, seeds: null, minutes: 10 });
    expect(parseCampaign(['--short'])).toMatchObject({ isShort: true, minutes: 1.5 });
    expect(parseCampaign(['--tier', 'mutation']).tiers).toEqual(['mutation']);
    expect(parseCampaign(['--seeds', '50'])).toMatchObject({ seeds: 50, minutes: null });
    expect(parseCampaign(['--seed', '7'])).toMatchObject({ seed: 7, tiers: ['simulation'] });
  });

  it.each([[['--tier', 'nothing']], [['--seed', 'x']], [['--minutes', '0']], [['--unknown']]])(
    '%j is refused with a sentence',
    (args) => {
      expect(() => parseCampaign(args)).toThrow(TypeError);
    },
  );
});

describe('what a campaign says', () => {
  const tier: TierResult = {
    tier: 'simulation',
    faultsTried: 32,
    played: '10 seeds',
    found: nothingFound,
    problems: [],
    notRun: [],
    ms: 1000,
  };

  it('is sound where nothing was found, and not otherwise', () => {
    expect(isSound(tier)).toBe(true);
    expect(sentenceOf([tier])).toBe(
      '32 faults were made to happen (simulation): 0 files lost, 0 assets doubled, 0 torn, 0 secrets leaked, and every other promise held.',
    );
    expect(sentenceOf([{ ...tier, notRun: ['row 25: it is not there.'] }])).toMatch(
      /held\. 1 could not be made to happen on this machine: see "not run" above\.$/,
    );
    const worse = { ...tier, found: { ...nothingFound, lost: 2 }, problems: ['Seed 3: Job 1 is lost.'] };
    expect(isSound(worse)).toBe(false);
    expect(sentenceOf([tier, worse])).toMatch(/2 files lost, .* broken in: simulation\. Each is said above/);
    expect(tableOf([tier, worse]).split('\n')).toHaveLength(4);
  });
});
