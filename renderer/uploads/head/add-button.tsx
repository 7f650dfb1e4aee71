import { ChevronDown, FolderPlus, HardDriveUpload, Plus, Upload } from 'lucide-react';
import { useMemo } from 'react';
import { useLive } from '../../live/window-context.tsx';
import { placeOf } from '../../shell/drop/place.ts';
import { openOverlay } from '../../shell/navigation.ts';
import { Button } from '../../ui/button.tsx';
import { ActionMenu, type MenuEntry } from '../../ui/menu.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { uploadsWords as words } from '../../words/uploads.ts';
import { offeredDestinations, targetDestination } from '../add-files.ts';
import { useFilePicker } from './file-picker.tsx';

/** Adds files to where they usually go; its menu leads to the other places. */
export function AddButton() {
  const { pick } = useFilePicker();
  const destinations = useLive((live) => live.destinations);
  const settings = useLive((live) => live.settings);
  const target = targetDestination({ destinations, settings });
  const entries = useMemo<readonly MenuEntry[]>(
    () => [
      ...offeredDestinations({ destinations }).map((view) => ({
        kind: 'action' as const,
        label: words.addFilesTo(placeOf(view)),
        icon: Upload,
        run: () => pick('files', view.destination.id),
      })),
      { kind: 'separator' },
      { kind: 'action', label: words.addFolder, icon: FolderPlus, run: () => pick('folder') },
      {
        kind: 'action',
        label: words.addDestination,
        icon: HardDriveUpload,
        run: () => openOverlay({ name: 'destination', id: null }),
      },
    ],
    [destinations, pick],
  );
  return (
    <div className="flex">
      <Tooltip text={target === null ? words.addFiles : words.addFilesTo(placeOf(target))} keys="Mod+O">
        <Button tone="primary" icon={Plus} onClick={() => pick('files')} className="rounded-e-none">
          {words.addFiles}
        </Button>
      </Tooltip>
      <ActionMenu entries={entries}>
        <Button
          tone="primary"
          aria-label={words.target(target === null ? '' : placeOf(target))}
          className="ms-px max-w-40 rounded-s-none px-2 font-normal"
        >
          <span className="truncate @max-[40rem]:hidden">{target?.destination.name}</span>
          <ChevronDown aria-hidden size={14} className="shrink-0" />
        </Button>
      </ActionMenu>
    </div>
  );
}
