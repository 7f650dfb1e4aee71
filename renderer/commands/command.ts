/** Where a command stands in the palette and in the key overview. */
export const commandGroups = ['Go to', 'Files', 'Links', 'Queue', 'Selection', 'Window'] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** One thing that a person can do: found in the palette, by its keys, and in the key overview. */
export interface Command {
  /** Stable, `page.verb`. A later command of the same id replaces the earlier one as long as it is there. */
  readonly id: string;
  readonly title: string;
  readonly group: CommandGroup;
  /** `Mod+Shift+C`: Mod is Ctrl, or Cmd on a Mac. Several ways are several entries. */
  readonly keys?: readonly string[];
  /** Words it is also found by. */
  readonly also?: string;
  /** False: not now. Default: always. */
  isEnabled?(): boolean;
  run(): void;
}

/** The keys of an event as a command writes them; null: a modifier alone. */
export function keysOf(event: KeyboardEvent, isMac: boolean): string | null {
  if (['Control', 'Meta', 'Shift', 'Alt'].includes(event.key)) return null;
  const isMod = isMac ? event.metaKey : event.ctrlKey;
  const parts: string[] = [];
  if (isMod) parts.push('Mod');
  if (event.altKey) parts.push('Alt');
  const key = event.key === ' ' ? 'Space' : event.key === ',' ? 'Comma' : event.key;
  // A printed sign (?, ü) already tells its Shift; letters and named keys do not.
  const isLetter = /^[a-z]$/i.test(key);
  if (event.shiftKey && (isLetter || key.length > 1)) parts.push('Shift');
  parts.push(isLetter ? key.toUpperCase() : key);
  return parts.join('+');
}

/** Typing into a field is not commanding; with Mod, or Escape, it may be. */
export function isMeantForField(event: KeyboardEvent, keys: string): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  const isField = target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
  if (!isField) return false;
  const isEditing = ['Mod+C', 'Mod+V', 'Mod+X', 'Mod+A', 'Mod+Z'].includes(keys);
  return isEditing || !keys.startsWith('Mod+');
}
