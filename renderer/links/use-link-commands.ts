import { type RefObject, useMemo, useRef } from 'react';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { useLive } from '../live/window-context.tsx';
import { linkWords as words } from '../words/links.ts';
import { formatChoices } from './copy-link.ts';
import type { Links } from './links-context.tsx';
import { setViewMode } from './view-mode.ts';

interface Parts {
  readonly links: Links;
  readonly searchField: RefObject<HTMLInputElement | null>;
  readonly copyAs: RefObject<HTMLButtonElement | null>;
}

/** What the links page adds to the palette and the keys. */
export function useLinkCommands({ links, searchField, copyAs }: Parts): void {
  const template = useLive((live) => live.settings?.linkTemplate ?? null);
  const latest = useRef(links);
  latest.current = links;

  const commands = useMemo<readonly Command[]>(() => {
    const now = () => latest.current;
    const isAnySelected = () => now().selected > 0;
    // Words that were marked with the pointer are what a person wants to copy then.
    const isNoTextMarked = () => window.getSelection()?.isCollapsed !== false;
    return [
      {
        id: 'links.search',
        title: words.findLink,
        group: 'Links',
        keys: ['Mod+F'],
        run: () => searchField.current?.select(),
      },
      {
        id: 'links.copy',
        title: words.copySelected,
        group: 'Selection',
        keys: ['Mod+C'],
        isEnabled: () => isAnySelected() && isNoTextMarked(),
        run: () => now().doings.copy(),
      },
      {
        id: 'links.copy-as',
        title: words.copySelectedAsAny,
        group: 'Selection',
        keys: ['Mod+Shift+C'],
        isEnabled: isAnySelected,
        run: () => copyAs.current?.click(),
      },
      ...formatChoices({ linkTemplate: template }).map(
        ({ label, format }): Command => ({
          id: `links.copy-as-${typeof format === 'object' ? 'template' : format}`,
          title: words.copySelectedAs(label),
          group: 'Selection',
          isEnabled: isAnySelected,
          run: () => now().doings.copy(format),
        }),
      ),
      {
        id: 'links.template',
        title: words.ownTemplate,
        group: 'Links',
        run: () => now().doings.editTemplate(null),
      },
      {
        id: 'links.select-all',
        title: words.selectAll,
        group: 'Selection',
        keys: ['Mod+A'],
        isEnabled: () => (now().rows.total ?? 0) > 0,
        run: () => now().selection.chooseAll(),
      },
      {
        id: 'links.clear-selection',
        title: words.clearSelection,
        group: 'Selection',
        keys: ['Escape'],
        isEnabled: isAnySelected,
        run: () => now().selection.clear(),
      },
      {
        id: 'links.remove',
        title: words.removeSelected,
        group: 'Selection',
        keys: ['Delete'],
        isEnabled: isAnySelected,
        run: () => now().doings.remove(),
      },
      { id: 'links.as-cards', title: words.showAsCards, group: 'Links', run: () => setViewMode('cards') },
      { id: 'links.as-list', title: words.showAsList, group: 'Links', run: () => setViewMode('list') },
    ];
  }, [template, searchField, copyAs]);
  useCommands(commands);
}
