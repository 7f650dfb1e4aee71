import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { FileUp, Folder, HardDriveUpload, Search } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useLive } from '../live/window-context.tsx';
import { folderName } from '../shell/folder-name.ts';
import { closeOverlay, goTo, showDetails, useNavigation } from '../shell/navigation.ts';
import { Keys } from '../ui/keys.tsx';
import { noteDialog } from '../ui/use-toast-place.ts';
import { paletteWords as words } from '../words/commands.ts';
import { type Command, commandGroups } from './command.ts';
import { type Findable, type FoundGroup, foundGroups } from './found-groups.ts';
import { rememberCommand, useRecentCommands } from './recent.ts';
import { currentCommands, isEnabled, runOrTell, useCommandRegistry } from './registry.ts';
import { useFoundFiles } from './use-found-files.ts';

interface Choice extends Findable {
  /** Its own, among all. */
  readonly id: string;
  readonly title: string;
  readonly icon?: ReactNode;
  readonly end?: ReactNode;
  readonly isOff?: boolean;
  run(): void;
}

/** Finds and runs any command, and finds files, folders and destinations by name. */
export function Palette() {
  const isOpen = useNavigation(({ overlay }) => overlay.name === 'palette');
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          ref={noteDialog}
          aria-label={words.title}
          className="fixed start-1/2 top-[max(12vh,var(--toast-room,0px))] z-40 flex max-h-[70vh] w-140 max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line bg-panel text-ink shadow-pop rtl:translate-x-1/2"
        >
          <Dialog.Title className="sr-only">{words.title}</Dialog.Title>
          <Finder />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Finder() {
  const [text, setText] = useState('');
  const groups = foundGroups(useChoices(text), text);

  const choose = ({ run }: Choice) => {
    closeOverlay();
    // The dialog gives the focus back first, so that what runs may take it.
    requestAnimationFrame(run);
  };

  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      value={text}
      // What was chosen is done, not typed.
      onValueChange={(next, { reason }) => reason !== 'item-press' && setText(next)}
      itemToStringValue={({ title }: Choice) => title}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2.5 border-line border-b px-4">
        <Search aria-hidden size={16} className="shrink-0 text-ink-3" />
        <Autocomplete.Input
          aria-label={words.title}
          placeholder={words.placeholder}
          autoComplete="off"
          spellCheck={false}
          className="h-12 w-full bg-transparent text-lg outline-hidden"
        />
      </div>
      <div className="shade-below flex min-h-0 flex-col">
        <div className="scroll-edges min-h-0 overflow-y-auto bg-panel p-1.5 [--blank-above:0.375rem] [--blank-below:0.375rem]">
          <Autocomplete.Empty>
            <div className="px-3 py-6 text-center text-ink-2">{words.nothing}</div>
          </Autocomplete.Empty>
          <Autocomplete.List aria-label={words.title}>
            {({ heading, items }: FoundGroup<Choice>) => (
              <Autocomplete.Group key={heading} items={items}>
                <Autocomplete.GroupLabel className="px-2.5 pt-2.5 pb-1 font-semibold text-ink-3 text-xs">
                  {heading}
                </Autocomplete.GroupLabel>
                <Autocomplete.Collection>
                  {(choice: Choice) => (
                    <Autocomplete.Item
                      key={choice.id}
                      value={choice}
                      disabled={choice.isOff ?? false}
                      onClick={() => choose(choice)}
                      className="flex min-h-8.5 items-center gap-2.5 rounded-md px-2.5 py-1 data-disabled:text-ink-3 data-highlighted:bg-accent-soft"
                    >
                      {choice.icon !== undefined && <span className="text-ink-3">{choice.icon}</span>}
                      <span className="min-w-0 flex-1 truncate">{choice.title}</span>
                      {choice.end !== undefined && (
                        <span className="shrink-0 text-ink-3 text-sm">{choice.end}</span>
                      )}
                    </Autocomplete.Item>
                  )}
                </Autocomplete.Collection>
              </Autocomplete.Group>
            )}
          </Autocomplete.List>
        </div>
      </div>
    </Autocomplete.Root>
  );
}

/** All that may be meant: commands, and once something is typed places and files, too. */
function useChoices(text: string): readonly FoundGroup<Choice>[] {
  const registered = useCommandRegistry((registry) => registry.groups);
  const recentIds = useRecentCommands();
  const destinations = useLive((live) => live.destinations);
  const folders = useLive((live) => live.folders);
  const files = useFoundFiles(text);
  const commands = useMemo(() => currentCommands(registered).filter(isEnabled), [registered]);
  // What a command asks the engine for, it cannot do without it.
  useLive((live) => live.connection);
  const ofCommands = commandGroups.map((group) => ({
    heading: group,
    items: commands
      .filter((command) => command.group === group && command.id !== 'window.palette')
      .map((command) => choiceOf(command)),
  }));
  if (text === '') {
    const recent = recentIds.flatMap((id) => commands.find((command) => command.id === id) ?? []);
    return [
      { heading: words.recent, items: recent.map((command) => choiceOf(command, 'recent ')) },
      ...ofCommands,
    ];
  }
  return [
    ...ofCommands,
    {
      heading: words.places,
      items: [
        ...destinations.map(({ destination: { id, name } }) => ({
          id: `destination ${id}`,
          title: name,
          found: [name, words.places],
          icon: <HardDriveUpload aria-hidden size={15} />,
          run: () => goTo({ name: 'destinations', destinationId: id }),
        })),
        ...folders.map(({ folder: { id, path } }) => ({
          id: `folder ${id}`,
          title: folderName(path),
          found: [folderName(path), path, words.places],
          icon: <Folder aria-hidden size={15} />,
          run: () => goTo({ name: 'folders', folderId: id }),
        })),
      ],
    },
    {
      heading: words.files,
      items: files.map(({ id, name, destinationName }) => ({
        id: `file ${id}`,
        title: name,
        // The engine has found it already: whatever was typed is part of it.
        found: [name, text],
        icon: <FileUp aria-hidden size={15} />,
        end: destinationName,
        run: () => {
          goTo({ name: 'uploads', tab: 'all' });
          showDetails(id);
        },
      })),
    },
  ];
}

function choiceOf(command: Command, prefix = ''): Choice {
  const [keys] = command.keys ?? [];
  const why = command.whyNot?.() ?? null;
  return {
    id: `${prefix}${command.id}`,
    title: command.title,
    found: [command.title, command.group, command.also ?? ''],
    ...(why === null ? {} : { isOff: true, end: why }),
    ...(why !== null || keys === undefined ? {} : { end: <Keys keys={keys} /> }),
    run: () => {
      rememberCommand(command.id);
      runOrTell(command);
    },
  };
}
