import { X } from 'lucide-react';
import { useLive } from '../live/window-context.tsx';
import { folderName } from '../shell/folder-name.ts';
import { narrow, useNavigation } from '../shell/navigation.ts';
import { dayOf, startOfWorkday } from '../words/times.ts';
import { uploadsWords } from '../words/uploads.ts';
import { useCoarseNow } from './list/use-coarse-now.ts';
import { isNarrowed } from './list-query.ts';

const words = uploadsWords.chips;

/** What the list is narrowed to; each can be taken away. The search is in its field, which can be emptied there. */
export function Chips() {
  const narrowing = useNavigation((navigation) => navigation.narrowing);
  const destinations = useLive((live) => live.destinations);
  const folders = useLive((live) => live.folders);
  if (!isNarrowed({ ...narrowing, search: '' })) return null;
  const { destinationId, watchFolderId, completedSince } = narrowing;
  const destination = destinations.find((view) => view.destination.id === destinationId)?.destination;
  const folder = folders.find((view) => view.folder.id === watchFolderId)?.folder;
  return (
    <ul aria-label={words.label} className="m-0 flex shrink-0 list-none flex-wrap gap-1.5 px-4.5 pt-2.5 pb-0">
      {destinationId !== null && (
        <Chip
          text={words.destination(destination?.name ?? destinationId)}
          onRemove={() => narrow({ destinationId: null })}
        />
      )}
      {watchFolderId !== null && (
        <Chip
          text={words.folder(folder === undefined ? watchFolderId : folderName(folder.path))}
          onRemove={() => narrow({ watchFolderId: null })}
        />
      )}
      {completedSince !== null && <Since at={completedSince} />}
    </ul>
  );
}

function Since({ at }: { readonly at: number }) {
  const isToday = at >= startOfWorkday(useCoarseNow());
  return (
    <Chip
      text={isToday ? words.completedToday : words.completedSince(dayOf(at))}
      onRemove={() => narrow({ completedSince: null })}
    />
  );
}

function Chip({ text, onRemove }: { readonly text: string; onRemove(): void }) {
  return (
    <li className="flex max-w-full items-center gap-1 rounded-full bg-accent-soft py-0.5 ps-2.5 pe-1 text-sm text-accent-ink">
      <span className="truncate">{text}</span>
      <button
        type="button"
        aria-label={words.remove(text)}
        title={words.remove(text)}
        onClick={onRemove}
        className="flex size-5 shrink-0 items-center justify-center rounded-full hover:bg-hover"
      >
        <X aria-hidden size={12} />
      </button>
    </li>
  );
}
