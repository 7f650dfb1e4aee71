import {
  CircleCheckBig,
  CloudUpload,
  FolderPlus,
  ListFilter,
  type LucideIcon,
  Plus,
  SearchX,
} from 'lucide-react';
import { useMemo } from 'react';
import { defaultFormat } from '../links/copy-link.ts';
import { useCounts } from '../live/use-counts.ts';
import { useLive, useWindow } from '../live/window-context.tsx';
import { goTo, narrow, noNarrowing, openOverlay, type TabName, useNavigation } from '../shell/navigation.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { common } from '../words/common.ts';
import { startOfWorkday } from '../words/times.ts';
import { uploadsWords } from '../words/uploads.ts';
import { emptyKind } from './empty-kind.ts';
import { useFilePicker } from './head/file-picker.tsx';
import { useCoarseNow } from './list/use-coarse-now.ts';
import { copyChosen } from './run-bulk.ts';
import { everythingSelected } from './selection.ts';

const words = uploadsWords.empty;

/** Why there are no rows, and what leads on. */
export function EmptyList({ tab }: { readonly tab: TabName }) {
  const context = useWindow();
  const { pick } = useFilePicker();
  const narrowing = useNavigation((navigation) => navigation.narrowing);
  const counts = useLive((live) => live.counts);
  const today = startOfWorkday(useCoarseNow());
  const todayFilter = useMemo(() => ({ tab: 'done' as const, completedAfter: today }), [today]);
  const doneToday = useCounts(todayFilter)?.all ?? 0;
  const { active, waiting } = counts.byTab;
  const kind = emptyKind(tab, narrowing, { all: counts.all, open: active + waiting, doneToday });

  switch (kind) {
    case 'nothing':
      return (
        <EmptyState icon={CloudUpload} title={words.nothing} text={words.nothingText}>
          <Button tone="primary" icon={Plus} onClick={() => pick('files')}>
            {uploadsWords.addFiles}
          </Button>
          <Button icon={FolderPlus} onClick={() => openOverlay({ name: 'folder', id: null })}>
            {uploadsWords.watchFolder}
          </Button>
        </EmptyState>
      );
    case 'search':
      return (
        <Way
          icon={SearchX}
          title={words.noMatch(narrowing.search.trim())}
          text={words.noMatchText}
          label={common.clearSearch}
          onGo={() => narrow({ search: '' })}
        />
      );
    case 'narrowed':
      return (
        <Way
          icon={ListFilter}
          title={words.noneInTab[tab]}
          text={words.noneNarrowed}
          label={words.showAll}
          onGo={() => narrow(noNarrowing)}
        />
      );
    case 'tab':
      return (
        <Way
          icon={ListFilter}
          title={words.noneInTab[tab]}
          text={words.noneText}
          label={words.showAll}
          onGo={() => goTo({ name: 'uploads', tab: 'all' })}
        />
      );
    case 'all-done':
      return (
        <Way
          icon={CircleCheckBig}
          title={words.quiet}
          text={words.uploadedToday(doneToday)}
          label={words.copyAll}
          onGo={() =>
            void copyChosen(
              context,
              { selection: everythingSelected, filter: todayFilter },
              defaultFormat(context.live.getState().settings),
            )
          }
        />
      );
  }
}

function Way({
  icon,
  title,
  text,
  label,
  onGo,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly label: string;
  onGo(): void;
}) {
  return (
    <EmptyState icon={icon} title={title} text={text}>
      <Button onClick={onGo}>{label}</Button>
    </EmptyState>
  );
}
