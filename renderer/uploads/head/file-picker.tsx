import { createContext, type ReactNode, useContext, useMemo, useRef } from 'react';
import { useWindow } from '../../live/window-context.tsx';
import { openOverlay } from '../../shell/navigation.ts';
import { addToQueue, targetDestination } from '../add-files.ts';

export interface FilePicker {
  /** Opens the system's dialog; what is chosen goes to this destination, or to wherever files go that nobody named a place for. */
  pick(what: 'files' | 'folder', destinationId?: string): void;
}

const Context = createContext<FilePicker>({ pick: () => {} });

export const useFilePicker = (): FilePicker => useContext(Context);

/** Two inputs that are never seen: only the browser's own can open a dialog for files. */
export function FilePickerProvider({ children }: { readonly children: ReactNode }) {
  const context = useWindow();
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const target = useRef<string | null>(null);
  const picker = useMemo<FilePicker>(
    () => ({
      pick(what, destinationId) {
        const id = destinationId ?? targetDestination(context.live.getState())?.destination.id;
        if (id === undefined) {
          openOverlay({ name: 'destination', id: null });
          return;
        }
        target.current = id;
        (what === 'files' ? files : folder).current?.click();
      },
    }),
    [context],
  );
  function give(input: HTMLInputElement): void {
    const chosen = Array.from(input.files ?? []);
    // The same file can be chosen again.
    input.value = '';
    if (target.current !== null) void addToQueue(context, chosen, target.current);
  }
  const shared = {
    type: 'file',
    multiple: true,
    hidden: true,
    onChange: (event: { readonly currentTarget: HTMLInputElement }) => give(event.currentTarget),
  } as const;
  return (
    <Context value={picker}>
      {children}
      <input ref={files} {...shared} />
      <input ref={folder} {...shared} webkitdirectory="" />
    </Context>
  );
}

declare module 'react' {
  interface InputHTMLAttributes<T> {
    /** Chooses a folder with all that is in it. */
    webkitdirectory?: string;
  }
}
