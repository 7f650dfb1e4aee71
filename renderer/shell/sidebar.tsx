import { Folder, HardDriveUpload, Link2, type LucideIcon, Plus, Settings, UploadCloud } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WatchFolderView } from '#shared/ipc.ts';
import { toneOf } from '../destinations/destination-state.ts';
import { useRemovedNames } from '../live/undoable.ts';
import { useIsGone } from '../live/use-is-gone.ts';
import { useLive } from '../live/window-context.tsx';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Keys } from '../ui/keys.tsx';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { Dot, type DotTone, type Tone } from '../ui/pill.tsx';
import { wholeNumber } from '../words/plural.ts';
import { shell } from '../words/shell.ts';
import { folderName } from './folder-name.ts';
import { HoldRest } from './hold-rest.tsx';
import { Mark } from './mark.tsx';
import { addressOf, goTo, openOverlay, type Page, useNavigation } from './navigation.ts';
import { WhileRunning } from './while-running.tsx';

/** Narrow windows show its icons only. */
export function Sidebar() {
  const page = useNavigation((navigation) => navigation.page);
  const counts = useLive((live) => live.counts);
  const folders = useLive((live) => live.folders);
  const destinations = useLive((live) => live.destinations);
  const removed = useRemovedNames();
  // How folders and destinations stand is the engine's word, and is old as soon as the engine is gone.
  const isKnown = !useIsGone();
  const kept = destinations.filter(({ destination }) => !removed.has(`destination ${destination.id}`));
  const hasOwn = kept.some(({ destination }) => !destination.isDemo);
  // Who has services of their own needs the demo ones no more, but for one that is held: its files wait, and the status bar tells of it.
  const shown = kept.filter(({ destination, hold }) => !hasOwn || !destination.isDemo || hold !== null);
  const open = counts.byTab.active + counts.byTab.waiting + counts.byTab.needsYou + counts.byTab.failed;
  const settled = folders.filter(
    ({ folder }) => folder.isTemporary !== true && !removed.has(`folder ${folder.id}`),
  );
  const folderId = page.name === 'folders' ? page.folderId : undefined;
  const destinationId = page.name === 'destinations' ? page.destinationId : undefined;
  return (
    <nav
      aria-label={shell.navigation}
      className="flex min-h-0 flex-col gap-0.5 overflow-x-hidden overflow-y-auto border-line border-e bg-side px-2.5 pt-3.5 pb-2.5"
    >
      <div className="flex items-center gap-2 px-2 pb-3.5 text-lg font-semibold tracking-tight max-[50rem]:px-0.5">
        <Mark />
        <span className="max-[50rem]:hidden">Hoist</span>
      </div>
      <NavItem
        icon={UploadCloud}
        to={{ name: 'uploads', tab: 'all' }}
        isOn={page.name === 'uploads'}
        count={open}
      >
        {shell.uploads}
      </NavItem>
      <NavItem icon={Link2} to={{ name: 'links' }} isOn={page.name === 'links'} count={counts.byTab.done}>
        {shell.links}
      </NavItem>

      <GroupHead
        label={shell.watchFolders}
        page={{ name: 'folders' }}
        add={shell.addFolder}
        icon={Folder}
        mark={markOf(
          page.name === 'folders',
          settled.some(({ folder }) => folder.id === folderId),
        )}
        onAdd={() => openOverlay({ name: 'folder', id: null })}
      />
      {settled.map((view) => (
        <NavItem
          key={view.folder.id}
          to={{ name: 'folders', folderId: view.folder.id }}
          isOn={folderId === view.folder.id}
          dot={isKnown ? toneOfFolder(view) : 'unknown'}
          end={isKnown ? wordOfFolder(view) : undefined}
        >
          {folderName(view.folder.path)}
        </NavItem>
      ))}

      <GroupHead
        label={shell.destinations}
        page={{ name: 'destinations' }}
        add={shell.addDestination}
        icon={HardDriveUpload}
        mark={markOf(
          page.name === 'destinations',
          shown.some(({ destination }) => destination.id === destinationId),
        )}
        onAdd={() => openOverlay({ name: 'destination', id: null })}
      />
      {shown.map((view) => (
        <NavItem
          key={view.destination.id}
          to={{ name: 'destinations', destinationId: view.destination.id }}
          isOn={destinationId === view.destination.id}
          dot={isKnown ? toneOf(view) : 'unknown'}
          end={isKnown ? <HoldRest hold={view.hold} /> : undefined}
        >
          {view.destination.name}
        </NavItem>
      ))}

      <div className="mt-auto pt-3">
        <NavItem
          icon={Settings}
          to={{ name: 'settings' }}
          isOn={page.name === 'settings'}
          end={<Keys keys="Mod+Comma" />}
        >
          {shell.settings}
        </NavItem>
      </div>
    </nav>
  );
}

/** `page`: it is what is looked at; `part`: one of its entries is, which narrow windows do not show. */
type GroupMark = 'page' | 'part' | null;
const markOf = (isPage: boolean, isPart: boolean): GroupMark => (isPart ? 'part' : isPage ? 'page' : null);

const groupMarks: Readonly<Record<'page' | 'part', string>> = {
  page: 'bg-raised',
  part: 'max-[50rem]:bg-raised',
};

function GroupHead(props: {
  readonly label: string;
  readonly add: string;
  readonly page: Page;
  readonly icon: LucideIcon;
  readonly mark: GroupMark;
  onAdd(): void;
}) {
  const { label, add, page, icon: Icon, mark, onAdd } = props;
  return (
    <div
      className={classNames(
        'mt-2.5 flex min-h-8 items-center rounded-md pe-1 max-[50rem]:pe-0',
        mark !== null && groupMarks[mark],
      )}
    >
      <a
        href={addressOf(page)}
        aria-label={label}
        aria-current={mark === 'page' ? 'page' : mark === 'part' ? 'true' : undefined}
        onClick={(event) => {
          event.preventDefault();
          goTo(page);
        }}
        className={classNames(
          'flex-1 rounded-md px-2 py-1.5 text-xs font-semibold no-underline hover:text-ink max-[50rem]:flex max-[50rem]:justify-center max-[50rem]:px-0',
          mark === 'page' ? 'text-ink' : 'text-ink-3',
          mark === 'part' && 'max-[50rem]:text-ink',
        )}
      >
        <span className="max-[50rem]:hidden">{label}</span>
        <Icon aria-hidden size={16} className="hidden max-[50rem]:block" />
      </a>
      <span className="max-[50rem]:hidden">
        <WhileRunning>
          <IconButton label={add} icon={Plus} onClick={onAdd} className="size-6" />
        </WhileRunning>
      </span>
    </div>
  );
}

interface NavItemProps {
  readonly to: Page;
  readonly isOn: boolean;
  readonly icon?: LucideIcon;
  readonly dot?: DotTone;
  readonly count?: number;
  readonly end?: ReactNode;
  readonly children: string;
}

function NavItem({ to, isOn, icon: Icon, dot, count = 0, end, children }: NavItemProps) {
  return (
    <a
      href={addressOf(to)}
      aria-current={isOn ? 'page' : undefined}
      onClick={(event) => {
        event.preventDefault();
        goTo(to);
      }}
      className={classNames(
        'flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1 text-ink-2 no-underline hover:bg-hover max-[50rem]:justify-center max-[50rem]:px-0',
        isOn && 'bg-raised font-medium text-ink',
        dot !== undefined && 'max-[50rem]:hidden',
      )}
    >
      {Icon !== undefined && <Icon aria-hidden size={16} className="shrink-0" />}
      {dot !== undefined && <Dot tone={dot} />}
      <span className="min-w-0 flex-1 max-[50rem]:sr-only">
        <MiddleCut text={children} />
      </span>
      {count > 0 && (
        <span className="text-sm text-ink-3 tabular-nums max-[50rem]:hidden">{wholeNumber(count)}</span>
      )}
      {end !== undefined && <span className="text-xs text-ink-3 max-[50rem]:hidden">{end}</span>}
    </a>
  );
}

function toneOfFolder({ health }: WatchFolderView): Tone {
  if (health.state === 'paused') return 'neutral';
  if (health.state === 'watching' || health.state === 'scanning')
    return health.reason === null ? 'ok' : 'warn';
  return 'warn';
}

function wordOfFolder({ health }: WatchFolderView): string | undefined {
  if (health.state === 'watching') return health.settling > 0 ? wholeNumber(health.settling) : undefined;
  return shell.watching[health.state];
}
