import { create } from 'zustand';
import { toast } from '../ui/toasts.tsx';
import { common } from '../words/common.ts';

/** Names of what was removed on the screen but not yet in the engine. */
const useRemoved = create<{ readonly names: ReadonlySet<string> }>(() => ({ names: new Set() }));

export const useRemovedNames = (): ReadonlySet<string> => useRemoved((state) => state.names);

const undoMs = 8000;
/** What is still to be done, by its name. */
const open = new Map<string, () => void>();

/**
 * Takes something off the screen at once, and really removes it when its toast is gone or the window goes. Until then it can
 * be undone, and a crash removes nothing. `remove` sends its one request before it waits for anything: after that, a window
 * that goes does nothing more.
 */
export function removeWithUndo(options: {
  readonly name: string;
  readonly title: string;
  readonly text?: string;
  remove(): Promise<unknown>;
}): void {
  const { name, title, text } = options;
  if (open.has(name)) return;
  const finish = async () => {
    if (!open.delete(name)) return;
    try {
      await options.remove();
    } finally {
      show(name);
    }
  };
  open.set(name, () => void finish());
  useRemoved.setState(({ names }) => ({ names: new Set([...names, name]) }));
  toast({
    title,
    text,
    durationMs: undoMs,
    action: {
      label: common.undo,
      run: () => {
        open.delete(name);
        show(name);
      },
    },
    onGone: () => void finish(),
  });
}

function show(name: string): void {
  useRemoved.setState(({ names }) => ({ names: new Set([...names].filter((other) => other !== name)) }));
}

if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => {
    for (const finish of [...open.values()]) finish();
  });
}
