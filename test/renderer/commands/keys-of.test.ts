import { expect, test } from 'vitest';
import { type KeyPress, keysOf } from '../../../renderer/commands/keys-of.ts';

interface Case {
  readonly what: string;
  readonly press: Partial<Omit<KeyPress, 'getModifierState'>> & { readonly isAltGraph?: boolean };
  readonly mac: string | null;
  readonly others: string | null;
}

const ctrl = { ctrlKey: true } as const;
const cmd = { metaKey: true } as const;
const shift = { shiftKey: true } as const;
const alt = { altKey: true } as const;

const cases: readonly Case[] = [
  { what: 'a letter', press: { key: 'k', code: 'KeyK' }, mac: 'K', others: 'K' },
  { what: 'a letter under caps lock', press: { key: 'K', code: 'KeyK' }, mac: 'K', others: 'K' },
  {
    what: 'Shift and a letter',
    press: { key: 'K', code: 'KeyK', ...shift },
    mac: 'Shift+K',
    others: 'Shift+K',
  },
  { what: 'Ctrl and a letter', press: { key: 'k', code: 'KeyK', ...ctrl }, mac: null, others: 'Mod+K' },
  { what: 'Cmd or the Windows key', press: { key: 'k', code: 'KeyK', ...cmd }, mac: 'Mod+K', others: null },
  {
    what: 'Ctrl, Shift and a letter',
    press: { key: 'P', code: 'KeyP', ...ctrl, ...shift },
    mac: null,
    others: 'Mod+Shift+P',
  },
  {
    what: 'Cmd, Shift and a letter, small as a Mac tells it',
    press: { key: 'p', code: 'KeyP', ...cmd, ...shift },
    mac: 'Mod+Shift+P',
    others: null,
  },
  {
    what: 'a sign that has its Shift in it',
    press: { key: '?', code: 'Slash', ...shift },
    mac: '?',
    others: '?',
  },
  { what: 'the same sign elsewhere', press: { key: '?', code: 'Minus', ...shift }, mac: '?', others: '?' },
  { what: 'the space bar', press: { key: ' ', code: 'Space' }, mac: 'Space', others: 'Space' },
  {
    what: 'Shift and space',
    press: { key: ' ', code: 'Space', ...shift },
    mac: 'Shift+Space',
    others: 'Shift+Space',
  },
  { what: 'the plus sign', press: { key: '+', code: 'NumpadAdd', ...ctrl }, mac: null, others: 'Mod+Plus' },
  { what: 'a comma', press: { key: ',', code: 'Comma', ...ctrl }, mac: null, others: 'Mod+Comma' },
  {
    what: 'a named key with Shift',
    press: { key: 'ArrowDown', code: 'ArrowDown', ...shift },
    mac: 'Shift+ArrowDown',
    others: 'Shift+ArrowDown',
  },
  { what: 'Backspace', press: { key: 'Backspace', code: 'Backspace' }, mac: 'Delete', others: 'Backspace' },
  { what: 'Delete', press: { key: 'Delete', code: 'Delete' }, mac: 'Delete', others: 'Delete' },
  { what: 'Alt and a letter', press: { key: 'a', code: 'KeyA', ...alt }, mac: 'Alt+A', others: 'Alt+A' },
  {
    what: 'Option makes signs of letters',
    press: { key: 'å', code: 'KeyA', ...alt },
    mac: 'Alt+A',
    others: 'Alt+å',
  },
  {
    what: 'Cmd and Option',
    press: { key: '¥', code: 'KeyY', ...alt, ...cmd },
    mac: 'Mod+Alt+Y',
    others: null,
  },
  {
    what: 'Ctrl and Alt and a letter',
    press: { key: 'y', code: 'KeyY', ...alt, ...ctrl },
    mac: null,
    others: 'Mod+Alt+Y',
  },
  {
    what: 'AltGr as Windows tells it',
    press: { key: '@', code: 'KeyQ', ...ctrl, ...alt, isAltGraph: true },
    mac: null,
    others: '@',
  },
  {
    what: 'AltGr of a browser that does not name it',
    press: { key: '€', code: 'KeyE', ...ctrl, ...alt },
    mac: null,
    others: '€',
  },
  {
    what: 'AltGr as Linux tells it',
    press: { key: 'ą', code: 'KeyA', isAltGraph: true },
    mac: 'ą',
    others: 'ą',
  },
  {
    what: 'AltGr and a letter as it is',
    press: { key: 'k', code: 'KeyK', ...ctrl, ...alt, isAltGraph: true },
    mac: null,
    others: 'K',
  },
  { what: 'a Cyrillic keyboard', press: { key: 'л', code: 'KeyK', ...ctrl }, mac: null, others: 'Mod+K' },
  { what: 'a Cyrillic keyboard, typing', press: { key: 'л', code: 'KeyK' }, mac: 'л', others: 'л' },
  {
    what: 'the comma of a Cyrillic keyboard',
    press: { key: 'б', code: 'Comma', ...ctrl },
    mac: null,
    others: 'Mod+Comma',
  },
  {
    what: 'Dvorak: the letter counts, not its place',
    press: { key: 't', code: 'KeyK', ...ctrl },
    mac: null,
    others: 'Mod+T',
  },
  { what: 'a French digit', press: { key: '&', code: 'Digit1', ...ctrl }, mac: null, others: 'Mod+1' },
  {
    what: 'an accented French digit',
    press: { key: 'é', code: 'Digit2', ...ctrl },
    mac: null,
    others: 'Mod+2',
  },
  {
    what: 'a French digit with its Shift',
    press: { key: '1', code: 'Digit1', ...ctrl, ...shift },
    mac: null,
    others: 'Mod+1',
  },
  {
    what: 'Shift and a digit of an American keyboard',
    press: { key: '!', code: 'Digit1', ...ctrl, ...shift },
    mac: null,
    others: 'Mod+!',
  },
  {
    what: 'a modifier alone',
    press: { key: 'Control', code: 'ControlLeft', ...ctrl },
    mac: null,
    others: null,
  },
  { what: 'AltGr alone', press: { key: 'AltGraph', code: 'AltRight' }, mac: null, others: null },
  { what: 'caps lock', press: { key: 'CapsLock', code: 'CapsLock' }, mac: null, others: null },
  {
    what: 'an accent whose letter is to come',
    press: { key: 'Dead', code: 'Quote' },
    mac: null,
    others: null,
  },
  { what: 'an input method at work', press: { key: 'Process', code: 'KeyK' }, mac: null, others: null },
  {
    what: 'Enter that ends a composition',
    press: { key: 'Enter', code: 'Enter', isComposing: true },
    mac: null,
    others: null,
  },
];

test.for(cases)('$what', ({ press, mac, others }) => {
  const { isAltGraph = false, ...rest } = press;
  const whole: KeyPress = {
    key: '',
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    ...rest,
    getModifierState: () => isAltGraph,
  };
  expect([keysOf(whole, true), keysOf(whole, false)]).toEqual([mac, others]);
});
