import { overviewWords as words } from '../words/commands.ts';
import { type Command, commandGroups } from './command.ts';

export interface KeyLine {
  readonly title: string;
  readonly keys: readonly string[];
}

export interface KeySection {
  readonly title: string;
  readonly lines: readonly KeyLine[];
}

/** What one key does by turns, such as pausing and going on, stands in one line. */
function merged(lines: readonly KeyLine[]): readonly KeyLine[] {
  const byKeys = Map.groupBy(lines, ({ keys }) => keys.join(' '));
  return [...byKeys.values()].map(([first, ...others]) => ({
    title: words.byTurns(
      first?.title ?? '',
      others.map(({ title }) => title),
    ),
    keys: first?.keys ?? [],
  }));
}

/** What has keys, by what it is for; of the keys of lists those that the page itself does not name already. */
export function keySections(commands: readonly Command[]): readonly KeySection[] {
  const named = new Set(commands.flatMap(({ keys }) => keys ?? []));
  const linesOf = (group: Command['group']): readonly KeyLine[] =>
    merged(
      commands.flatMap(({ title, keys = [], ...command }) =>
        command.group === group && keys.length > 0 ? [{ title, keys }] : [],
      ),
    );
  return [
    ...commandGroups.map((group) => ({
      title: group,
      lines: group === 'Files' ? [...linesOf(group), ...words.pasteKeys] : linesOf(group),
    })),
    {
      title: words.inLists,
      lines: words.listKeys.filter(({ keys }) => !keys.every((key) => named.has(key))),
    },
  ];
}
