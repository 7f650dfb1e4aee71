import { expect, test } from 'vitest';
import { chooseCommand } from '../../../renderer/commands/choose-command.ts';
import type { Command } from '../../../renderer/commands/command.ts';
import { currentCommands, giveCommands } from '../../../renderer/commands/registry.ts';

const command = (id: string): Command => ({
  id,
  title: id,
  group: 'Window',
  keys: ['Escape'],
  run: () => {},
});

test('what opened over a screen keeps its keys when the screen below gives its commands anew', () => {
  const [list, pane, listAgain] = [[command('clear')], [command('close')], [command('clear')]];
  const open = giveCommands(giveCommands([], null, list), null, pane);
  const groups = giveCommands(open, list, listAgain);
  expect(groups).toEqual([listAgain, pane]);
  expect(groups[0]).toBe(listAgain);
  const choice = chooseCommand(currentCommands(groups), { keys: 'Escape', isRepeat: false, cover: 'none' });
  expect(choice).toMatchObject({ kind: 'run', command: { id: 'close' } });
});
