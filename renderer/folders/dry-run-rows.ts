import { explainFailure, type Failure } from '#shared/failure.ts';
import type { FolderPreview } from '#shared/ipc.ts';
import { bytes } from '../words/amounts.ts';
import { dryRunWords as words } from '../words/folders.ts';
import { kindsOfFile } from '../words/kinds-of-file.ts';

export interface DryRunRow {
  readonly key: string;
  /** Will go up, breaks a limit of the destination, or is left out by a rule. */
  readonly kind: 'goes' | 'refused' | 'ignored';
  readonly name: string;
  /** Its size, or why it does not go up, as it reads below a heading that says the kind. */
  readonly end: string;
}

export interface DryRunView {
  readonly files: number;
  readonly wouldGo: number;
  readonly ignored: number;
  readonly needYou: number;
  readonly rows: readonly DryRunRow[];
  /** Files that go up and have no row. */
  readonly moreGoing: number;
  /** Rules that left something out and have no row. */
  readonly moreRules: number;
}

const namesShown = 5;
const rulesShown = 6;

/** A dry run as it is shown: what goes up first, then what needs the person, then what the rules leave out. */
export function viewOf(preview: FolderPreview): DryRunView {
  const { refused } = preview;
  const needYou = refused.reduce((sum, { files }) => sum + files, 0);
  const examples = new Set(refused.map(({ example }) => example));
  const going = preview.first.filter(({ relativePath }) => !examples.has(relativePath)).slice(0, namesShown);
  const wouldGo = Math.max(0, preview.files - needYou);
  const ignored = preview.ignored.toSorted((a, b) => b.files - a.files).slice(0, rulesShown);
  return {
    files: preview.files,
    wouldGo,
    ignored: preview.ignoredFiles,
    needYou,
    moreGoing: Math.max(0, wouldGo - going.length),
    moreRules: preview.ignored.length - ignored.length,
    rows: [
      ...going.map(
        ({ relativePath, sizeBytes }): DryRunRow => ({
          key: `goes ${relativePath}`,
          kind: 'goes',
          name: relativePath,
          end: bytes(sizeBytes),
        }),
      ),
      ...refused.map(
        ({ failure, files, example }): DryRunRow => ({
          key: `refused ${failure.code}`,
          kind: 'refused',
          name: example,
          end: words.because(files, sayLimit(failure, example)),
        }),
      ),
      ...ignored.map(
        ({ rule, files, example }): DryRunRow => ({
          key: `ignored ${rule}`,
          kind: 'ignored',
          name: example,
          end: sayRule(rule, files),
        }),
      ),
    ],
  };
}

function sayLimit(failure: Failure, name: string): string {
  const { sizeBytes, limitBytes, type } = failure.facts;
  switch (failure.code) {
    case 'too-large':
      return sizeBytes === undefined || limitBytes === undefined
        ? explainFailure(failure).reason
        : words.limit(bytes(sizeBytes), bytes(limitBytes));
    case 'empty-file':
      return words.emptyFile;
    case 'type-refused':
      return type === undefined ? explainFailure(failure).reason : words.typeRefused(kindsOfFile(name, type));
    case 'name-refused':
      return words.nameRefused;
    default:
      return explainFailure(failure).reason;
  }
}

/** A rule comes as "drafts/ (a rule of this folder)" or "*.tmp (a temporary file)"; others are whole reasons. */
function sayRule(rule: string, files: number): string {
  const [, pattern = '', reason = ''] = /^(.+) \(([^()]+)\)$/.exec(rule) ?? [];
  if (pattern === '') return words.because(files, rule);
  return reason === 'a rule of this folder' ? words.by(files, pattern) : words.because(files, reason);
}
