import { chosenKindsOf } from '#shared/chosen-kinds.ts';
import type { WatchFolder } from '#shared/watch-folder.ts';
import { bytes, duration } from '../words/amounts.ts';
import { folderWords } from '../words/folders.ts';

const words = folderWords.summary;

/** A piece of a sentence; `isCode`: a pattern or a path, as it was written. */
export interface Piece {
  readonly text: string;
  readonly isCode: boolean;
}

export type Rules = Pick<
  WatchFolder,
  'ignore' | 'minBytes' | 'maxBytes' | 'existing' | 'settleMs' | 'changed' | 'after'
>;

const usualSettleMs = 2000;
/** More patterns than this are counted, not named. */
const namedPatterns = 3;

/** What the rules of a folder do, as one sentence: "All files in all subfolders, not `drafts/`, from now on". */
export function summaryOf(rules: Rules): readonly Piece[] {
  const patterns = rules.ignore.filter((line) => !line.startsWith('#'));
  const kinds = chosenKindsOf(patterns);
  const clauses: readonly (readonly Piece[])[] = [
    // What goes up is told where that is shorter than what stays.
    [plain(kinds === null ? words.allFiles : words.types(listed(kinds.names), kinds.isDeep))],
    kinds === null ? leftOut(patterns) : [],
    sizes(rules),
    [plain(rules.existing === 'baseline' ? words.newOnly : words.everything)],
    rules.settleMs === usualSettleMs ? [] : [plain(words.still(duration(rules.settleMs)))],
    changed(rules),
    after(rules),
  ];
  return clauses
    .filter((clause) => clause.length > 0)
    .flatMap((clause, index) => (index === 0 ? clause : [plain(', '), ...clause]))
    .reduce<Piece[]>(join, []);
}

const plain = (text: string): Piece => ({ text, isCode: false });
const code = (text: string): Piece => ({ text, isCode: true });

function join(pieces: Piece[], piece: Piece): Piece[] {
  const last = pieces.at(-1);
  if (last === undefined || last.isCode || piece.isCode) return [...pieces, piece];
  return [...pieces.slice(0, -1), plain(last.text + piece.text)];
}

function listed(names: readonly string[]): string {
  const head = names.slice(0, -1).join(', ');
  return head === '' ? names.join('') : `${head}${words.and}${names.at(-1) ?? ''}`;
}

/** "not `drafts/`, `*.psd` and 2 more rules, but `!keep.psd`" */
function leftOut(patterns: readonly string[]): readonly Piece[] {
  const out = patterns.filter((pattern) => !pattern.startsWith('!'));
  const back = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const pieces = enumerate(words.not, out);
  const again = enumerate(words.but, back);
  return pieces.length > 0 && again.length > 0 ? [...pieces, plain(', '), ...again] : [...pieces, ...again];
}

function enumerate(lead: string, patterns: readonly string[]): readonly Piece[] {
  if (patterns.length === 0) return [];
  const named = patterns.length <= namedPatterns ? patterns : patterns.slice(0, namedPatterns - 1);
  const rest = patterns.length - named.length;
  const pieces = named.map(code);
  const last = rest > 0 ? plain(words.moreRules(rest)) : undefined;
  const all = last === undefined ? pieces : [...pieces, last];
  return all.flatMap((piece, index) => {
    const gap = index === 0 ? lead : index === all.length - 1 ? words.and : ', ';
    return [plain(gap), piece];
  });
}

function sizes({ minBytes, maxBytes }: Rules): readonly Piece[] {
  if (minBytes !== undefined && maxBytes !== undefined)
    return [plain(words.between(bytes(minBytes), bytes(maxBytes)))];
  if (minBytes !== undefined) return [plain(words.atLeast(bytes(minBytes)))];
  return maxBytes === undefined ? [] : [plain(words.atMost(bytes(maxBytes)))];
}

function changed({ changed: rule }: Rules): readonly Piece[] {
  if (rule === 'ignore') return [plain(words.ignoreChanged)];
  return rule === 'ask' ? [plain(words.askChanged)] : [];
}

function after({ after: rule }: Rules): readonly Piece[] {
  if (rule.kind === 'trash') return [plain(words.trash)];
  if (rule.kind === 'keep') return [];
  const { directory } = rule;
  return [plain(words.moveTo), code(/[/\\]$/.test(directory) ? directory : `${directory}/`)];
}
