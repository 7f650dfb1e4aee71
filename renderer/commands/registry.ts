import { useEffect } from 'react';
import { create } from 'zustand';
import { useNavigation } from '../shell/navigation.ts';
import { runsOnMac } from '../ui/key-names.ts';
import { type Command, isMeantForField, keysOf } from './command.ts';

/** All commands that are there now, in the order in which their screens gave them. */
export const useCommandRegistry = create<{ readonly groups: readonly (readonly Command[])[] }>(() => ({
  groups: [],
}));

/** Gives commands as long as the component is there. `commands` must be the same array while it means the same. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    useCommandRegistry.setState(({ groups }) => ({ groups: [...groups, commands] }));
    return () =>
      useCommandRegistry.setState(({ groups }) => ({ groups: groups.filter((group) => group !== commands) }));
  }, [commands]);
}

/** The later one of each id. */
export function currentCommands(groups: readonly (readonly Command[])[]): readonly Command[] {
  const byId = new Map<string, Command>();
  for (const command of groups.flat()) byId.set(command.id, command);
  return [...byId.values()];
}

export const isEnabled = (command: Command): boolean => command.isEnabled?.() ?? true;

/** Runs the command of a key press, wherever the focus is. */
export function listenForKeys(): () => void {
  const isMac = runsOnMac();
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const keys = keysOf(event, isMac);
    if (keys === null || isMeantForField(event, keys)) return;
    // What lies over the page has its own keys; only the palette and the overview may be opened from there.
    const isCovered = useNavigation.getState().overlay.name !== 'none' || hasOpenPopup();
    const commands = currentCommands(useCommandRegistry.getState().groups);
    const command = commands.findLast((entry) => entry.keys?.includes(keys) && isEnabled(entry));
    if (command === undefined || (isCovered && !command.id.startsWith('window.'))) return;
    // A button or link under the focus takes Enter and Space itself.
    if ((keys === 'Enter' || keys === 'Space') && isOnControl(event.target)) return;
    event.preventDefault();
    command.run();
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}

const hasOpenPopup = () =>
  document.querySelector('[role="dialog"],[role="alertdialog"],[role="menu"]') !== null;
const isOnControl = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.closest('button,a,[role="menuitem"],[role="option"],[role="tab"]') !== null;
