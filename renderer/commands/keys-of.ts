/** What of a key press says which keys they are. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'
> & {
  readonly getModifierState: (name: 'AltGraph') => boolean;
};

/** Modifiers alone, and keys whose sign is still to come. */
const nothingYet = new Set([
  'Alt',
  'AltGraph',
  'CapsLock',
  'Control',
  'Dead',
  'Fn',
  'FnLock',
  'Hyper',
  'Meta',
  'NumLock',
  'Process',
  'ScrollLock',
  'Shift',
  'Super',
  'Symbol',
  'SymbolLock',
  'Unidentified',
]);

/** Signs that would be mistaken for the joints of the notation, or not be seen. */
const names: Readonly<Record<string, string>> = { ' ': 'Space', ',': 'Comma', '+': 'Plus' };

/**
 * The keys of a press as commands write them: `Mod+Alt+Shift+C`, in this order, where Mod is Ctrl, or Cmd on a Mac. Null
 * where it is no command of anybody's: modifiers alone, what an input method makes words of, and combinations that belong
 * to the system (the Windows key; Ctrl on a Mac).
 */
export function keysOf(press: KeyPress, isMac: boolean): string | null {
  if (press.isComposing || nothingYet.has(press.key)) return null;
  const isTyped = isSignOfAltGraph(press, isMac);
  if (!isTyped && (isMac ? press.ctrlKey : press.metaKey)) return null;
  const isMod = !isTyped && (isMac ? press.metaKey : press.ctrlKey);
  const isAlt = !isTyped && press.altKey;
  const key = keyOf(press, isMac, isMod, isAlt);
  const isLetter = /^[a-z]$/i.test(key);
  const parts: string[] = [];
  if (isMod) parts.push('Mod');
  if (isAlt) parts.push('Alt');
  // A printed sign (?, ü) already tells its Shift; letters and named keys do not.
  if (press.shiftKey && (isLetter || [...press.key].length > 1 || press.key === ' ')) parts.push('Shift');
  parts.push(isLetter ? key.toUpperCase() : key);
  return parts.join('+');
}

/** Windows tells AltGr as Ctrl and Alt together: what comes of it is a sign ("@", "€", "ą"), no command. */
function isSignOfAltGraph(press: KeyPress, isMac: boolean): boolean {
  if (isMac || [...press.key].length !== 1) return false;
  if (press.getModifierState('AltGraph')) return true;
  return press.ctrlKey && press.altKey && !/^[a-z0-9]$/i.test(press.key);
}

function keyOf({ key, code, shiftKey }: KeyPress, isMac: boolean, isMod: boolean, isAlt: boolean): string {
  // The key that a Mac calls Delete is the one that deletes what is selected.
  if (isMac && key === 'Backspace') return 'Delete';
  // Keyboards without Latin letters, digits behind Shift (French), and Option, which makes signs of letters: with a
  // modifier the place of the key counts, since the sign is not meant.
  const isSign = [...key].length === 1 && !/^[\x20-\x7e]$/.test(key);
  if ((isMod || (isAlt && isMac)) && isSign) return letterAt(code) ?? key;
  if (isMod && !shiftKey && /^Digit\d$/.test(code) && !/^[a-z0-9]$/i.test(key)) return code.slice(-1);
  return names[key] ?? key;
}

const letterAt = (code: string): string | null =>
  /^Key[A-Z]$|^Digit\d$/.test(code) ? code.slice(-1) : code === 'Comma' ? 'Comma' : null;
