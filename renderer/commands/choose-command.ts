import type { Command } from './command.ts';

/** What lies over the page: a form has things in it that must not be lost. */
export type Cover = 'none' | 'popup' | 'form';

export interface KeyMoment {
  readonly keys: string;
  readonly isRepeat: boolean;
  readonly cover: Cover;
}

/** What a key press comes to: a command to run, one that only keeps the browser from its own, or nothing of ours. */
export type Choice =
  | { readonly kind: 'run'; readonly command: Command }
  | { readonly kind: 'swallow' }
  | { readonly kind: 'leave' };

/**
 * The last command given for these keys that can run now. What lies over the page has its own keys: only the palette and
 * the key overview open from there, and over a form not even they.
 */
export function chooseCommand(commands: readonly Command[], { keys, isRepeat, cover }: KeyMoment): Choice {
  const command = commands.findLast((entry) => entry.keys?.includes(keys) && (entry.isEnabled?.() ?? true));
  if (command === undefined || cover === 'form') return { kind: 'leave' };
  if (cover === 'popup' && !command.id.startsWith('window.')) return { kind: 'leave' };
  if (isRepeat && command.mayRepeat !== true) return { kind: 'swallow' };
  return { kind: 'run', command };
}

/**
 * What a native menu or the tray was asked for by its id; null: it cannot run now. A menu is no key press: it is meant
 * whatever has the focus, but over a form only what belongs to the window.
 */
export function commandById(commands: readonly Command[], id: string, cover: Cover): Command | null {
  const command = commands.findLast((entry) => entry.id === id && (entry.isEnabled?.() ?? true));
  if (command === undefined || (cover === 'form' && !id.startsWith('window.'))) return null;
  return command;
}
