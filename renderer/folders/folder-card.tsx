import {
  ArrowRight,
  CircleCheck,
  Ellipsis,
  Folder,
  FolderX,
  LoaderCircle,
  type LucideIcon,
  Pause,
  RefreshCw,
  Trash2,
  TriangleAlert,
} from 'lucide-react';
import type { WatchFolderView } from '#shared/ipc.ts';
import type { HealthName } from '#shared/watch-folder.ts';
import { attempt } from '../live/attempt.ts';
import { removeWithUndo } from '../live/undoable.ts';
import { useNow } from '../live/use-now.ts';
import { useLive, useWindow } from '../live/window-context.tsx';
import { EngineState } from '../shell/engine-state.tsx';
import { folderName } from '../shell/folder-name.ts';
import { addressOf, goTo, openOverlay } from '../shell/navigation.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ActionMenu } from '../ui/menu.tsx';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { common } from '../words/common.ts';
import { folderWords as words } from '../words/folders.ts';
import { ago, fullDate } from '../words/times.ts';
import { FolderNumbers } from './folder-numbers.tsx';
import { stateOf } from './folder-state.ts';
import { summaryOf } from './rule-summary.ts';
import { setFolderPaused, useScan } from './scan-folder.ts';
import { withSeparator } from './typed-path.ts';

const icons: Readonly<Record<HealthName, LucideIcon>> = {
  watching: CircleCheck,
  polling: RefreshCw,
  scanning: LoaderCircle,
  offline: FolderX,
  paused: Pause,
  unreliable: TriangleAlert,
};

/** One watch folder: where it leads, what its rules do, how it stands, and what can be done. */
export function FolderCard({ view }: { readonly view: WatchFolderView }) {
  const { folder, health } = view;
  const { api } = useWindow();
  const now = useNow();
  const { scan, start } = useScan(view);
  const state = stateOf(view);
  const isScanning = scan?.name === 'running' || health.state === 'scanning';
  const remove = () =>
    removeWithUndo({
      name: `folder ${folder.id}`,
      title: words.removed(folderName(folder.path)),
      text: words.removedText,
      remove: () => attempt(api.removeWatchFolder(folder.id)),
    });
  return (
    <article
      aria-label={folder.path}
      className="flex h-full flex-col gap-3 rounded-xl border border-line bg-panel p-4"
    >
      <div className="flex items-start gap-3">
        <span className="flex size-9.5 shrink-0 items-center justify-center rounded-lg bg-mute text-ink-2">
          <Folder aria-hidden size={18} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="m-0 font-semibold text-base">
            <MiddleCut text={folder.path} />
          </h2>
          <Destination id={folder.destinationId} />
        </div>
        <EngineState tone={state.tone} icon={icons[state.name]}>
          {state.word}
        </EngineState>
      </div>
      <Summary view={view} />
      {state.texts.length > 0 && (
        <p className={`m-0 text-sm break-words ${state.tone === 'warn' ? 'text-warn' : 'text-ink-2'}`}>
          {state.texts.join(' ')}
        </p>
      )}
      <FolderNumbers view={view} now={now} />
      {/* Known of this run of the engine only: where nothing is, nothing is said. */}
      <p className="m-0 flex flex-wrap gap-x-4 text-ink-3 text-sm empty:hidden">
        {health.lastEventAt !== null && <Moment label={words.lastEvent} at={health.lastEventAt} now={now} />}
        {health.lastScanAt !== null && <Moment label={words.lastScan} at={health.lastScanAt} now={now} />}
      </p>
      <div className="mt-auto flex flex-wrap items-center gap-x-1.5 gap-y-2 pt-1">
        <Button onClick={() => void setFolderPaused(api, folder.id, !folder.isPaused)}>
          {folder.isPaused ? words.resume : words.pause}
        </Button>
        <Button onClick={start} disabled={isScanning} focusableWhenDisabled>
          {isScanning ? words.scanning : words.scan}
        </Button>
        <Button onClick={() => openOverlay({ name: 'folder', id: folder.id })}>{words.edit}</Button>
        <Button onClick={() => openOverlay({ name: 'explain', path: withSeparator(folder.path) })}>
          {words.explain}
        </Button>
        <span className="ms-auto">
          <ActionMenu
            entries={[{ kind: 'action', label: words.remove, icon: Trash2, isDanger: true, run: remove }]}
          >
            <IconButton label={common.more} icon={Ellipsis} className="-me-2" />
          </ActionMenu>
        </span>
      </div>
      <p role="status" className="m-0 text-ink-2 text-sm empty:hidden">
        {scan?.name === 'ended' ? scan.text : ''}
      </p>
    </article>
  );
}

function Destination({ id }: { readonly id: string }) {
  const name = useLive(
    ({ destinations }) =>
      destinations.find(({ destination }) => destination.id === id)?.destination.name ?? null,
  );
  const page = { name: 'destinations', destinationId: id } as const;
  return (
    <p className="m-0 flex min-w-0 items-center gap-1 text-ink-3 text-sm">
      <ArrowRight aria-hidden size={12} className="shrink-0 rtl:rotate-180" />
      <span className="sr-only">{words.leadsTo} </span>
      {name === null ? (
        words.goneDestination
      ) : (
        <a
          href={addressOf(page)}
          onClick={(event) => {
            event.preventDefault();
            goTo(page);
          }}
          className="min-w-0 truncate rounded-sm text-ink-2 underline-offset-2 hover:underline"
        >
          {name}
        </a>
      )}
    </p>
  );
}

function Summary({ view }: { readonly view: WatchFolderView }) {
  const pieces = summaryOf(view.folder);
  return (
    <p className="m-0 text-ink-2 break-words">
      {pieces.map((piece, index) =>
        piece.isCode ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence have no other name.
          <code key={index} dir="auto" className="rounded-sm bg-mute px-1 font-mono text-[0.9em] text-ink">
            {piece.text}
          </code>
        ) : (
          piece.text
        ),
      )}
    </p>
  );
}

interface MomentProps {
  readonly label: string;
  readonly at: number;
  readonly now: number;
}

function Moment({ label, at, now }: MomentProps) {
  return (
    <span>
      {label}{' '}
      <time dateTime={new Date(at).toISOString()} title={fullDate(at)} className="text-ink-2">
        {ago(at, now)}
      </time>
    </span>
  );
}
