/** What a tier found, and how all of it is told. */
import { type FindingKind, findingKinds } from '../support/sim-finding.ts';
import type { TierName } from './arguments.ts';

export interface TierResult {
  readonly tier: TierName;
  /** Kinds of faults that were made to happen. */
  readonly faultsTried: number;
  /** What was played: seeds, tests, answers, breaks. */
  readonly played: string;
  readonly found: Readonly<Record<FindingKind, number>>;
  /** Sentences, each with the way to see it again. */
  readonly problems: readonly string[];
  /** What could not be made to happen on this machine, and why. */
  readonly notRun: readonly string[];
  readonly ms: number;
}

export const nothingFound: Readonly<Record<FindingKind, number>> = {
  lost: 0,
  doubled: 0,
  torn: 0,
  leaked: 0,
  broken: 0,
};

export function addFound(
  one: Readonly<Record<FindingKind, number>>,
  other: Readonly<Record<FindingKind, number>>,
): Readonly<Record<FindingKind, number>> {
  return Object.fromEntries(findingKinds.map((kind) => [kind, one[kind] + other[kind]])) as Record<
    FindingKind,
    number
  >;
}

const columns: readonly (readonly [title: string, read: (result: TierResult) => string | number])[] = [
  ['tier', ({ tier }) => tier],
  ['faults tried', ({ faultsTried }) => faultsTried],
  ['played', ({ played }) => played],
  ['files lost', ({ found }) => found.lost],
  ['assets doubled', ({ found }) => found.doubled],
  ['torn assets', ({ found }) => found.torn],
  ['secrets leaked', ({ found }) => found.leaked],
  ['anything else', ({ found, problems }) => Math.max(found.broken, problems.length - known(found))],
  ['time', ({ ms }) => `${Math.round(ms / 1000)} s`],
];

const known = ({ lost, doubled, torn, leaked }: TierResult['found']) => lost + doubled + torn + leaked;

export function tableOf(results: readonly TierResult[]): string {
  const rows = [
    columns.map(([title]) => title),
    ...results.map((result) => columns.map(([, read]) => `${read(result)}`)),
  ];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const lines = rows.map(
    (row) => `| ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`,
  );
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return lines.join('\n');
}

export const isSound = ({ found, problems }: TierResult): boolean =>
  problems.length === 0 && findingKinds.every((kind) => found[kind] === 0);

/** The whole campaign in a sentence, and a second one where something was left out. */
export function sentenceOf(results: readonly TierResult[]): string {
  const found = results.reduce((sum, result) => addFound(sum, result.found), nothingFound);
  const faults = results.reduce((sum, { faultsTried }) => sum + faultsTried, 0);
  const left = results.reduce((sum, { notRun }) => sum + notRun.length, 0);
  const tiers = results.map(({ tier }) => tier).join(', ');
  const told = `${found.lost} files lost, ${found.doubled} assets doubled, ${found.torn} torn, ${found.leaked} secrets leaked`;
  const broken = results.filter((result) => !isSound(result)).map(({ tier }) => tier);
  const end =
    broken.length === 0
      ? ', and every other promise held.'
      : `; promises were broken in: ${broken.join(', ')}. Each is said above, with the way to see it again.`;
  const leftOut =
    left === 0 ? '' : ` ${left} could not be made to happen on this machine: see "not run" above.`;
  return `${faults} faults were made to happen (${tiers}): ${told}${end}${leftOut}`;
}
