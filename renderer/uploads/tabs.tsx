import { Tabs as Base } from '@base-ui/react/tabs';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLive } from '../live/window-context.tsx';
import { goTo, narrow, type TabName, tabNames, useNavigation } from '../shell/navigation.ts';
import { classNames } from '../ui/class-names.ts';
import { watchWidth } from '../ui/watch-width.ts';
import { wholeNumber } from '../words/plural.ts';
import { uploadsWords as words } from '../words/uploads.ts';

const tones: Partial<Readonly<Record<TabName, string>>> = {
  needsYou: 'bg-warn-soft text-warn',
  failed: 'bg-bad-soft text-bad',
};

/** Shows another tab of the same narrowed list. */
export function showTab(tab: TabName): void {
  const { narrowing } = useNavigation.getState();
  goTo({ name: 'uploads', tab });
  narrow(narrowing);
}

/** The queue by what becomes of its jobs. A tab stays where it is when it gets empty. */
export function Tabs({ tab, children }: { readonly tab: TabName; readonly children: ReactNode }) {
  const byTab = useLive((live) => live.counts.byTab);
  const all = useLive((live) => live.counts.all);
  const chosen = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: narrow windows have no room for all tabs; the chosen one is seen.
  useEffect(() => {
    const strip = chosen.current?.parentElement ?? null;
    if (strip === null) return;
    // Now, and when details beside the list leave it less room.
    return watchWidth(strip, () => {
      void chosen.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
  }, [tab]);
  return (
    <Base.Root
      value={tab}
      onValueChange={(next) => {
        const known = tabNames.find((name) => name === next);
        if (known !== undefined && known !== tab) showTab(known);
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="@container shrink-0">
        <Base.List
          aria-label={words.tabsLabel}
          className="flex gap-0.5 @max-[33.5rem]:gap-0 overflow-x-auto border-line border-b px-3.5 [scrollbar-width:none]"
        >
          {tabNames.map((name) => {
            const count = name === 'all' ? all : byTab[name];
            return (
              <Base.Tab
                key={name}
                ref={name === tab ? chosen : null}
                value={name}
                className="flex h-9 shrink-0 select-none items-center gap-1.5 rounded-t-md border-transparent border-b-2 px-2.25 text-ink-2 @max-[37rem]:gap-1 @max-[37rem]:px-1.5 @max-[33.5rem]:px-1 -outline-offset-2 hover:text-ink data-active:border-accent data-active:font-medium data-active:text-ink"
              >
                {words.tabs[name]}
                <span
                  className={classNames(
                    // As wide for none as for 99: the tabs stand still while files come and go.
                    'min-w-[calc(2ch+0.75rem)] rounded-full px-1.5 text-center text-xs font-medium leading-4.5 tabular-nums @max-[33.5rem]:min-w-4.5 @max-[33.5rem]:px-1',
                    count === 0 ? 'text-ink-3' : (tones[name] ?? 'bg-mute text-ink-2'),
                  )}
                >
                  {wholeNumber(count)}
                </span>
              </Base.Tab>
            );
          })}
        </Base.List>
      </div>
      <Base.Panel value={tab} tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-hidden">
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
