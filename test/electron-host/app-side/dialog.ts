/** `dialog`: what the app asks stays open until the test answers. */
import type {
  Dialog,
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  SaveDialogOptions,
} from 'electron';
import type { ShownDialog, Sight } from '../messages.ts';
import { StandInWindow } from './browser-window.ts';
import { strict } from './strict.ts';

type Answer =
  | { readonly button: string; readonly isChecked: boolean }
  | { readonly paths: readonly string[] };

const open = new Map<number, { readonly shown: ShownDialog; readonly answer: (answer: Answer) => void }>();
const errorBoxes: { readonly title: string; readonly content: string }[] = [];
let lastId = 0;

/** Electron's functions take a window first, or not. */
function split<Options extends object>(
  args: readonly unknown[],
): { windowId: number | null; options: Options } {
  const [first, second] = args;
  return first instanceof StandInWindow
    ? { windowId: first.id, options: (second ?? {}) as Options }
    : { windowId: null, options: (first ?? second ?? {}) as Options };
}

function ask(shown: ShownDialog, signal?: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    const answer = (given: Answer) => {
      open.delete(shown.id);
      resolve(given);
    };
    open.set(shown.id, { shown, answer });
    const cancel = shown.kind === 'message' ? (shown.cancelButton ?? '') : '';
    signal?.addEventListener('abort', () => answer({ button: cancel, isChecked: false }));
  });
}

async function showMessageBox(...args: readonly unknown[]): Promise<MessageBoxReturnValue> {
  const { windowId, options } = split<MessageBoxOptions>(args);
  const buttons = options.buttons ?? ['OK'];
  const cancelId =
    options.cancelId ??
    Math.max(
      0,
      buttons.findIndex((button) => /^(cancel|no)$/i.test(button)),
    );
  const answer = await ask(
    {
      kind: 'message',
      id: ++lastId,
      title: options.title ?? '',
      message: options.message,
      detail: options.detail ?? '',
      buttons,
      defaultButton: buttons[options.defaultId ?? -1] ?? null,
      cancelButton: buttons[cancelId] ?? null,
      checkbox: options.checkboxLabel ?? null,
      windowId,
    },
    options.signal,
  );
  if (!('button' in answer)) throw new Error('A message was answered with paths.');
  return { response: buttons.indexOf(answer.button), checkboxChecked: answer.isChecked };
}

async function showOpenDialog(...args: readonly unknown[]) {
  const { windowId, options } = split<OpenDialogOptions>(args);
  const answer = await ask({
    kind: 'open',
    id: ++lastId,
    title: options.title ?? '',
    properties: options.properties ?? ['openFile'],
    filters: options.filters ?? null,
    windowId,
  });
  const filePaths = 'paths' in answer ? [...answer.paths] : [];
  return { canceled: filePaths.length === 0, filePaths };
}

async function showSaveDialog(...args: readonly unknown[]) {
  const { windowId, options } = split<SaveDialogOptions>(args);
  const answer = await ask({
    kind: 'save',
    id: ++lastId,
    title: options.title ?? '',
    defaultPath: options.defaultPath ?? null,
    filters: options.filters ?? null,
    windowId,
  });
  const [filePath = ''] = 'paths' in answer ? answer.paths : [];
  return { canceled: filePath === '', filePath };
}

export const dialog = strict('dialog', {
  showMessageBox,
  showOpenDialog,
  showSaveDialog,
  showErrorBox(title, content) {
    errorBoxes.push({ title, content });
  },
} satisfies Pick<Dialog, 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog' | 'showErrorBox'>);

export const lookAtDialogs = (): Pick<Sight, 'dialogs' | 'errorBoxes'> => ({
  dialogs: [...open.values()].map(({ shown }) => shown),
  errorBoxes,
});

export function answerMessage(id: number, button: string, isChecked: boolean): void {
  const asked = open.get(id);
  if (asked?.shown.kind !== 'message') throw new Error(`No message ${id} is open.`);
  if (!asked.shown.buttons.includes(button)) {
    throw new Error(`There is no "${button}" among: ${asked.shown.buttons.join(' | ')}`);
  }
  asked.answer({ button, isChecked });
}

/** No paths: the person canceled. */
export function answerPaths(id: number, paths: readonly string[]): void {
  const asked = open.get(id);
  if (asked === undefined || asked.shown.kind === 'message')
    throw new Error(`No dialog ${id} for files is open.`);
  asked.answer({ paths });
}
