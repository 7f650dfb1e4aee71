import { Folder, HardDriveUpload, Link2, Settings, UploadCloud } from 'lucide-react';
import type { DestinationView, WatchFolderView } from '#shared/ipc.ts';
import { toneOf, troubleOf } from '../destinations/destination-state.ts';
import { stateOf as folderStateOf } from '../folders/folder-state.ts';
import { useRemovedNames } from '../live/undoable.ts';
import { useIsGone } from '../live/use-is-gone.ts';
import { useLive } from '../live/window-context.tsx';
import { classNames } from '../ui/class-names.ts';
import { Keys } from '../ui/keys.tsx';
import type { Tone } from '../ui/pill.tsx';
import { wholeNumber } from '../words/plural.ts';
import { shell } from '../words/shell.ts';
import { folderName } from './folder-name.ts';
import { GroupHead, type GroupMark } from './group-head.tsx';
import { HoldRest } from './hold-rest.tsx';
import { Mark } from './mark.tsx';
import { NavItem } from './nav-item.tsx';
import { addressOf, goTo, openOverlay, useNavigation } from './navigation.ts';
import { inDoubt, listed } from './sidebar-destinations.ts';
import { type Standing, troubleAmong } from './sidebar-trouble.ts';
import { useTroubled } from './use-troubled.ts';

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
  const shown = listed(kept, useTroubled(inDoubt(kept)));
  const { active, waiting, needsYou, failed, done } = counts.byTab;
  const open = active + waiting + needsYou + failed;
  const openTone = needsYou + failed > 0 ? 'warn' : 'accent';
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
      <div className="flex items-center gap-2 px-2 pb-3.5 text-lg font-semibold tracking-tight max-[50rem]:justify-center max-[50rem]:px-0">
        <Mark />
        <span className="max-[50rem]:hidden">Hoist</span>
      </div>
      <NavItem
        icon={UploadCloud}
        to={{ name: 'uploads', tab: 'all' }}
        isOn={page.name === 'uploads'}
        text={open > 0 ? shell.open(counts.byTab) : null}
        markTone={open > 0 ? openTone : null}
        end={<Count count={open} isWarning={openTone === 'warn'} />}
      >
        {shell.uploads}
      </NavItem>
      <NavItem icon={Link2} to={{ name: 'links' }} isOn={page.name === 'links'} end={<Count count={done} />}>
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
        trouble={isKnown ? troubleAmong(settled.map(standingOfFolder)) : null}
        onAdd={() => openOverlay({ name: 'folder', id: null })}
      />
      {settled.map((view) => (
        <NavItem
          key={view.folder.id}
          to={{ name: 'folders', folderId: view.folder.id }}
          isOn={folderId === view.folder.id}
          dot={isKnown ? toneOfFolder(view) : 'unknown'}
          text={isKnown ? standingOfFolder(view).trouble : null}
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
        trouble={isKnown ? troubleAmong(shown.map(standingOfDestination)) : null}
        onAdd={() => openOverlay({ name: 'destination', id: null })}
      />
      {shown.map((view) => (
        <NavItem
          key={view.destination.id}
          to={{ name: 'destinations', destinationId: view.destination.id }}
          isOn={destinationId === view.destination.id}
          dot={isKnown ? toneOf(view) : 'unknown'}
          text={isKnown ? troubleOf(view) : null}
          end={isKnown ? <HoldRest hold={view.hold} /> : undefined}
        >
          {view.destination.name}
        </NavItem>
      ))}
      {kept.length > shown.length && (
        <a
          href={addressOf({ name: 'destinations' })}
          onClick={(event) => {
            event.preventDefault();
            goTo({ name: 'destinations' });
          }}
          className="ms-6.5 self-start rounded-sm py-1 text-ink-3 text-sm no-underline hover:underline max-[50rem]:hidden"
        >
          {shell.moreDestinations(kept.length - shown.length)}
        </a>
      )}

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

function Count({ count, isWarning = false }: { readonly count: number; readonly isWarning?: boolean }) {
  if (count === 0) return null;
  return (
    <span className={classNames('text-sm', isWarning && 'font-medium text-warn')}>{wholeNumber(count)}</span>
  );
}

const markOf = (isPage: boolean, isPart: boolean): GroupMark => (isPart ? 'part' : isPage ? 'page' : null);

function standingOfFolder(view: WatchFolderView): Standing {
  const tone = toneOfFolder(view);
  const { texts, word } = folderStateOf(view);
  return { name: folderName(view.folder.path), tone, trouble: tone === 'warn' ? (texts[0] ?? word) : null };
}

const standingOfDestination = (view: DestinationView): Standing => ({
  name: view.destination.name,
  tone: toneOf(view),
  trouble: troubleOf(view),
});

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
