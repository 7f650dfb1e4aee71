/** `Mod+Shift+C` as people know it: "Ctrl Shift C", or "⇧⌘C" on a Mac. */
export function keyNames(keys: string, isMac = runsOnMac()): string {
  const parts = keys.split('+');
  if (!isMac) return parts.map((part) => plainNames[part] ?? part).join(' ');
  const last = parts.at(-1) ?? '';
  const modifiers = macOrder.filter((name) => parts.slice(0, -1).includes(name));
  return [...modifiers.map((name) => macNames[name] ?? name), macNames[last] ?? last].join('');
}

const plainNames: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Escape: 'Esc',
  Comma: ',',
  Plus: '+',
  Delete: 'Del',
};
const macOrder = ['Alt', 'Shift', 'Mod'];
const macNames: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Enter: '↩',
  Delete: '⌫',
  Escape: 'esc',
  Comma: ',',
  Plus: '+',
};

export const runsOnMac = (): boolean => typeof navigator !== 'undefined' && /Mac/.test(navigator.platform);
