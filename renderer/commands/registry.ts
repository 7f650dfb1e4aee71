import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { useNavigation } from '../shell/navigation.ts';
import { runsOnMac } from '../ui/key-names.ts';
import { toast } from '../ui/toasts.tsx';
import { type Cover, chooseCommand, commandById } from './choose-command.ts';
import type { Command } from './command.ts';
import { hasOpenPopup } from './covering.ts';
import { focusKindOf, isFullSearch } from './fields.ts';
import { keysOf } from './keys-of.ts';
import { isForFocus } from './whose-keys.ts';

/** All commands that are there now, in the order in which their screens gave them. */
export const useCommandRegistry = create<{ readonly groups: Groups }>(() => ({
  groups: [],
}));

type Groups = readonly (readonly Command[])[];

/**
 * The groups with what a screen gives now instead of what it gave before. It keeps its place: what opened over the screen
 * has the keys of both, however often the screen below gives its commands anew.
 */
export const giveCommands = (
  groups: Groups,
  before: readonly Command[] | null,
  now: readonly Command[],
): Groups =>
  before !== null && groups.includes(before)
    ? groups.map((group) => (group === before ? now : group))
    : [...groups, now];

/** Gives commands as long as the component is there. `commands` must be the same array while it means the same. */
export function useCommands(commands: readonly Command[]): void {
  const given = useRef<readonly Command[] | null>(null);
  useEffect(() => {
    const before = given.current;
    given.current = commands;
    useCommandRegistry.setState(({ groups }) => ({ groups: giveCommands(groups, before, commands) }));
  }, [commands]);
  useEffect(
    () => () => {
      const last = given.current;
      given.current = null;
      useCommandRegistry.setState(({ groups }) => ({ groups: groups.filter((group) => group !== last) }));
    },
    [],
  );
}

/** The later one of each id. */
export function currentCommands(groups: Groups): readonly Command[] {
  const byId = new Map<string, Command>();
  for (const command of groups.flat()) byId.set(command.id, command);
  return [...byId.values()];
}

export const isEnabled = (command: Command): boolean => command.isEnabled?.() ?? true;

/** Runs it, or says why it does not. */
export function runOrTell(command: Command): void {
  const why = command.whyNot?.() ?? null;
  if (why === null) command.run();
  else toast({ title: why, tone: 'warn' });
}

/** Runs the command of a key press, wherever the focus is. */
export function listenForKeys(): () => void {
  const isMac = runsOnMac();
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const keys = keysOf(event, isMac);
    if (keys === null || isForFocus(focusKindOf(event.target), keys)) return;
    if (keys === 'Escape' && isFullSearch(event.target)) return;
    const commands = currentCommands(useCommandRegistry.getState().groups);
    const choice = chooseCommand(commands, { keys, isRepeat: event.repeat, cover: coverNow() });
    if (choice.kind === 'leave') return;
    event.preventDefault();
    if (choice.kind === 'run') runOrTell(choice.command);
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}

/** Runs a command that was asked for by its id, from outside the page. */
export function runCommand(id: string): void {
  const command = commandById(currentCommands(useCommandRegistry.getState().groups), id, coverNow());
  if (command !== null) runOrTell(command);
}

function coverNow(): Cover {
  const { name } = useNavigation.getState().overlay;
  if (name === 'folder' || name === 'destination') return 'form';
  return name !== 'none' || hasOpenPopup() ? 'popup' : 'none';
}
