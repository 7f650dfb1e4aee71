import { SlidersHorizontal } from 'lucide-react';
import { attempt } from '../../live/attempt.ts';
import { useLive, useWindow } from '../../live/window-context.tsx';
import { useNavigation } from '../../shell/navigation.ts';
import { IconButton } from '../../ui/button.tsx';
import { ActionMenu, type MenuEntry } from '../../ui/menu.tsx';
import { uploadsWords as words } from '../../words/uploads.ts';
import { columnWord } from '../list/column-words.ts';
import { hideableColumns } from '../list/columns.ts';
import { whenOf } from '../list-query.ts';
import { useLeftOutColumns } from '../list-state.ts';
import { showColumn, useViewOptions } from '../view-options.ts';

/** Density and columns of the list. */
export function ViewMenu() {
  const { api } = useWindow();
  const density = useLive(({ settings }) => settings?.density ?? 'comfortable');
  const hidden = useViewOptions((options) => options.hidden);
  const when = useNavigation(({ page }) => whenOf(page.name === 'uploads' ? page.tab : 'all'));
  const leftOut = useLeftOutColumns(({ columns }) => columns);
  const entries: readonly MenuEntry[] = [
    {
      kind: 'check',
      label: words.view.compact,
      isChecked: density === 'compact',
      toggle: (isOn) => void attempt(api.updateSettings({ density: isOn ? 'compact' : 'comfortable' })),
    },
    { kind: 'separator' },
    {
      kind: 'group',
      label: words.view.columns,
      entries: hideableColumns.map((column) => ({
        kind: 'check',
        label: columnWord(column, when),
        isChecked: !hidden.includes(column),
        note: leftOut.includes(column) ? words.view.noRoom : undefined,
        toggle: (isShown) => showColumn(column, isShown),
      })),
    },
  ];
  return (
    <ActionMenu entries={entries}>
      <IconButton label={words.view.label} icon={SlidersHorizontal} className="size-7.5" />
    </ActionMenu>
  );
}
