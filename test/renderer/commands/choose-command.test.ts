import { expect, test } from 'vitest';
import { chooseCommand, commandById } from '../../../renderer/commands/choose-command.ts';
import type { Command } from '../../../renderer/commands/command.ts';
import { currentCommands } from '../../../renderer/commands/registry.ts';

const command = (id: string, keys: string, more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'Queue',
  keys: [keys],
  run: () => {},
  ...more,
});
const commands = [
  command('queue.pause', 'Mod+Shift+P', { isEnabled: () => false }),
  command('queue.resume', 'Mod+Shift+P'),
  command('list.next', 'J', { mayRepeat: true }),
  command('window.keys', '?'),
];
const chosen = (keys: string, more: Partial<Parameters<typeof chooseCommand>[1]> = {}) => {
  const choice = chooseCommand(commands, { keys, isRepeat: false, cover: 'none', ...more });
  return choice.kind === 'run' ? choice.command.id : choice.kind;
};

test('of two commands with the same keys the one that can run does', () => {
  expect(chosen('Mod+Shift+P')).toBe('queue.resume');
});

test('keys of nobody stay with the browser', () => {
  expect(chosen('Mod+P')).toBe('leave');
});

test('a key that is held down does not do it again, nor what the browser has for it', () => {
  expect(chosen('Mod+Shift+P', { isRepeat: true })).toBe('swallow');
  expect(chosen('J', { isRepeat: true })).toBe('list.next');
});

test('over the page only what belongs to the window runs, and over a form nothing', () => {
  expect([chosen('J', { cover: 'popup' }), chosen('?', { cover: 'popup' })]).toEqual([
    'leave',
    'window.keys',
  ]);
  expect(chosen('?', { cover: 'form' })).toBe('leave');
});

test('a later command of the same id replaces the earlier one', () => {
  const later = command('window.keys', 'F1');
  expect(currentCommands([commands, [later]]).filter(({ id }) => id === 'window.keys')).toEqual([later]);
});

test.each([
  ['queue.resume', 'none', 'queue.resume'],
  ['queue.resume', 'popup', 'queue.resume'],
  ['queue.resume', 'form', null],
  ['window.keys', 'form', 'window.keys'],
  ['queue.pause', 'none', null],
  ['queue.unknown', 'none', null],
] as const)('%s, asked for by a menu over %s, runs %s', (id, cover, expected) => {
  expect(commandById(commands, id, cover)?.id ?? null).toBe(expected);
});
