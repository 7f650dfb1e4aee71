import { createContext, type ReactNode, useContext, useMemo, useRef } from 'react';
import type { GivenFile } from '#shared/window-host.ts';
import { attempt } from '../../live/attempt.ts';
import { useWindow, type WindowContext } from '../../live/window-context.tsx';
import { askAbout } from '../../shell/drop/drop-store.ts';
import { openOverlay } from '../../shell/navigation.ts';
import { addToQueue, targetDestination } from '../add-files.ts';

export interface FilePicker {
  /** Opens the system's dialog; what is chosen goes to this destination, or to wherever files go that nobody named a place for. */
  pick(what: 'files' | 'folder', destinationId?: string): void;
}

const Context = createContext<FilePicker>({ pick: () => {} });

export const useFilePicker = (): FilePicker => useContext(Context);

/** Files go; a folder is asked about first, as the system's dialog did not count what is in there. */
function takeChosen(context: WindowContext, chosen: readonly GivenFile[], destinationId: string): void {
  const givenFolders = chosen.filter(({ isFolder }) => isFolder);
  if (givenFolders.length === 0) void addToQueue(context, chosen, destinationId);
  else
    askAbout({ files: chosen.filter(({ isFolder }) => !isFolder), folders: [], givenFolders, destinationId });
}

/** Two inputs that are never seen: in a browser only its own can open a dialog for files. */
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
        const { chooseFiles } = context.host;
        if (chooseFiles !== null) {
          void attempt(chooseFiles(what)).then((chosen) => {
            if (chosen !== null && chosen.length > 0) takeChosen(context, chosen, id);
          });
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
