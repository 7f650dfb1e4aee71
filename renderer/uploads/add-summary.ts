import type { AddedFile, AddReport } from '#shared/ipc.ts';
import type { Tone } from '../ui/pill.tsx';
import { dropWords as words } from '../words/drop.ts';
import { sayFailure } from '../words/failures.ts';

export interface AddSummary {
  readonly title: string;
  /** Sentences; empty: the title says it all. */
  readonly text: string;
  readonly tone: Tone;
}

const shownReasons = 2;

/** What became of files that were given: how many go up, were there already, or were refused and why. */
export function summarizeAdded({ files, ignored }: AddReport, destinationName: string): AddSummary {
  const count = (outcome: AddedFile['outcome']) => files.filter((file) => file.outcome === outcome).length;
  const added = count('added');
  const [first] = files.filter(({ outcome }) => outcome === 'added');
  const linked = count('linked');
  const joined = count('joined');
  const refused = files.filter(({ outcome }) => outcome === 'refused');
  const sentences = [
    linked > 0 ? words.alreadyUp(linked) : null,
    joined > 0 ? words.alreadyQueued(joined) : null,
    ...reasonsOf(refused),
    ignored.length > 0 ? words.leftOut(ignored.length) : null,
  ];
  return {
    title:
      first === undefined
        ? words.addedNone
        : added === 1
          ? words.addedOne(nameOf(first.path), destinationName)
          : words.added(added, destinationName),
    text: sentences.filter((sentence) => sentence !== null).join(' '),
    tone: refused.length > 0 ? 'warn' : added + linked > 0 ? 'ok' : 'neutral',
  };
}

/** The commonest reasons, each with its count; the rest is only counted. */
function reasonsOf(refused: readonly AddedFile[]): readonly string[] {
  const groups = new Map<string, AddedFile[]>();
  for (const file of refused) {
    const code = file.failure?.code ?? 'internal';
    groups.set(code, [...(groups.get(code) ?? []), file]);
  }
  const common = [...groups.values()].sort((a, b) => b.length - a.length);
  const said = common.slice(0, shownReasons).map((group) => {
    const [first] = group;
    const reason = first?.failure == null ? '' : reasonAndHint(first.failure, nameOf(first.path));
    return words.refused(group.length, reason, nameOf(first?.path ?? ''));
  });
  const rest = common.slice(shownReasons).reduce((sum, group) => sum + group.length, 0);
  return rest > 0 ? [...said, words.refusedMore(rest)] : said;
}

function reasonAndHint(failure: NonNullable<AddedFile['failure']>, name: string): string {
  const { reason, hint } = sayFailure(failure, name);
  return hint === '' ? reason : `${reason} ${hint}`;
}

const nameOf = (path: string) => path.split(/[/\\]/).at(-1) ?? path;
