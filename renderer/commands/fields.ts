import type { FocusKind } from './whose-keys.ts';

const untyped = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];
const choices =
  '[role="radio"],[role="tab"],[role="slider"],[role="option"],[role="combobox"],[role^="menuitem"],select,input[type="radio"],input[type="range"]';
const controls =
  'button,a[href],summary,input,[role="button"],[role="link"],[role="checkbox"],[role="switch"]';

/** Whether what is typed goes into `target`: a checkbox is an input, too, but takes no text. */
export function isTextField(target: EventTarget | null): boolean {
  if (typeof HTMLElement === 'undefined' || !(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !untyped.includes(target.type);
}

export function focusKindOf(target: EventTarget | null): FocusKind {
  if (!(target instanceof Element)) return 'none';
  if (isTextField(target)) return 'text';
  if (target.closest(choices) !== null) return 'choice';
  return target.closest(controls) === null ? 'none' : 'control';
}

/** A search field with something in it is emptied by Escape itself. */
export const isFullSearch = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && target.type === 'search' && target.value !== '';
