import { FolderCheck, FolderPlus } from 'lucide-react';
import { useLive } from '../live/window-context.tsx';
import { openOverlay } from '../shell/navigation.ts';
import { Button } from '../ui/button.tsx';
import { firstRunWords as words } from '../words/first-run.ts';
import { StepHead } from './step-head.tsx';

/** The dialog with the dry run is the one that every folder is added with. */
export function PickFolder({ onDone }: { onDone(): void }) {
  const folders = useLive((live) => live.folders);
  return (
    <>
      <StepHead title={words.folderTitle} text={words.folderText} />
      <div className="mx-auto flex w-full max-w-120 flex-col items-stretch gap-3">
        {folders.map(({ folder }) => (
          <p
            key={folder.id}
            className="m-0 flex items-center gap-2.5 rounded-lg bg-ok-soft px-3.5 py-2.5 text-ok"
          >
            <FolderCheck aria-hidden size={17} className="shrink-0" />
            <span className="min-w-0 break-words">{words.watching(folder.path)}</span>
          </p>
        ))}
        <div className="flex flex-wrap justify-center gap-2">
          <Button
            tone={folders.length === 0 ? 'primary' : 'plain'}
            icon={FolderPlus}
            onClick={() => openOverlay({ name: 'folder', id: null })}
          >
            {words.chooseFolder}
          </Button>
          <Button tone={folders.length === 0 ? 'plain' : 'primary'} onClick={onDone}>
            {folders.length === 0 ? words.withoutFolder : words.next}
          </Button>
        </div>
      </div>
    </>
  );
}
