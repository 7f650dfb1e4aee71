import { expect, test } from 'vitest';
import type { Command } from '../../../renderer/commands/command.ts';
import { keySections } from '../../../renderer/commands/key-sections.ts';

const command = (id: string, ...keys: readonly string[]): Command => ({
  id,
  title: id,
  group: 'Selection',
  keys,
  run: () => {},
});
const keysOf = (commands: readonly Command[]) =>
  keySections(commands).flatMap(({ lines }) => lines.flatMap(({ keys }) => keys));

test('whichever page is open, the keys of lists and pasting are named', () => {
  for (const commands of [[], [command('copy', 'Mod+C'), command('remove', 'Delete', 'Backspace')]]) {
    expect(keysOf(commands)).toEqual(
      expect.arrayContaining(
        'Mod+V Mod+C Mod+Shift+C Space Enter Mod+Enter Delete Mod+F Mod+A Escape Alt+Click'.split(' '),
      ),
    );
  }
});

test('what the page itself does with its keys is named once', () => {
  const keys = keysOf([command('copy', 'Mod+C'), command('quiet')]);
  expect(keys.filter((each) => each === 'Mod+C')).toHaveLength(1);
});

test('what a key does by turns stands in one line', () => {
  const lines = keySections([
    command('Pause all', 'Mod+Shift+P'),
    command('Resume all', 'Mod+Shift+P'),
    command('Copy', 'Mod+C'),
  ]).flatMap(({ lines }) => lines);
  expect(lines.slice(0, 20)).toEqual(
    expect.arrayContaining([
      { title: 'Pause all, or resume all', keys: ['Mod+Shift+P'] },
      { title: 'Copy', keys: ['Mod+C'] },
    ]),
  );
  expect(lines.filter(({ keys }) => keys.includes('Mod+Shift+P'))).toHaveLength(1);
});
