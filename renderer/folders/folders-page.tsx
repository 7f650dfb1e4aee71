import { FolderPlus, Plus, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { WatchFolderView } from '#shared/ipc.ts';
import { useRemovedNames } from '../live/undoable.ts';
import { useLive, useWindow } from '../live/window-context.tsx';
import { Marked } from '../shell/marked.tsx';
import { openOverlay, useNavigation } from '../shell/navigation.ts';
import { PageHead } from '../shell/page-head.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { folderWords as words } from '../words/folders.ts';
import { FolderCard } from './folder-card.tsx';
import { scanAll } from './scan-folder.ts';

const add = () => openOverlay({ name: 'folder', id: null });

/** The watch folders, each on a card. */
export function FoldersPage() {
  const folders = useLive((live) => live.folders);
  const removed = useRemovedNames();
  const page = useNavigation((navigation) => navigation.page);
  const marked = page.name === 'folders' ? page.folderId : undefined;
  const shown = folders.filter(
    ({ folder }) => folder.isTemporary !== true && !removed.has(`folder ${folder.id}`),
  );
  return (
    <>
      <PageHead title={words.title}>
        {shown.length > 1 && <ScanAll views={shown} />}
        <Button tone="primary" icon={Plus} onClick={add}>
          {words.add}
        </Button>
      </PageHead>
      <div className="min-h-0 flex-1 border-line border-t">
        <div className="scroll-edges relative h-full overflow-y-auto px-4.5 py-4">
          {shown.length === 0 ? (
            <EmptyState icon={FolderPlus} title={words.empty} text={words.emptyText}>
              <Button onClick={add}>{words.add}</Button>
            </EmptyState>
          ) : (
            <div className="grid grid-cols-[repeat(auto-fill,minmax(min(28rem,100%),1fr))] gap-3">
              {shown.map((view) => (
                <Marked key={view.folder.id} isMarked={view.folder.id === marked}>
                  <FolderCard view={view} />
                </Marked>
              ))}
            </div>
          )}
        </div>
      </div>
    </>
  );
}

function ScanAll({ views }: { readonly views: readonly WatchFolderView[] }) {
  const { api } = useWindow();
  const [isScanning, setIsScanning] = useState(false);
  const scan = async () => {
    setIsScanning(true);
    await scanAll(api, views);
    setIsScanning(false);
  };
  return (
    <Button icon={RefreshCw} onClick={() => void scan()} disabled={isScanning} focusableWhenDisabled>
      {isScanning ? words.scanning : words.scanAll}
    </Button>
  );
}
