/** What has the focus, as far as keys go. */
export type FocusKind = 'text' | 'choice' | 'control' | 'none';

/** With Mod, a text field has these: clipboard, undo, and going and deleting by words and lines. */
const editing = new Set(
  'A C V X Y Z Shift+V Shift+Z Delete Backspace ArrowLeft ArrowRight ArrowUp ArrowDown Home End'
    .split(' ')
    .map((keys) => `Mod+${keys}`),
);
const moving = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]);

/**
 * Whether a press belongs to what has the focus: typing and editing to a text field, Enter and Space to a button or
 * link, and moving, too, to what one chooses in (radios, tabs, sliders).
 */
export function isForFocus(focus: FocusKind, keys: string): boolean {
  switch (focus) {
    case 'none':
      return false;
    case 'control':
      return keys === 'Enter' || keys === 'Space';
    case 'choice':
      return keys === 'Enter' || keys === 'Space' || moving.has(keys);
    case 'text':
      return editing.has(keys) || editing.has(keys.replace('Shift+', '')) || !isFree(keys);
  }
}

/** Nothing that a text field would take: with Mod, a function key, or Escape. */
const isFree = (keys: string): boolean =>
  (keys.startsWith('Mod+') && !keys.startsWith('Mod+Alt+')) || /(^|\+)F\d+$/.test(keys) || keys === 'Escape';
