import { FolderCheck, FolderPlus, FolderX } from 'lucide-react';
import type { WatchFolderView } from '#shared/ipc.ts';
import { stateOf } from '../folders/folder-state.ts';
import { useLive } from '../live/window-context.tsx';
import { openOverlay } from '../shell/navigation.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { firstRunWords as words } from '../words/first-run.ts';
import { StepHead } from './step-head.tsx';

/** The dialog with the dry run is the one that every folder is added with. */
export function PickFolder({ onDone }: { onDone(): void }) {
  const folders = useLive((live) => live.folders);
  return (
    <>
      <StepHead
        title={folders.length === 0 ? words.folderTitle : words.folderMoreTitle}
        text={words.folderText}
      />
      <div className="mx-auto flex w-full max-w-120 flex-col items-stretch gap-3">
        {folders.map((view) => (
          <PickedFolder key={view.folder.id} view={view} />
        ))}
        <div className="mt-2 flex flex-wrap justify-center gap-2">
          <Button
            tone={folders.length === 0 ? 'primary' : 'plain'}
            icon={FolderPlus}
            onClick={() => openOverlay({ name: 'folder', id: null })}
          >
            {folders.length === 0 ? words.chooseFolder : words.chooseAnother}
          </Button>
          <Button tone={folders.length === 0 ? 'plain' : 'primary'} onClick={onDone}>
            {folders.length === 0 ? words.withoutFolder : words.next}
          </Button>
        </div>
      </div>
    </>
  );
}

/** A folder may be gone by now, or its card not in the reader. */
function PickedFolder({ view }: { readonly view: WatchFolderView }) {
  const { path } = view.folder;
  const { tone, word } = stateOf(view);
  const isFine = tone === 'ok' || tone === 'accent';
  const Icon = isFine ? FolderCheck : FolderX;
  return (
    <p
      className={classNames(
        'm-0 flex items-center gap-2.5 rounded-lg px-3.5 py-2.5',
        isFine ? 'bg-ok-soft text-ok' : 'bg-warn-soft text-warn',
      )}
    >
      <Icon aria-hidden size={17} className="shrink-0" />
      <span className="min-w-0 break-words">
        {isFine ? words.watching(path) : words.notWatching(path, word)}
      </span>
    </p>
  );
}
