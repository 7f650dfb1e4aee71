import { Dialog } from '@base-ui/react/dialog';
import { Command as Cmdk } from 'cmdk';
import { FileUp, Folder, HardDriveUpload, Search } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useLive } from '../live/window-context.tsx';
import { folderName } from '../shell/folder-name.ts';
import { closeOverlay, goTo, showDetails, useNavigation } from '../shell/navigation.ts';
import { Keys } from '../ui/keys.tsx';
import { paletteWords as words } from '../words/commands.ts';
import { type Command, commandGroups } from './command.ts';
import { scoreOf } from './match.ts';
import { rememberCommand, useRecentCommands } from './recent.ts';
import { currentCommands, isEnabled, useCommandRegistry } from './registry.ts';
import { useFoundFiles } from './use-found-files.ts';

/** Finds and runs any command, and finds files, folders and destinations by name. */
export function Palette() {
  const isOpen = useNavigation(({ overlay }) => overlay.name === 'palette');
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          aria-label={words.title}
          className="fixed start-1/2 top-[12vh] z-40 flex max-h-[70vh] w-140 max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line bg-panel text-ink shadow-pop rtl:translate-x-1/2"
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
  const groups = useCommandRegistry((registry) => registry.groups);
  const recentIds = useRecentCommands();
  const destinations = useLive((live) => live.destinations);
  const folders = useLive((live) => live.folders);
  const files = useFoundFiles(text);
  const commands = useMemo(() => currentCommands(groups).filter(isEnabled), [groups]);
  const recent = recentIds.flatMap((id) => commands.find((command) => command.id === id) ?? []);

  const choose = (run: () => void) => () => {
    closeOverlay();
    // The dialog gives the focus back first, so that what runs may take it.
    requestAnimationFrame(run);
  };
  const chooseCommand = (command: Command) =>
    choose(() => {
      rememberCommand(command.id);
      command.run();
    });

  return (
    <Cmdk
      label={words.title}
      loop
      filter={(_, search, found) => scoreOf(search, found ?? [])}
      className="flex min-h-0 flex-col"
    >
      <div className="flex items-center gap-2.5 border-line border-b px-4">
        <Search aria-hidden size={16} className="shrink-0 text-ink-3" />
        <Cmdk.Input
          value={text}
          onValueChange={setText}
          placeholder={words.placeholder}
          className="h-12 w-full bg-transparent text-lg outline-hidden"
        />
      </div>
      <Cmdk.List className="min-h-0 overflow-y-auto p-1.5">
        <Cmdk.Empty className="px-3 py-6 text-center text-ink-2">{words.nothing}</Cmdk.Empty>
        {text === '' && recent.length > 0 && (
          <Group heading={words.recent}>
            {recent.map((command) => (
              <CommandItem
                key={command.id}
                prefix="recent "
                command={command}
                onChoose={chooseCommand(command)}
              />
            ))}
          </Group>
        )}
        {commandGroups.map((group) => {
          const own = commands.filter(
            (command) => command.group === group && command.id !== 'window.palette',
          );
          if (own.length === 0) return null;
          return (
            <Group key={group} heading={group}>
              {own.map((command) => (
                <CommandItem key={command.id} command={command} onChoose={chooseCommand(command)} />
              ))}
            </Group>
          );
        })}
        {text !== '' && (
          <>
            <Group heading={words.places}>
              {destinations.map(({ destination }) => (
                <Item
                  key={destination.id}
                  value={`destination ${destination.id}`}
                  found={[destination.name, words.places]}
                  icon={<HardDriveUpload aria-hidden size={15} />}
                  onChoose={choose(() => goTo({ name: 'destinations', destinationId: destination.id }))}
                >
                  {destination.name}
                </Item>
              ))}
              {folders.map(({ folder }) => (
                <Item
                  key={folder.id}
                  value={`folder ${folder.id}`}
                  found={[folderName(folder.path), folder.path, words.places]}
                  icon={<Folder aria-hidden size={15} />}
                  onChoose={choose(() => goTo({ name: 'folders', folderId: folder.id }))}
                >
                  {folderName(folder.path)}
                </Item>
              ))}
            </Group>
            {files.length > 0 && (
              <Group heading={words.files}>
                {files.map((job) => (
                  <Item
                    key={job.id}
                    value={`file ${job.id}`}
                    // The engine has found it already: whatever was typed is part of it.
                    found={[job.name, text]}
                    icon={<FileUp aria-hidden size={15} />}
                    end={job.destinationName}
                    onChoose={choose(() => {
                      goTo({ name: 'uploads', tab: 'all' });
                      showDetails(job.id);
                    })}
                  >
                    {job.name}
                  </Item>
                ))}
              </Group>
            )}
          </>
        )}
      </Cmdk.List>
    </Cmdk>
  );
}

function Group({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <Cmdk.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-ink-3 [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Cmdk.Group>
  );
}

interface ItemProps {
  /** Its own, among all. */
  readonly value: string;
  /** By which it is found: its name, and words beside it. */
  readonly found: readonly string[];
  readonly icon?: ReactNode;
  readonly end?: ReactNode;
  onChoose(): void;
  readonly children: ReactNode;
}

function Item({ value, found, icon, end, onChoose, children }: ItemProps) {
  return (
    <Cmdk.Item
      value={value}
      keywords={[...found]}
      onSelect={onChoose}
      className="flex min-h-8.5 items-center gap-2.5 rounded-md px-2.5 py-1 data-[selected=true]:bg-accent-soft"
    >
      {icon !== undefined && <span className="text-ink-3">{icon}</span>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {end !== undefined && <span className="shrink-0 text-ink-3 text-sm">{end}</span>}
    </Cmdk.Item>
  );
}

function CommandItem({
  command,
  prefix = '',
  onChoose,
}: {
  readonly command: Command;
  readonly prefix?: string;
  onChoose(): void;
}) {
  const [keys] = command.keys ?? [];
  return (
    <Item
      value={`${prefix}${command.id}`}
      found={[command.title, command.group, command.also ?? '']}
      end={keys === undefined ? undefined : <Keys keys={keys} />}
      onChoose={onChoose}
    >
      {command.title}
    </Item>
  );
}
