import { ContextMenu as BaseContext } from '@base-ui/react/context-menu';
import { Menu as Base } from '@base-ui/react/menu';
import { Check, ChevronRight, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { classNames } from './class-names.ts';
import { Keys } from './keys.tsx';

export type MenuEntry =
  | {
      readonly kind: 'action';
      readonly label: string;
      readonly icon?: LucideIcon | undefined;
      readonly keys?: string | undefined;
      readonly isDanger?: boolean;
      readonly isDisabled?: boolean;
      run(): void;
    }
  | {
      readonly kind: 'check';
      readonly label: string;
      readonly isChecked: boolean;
      /** Why it makes no difference now, though it is checked. */
      readonly note?: string | undefined;
      toggle(isChecked: boolean): void;
    }
  | {
      readonly kind: 'submenu';
      readonly label: string;
      readonly icon?: LucideIcon | undefined;
      readonly entries: readonly MenuEntry[];
    }
  /** Entries under one title. */
  | { readonly kind: 'group'; readonly label: string; readonly entries: readonly MenuEntry[] }
  | { readonly kind: 'separator' };

const popup =
  'min-w-48 rounded-lg border border-line bg-panel py-1 text-ink shadow-pop outline-hidden max-h-(--available-height) overflow-y-auto';
const item =
  'mx-1 flex select-none items-center gap-2.5 rounded-md px-2 py-1.5 outline-hidden data-disabled:opacity-45 data-highlighted:bg-accent-soft data-popup-open:bg-accent-soft';

/** A button's menu. `children` is the button. */
export function ActionMenu({
  entries,
  children,
}: {
  readonly entries: readonly MenuEntry[];
  readonly children: ReactElement;
}) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="end" className="z-50 outline-hidden">
          <Base.Popup className={popup}>
            <Entries entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** The same entries on right click (and the menu key) over `children`, one element. */
export function RightClickMenu({
  entries,
  onOpen,
  children,
}: {
  readonly entries: readonly MenuEntry[];
  readonly onOpen?: () => void;
  readonly children: ReactElement;
}) {
  return (
    <BaseContext.Root onOpenChange={(isOpen) => isOpen && onOpen?.()}>
      <BaseContext.Trigger render={children} />
      <BaseContext.Portal>
        <BaseContext.Positioner className="z-50 outline-hidden">
          <BaseContext.Popup className={popup}>
            <Entries entries={entries} />
          </BaseContext.Popup>
        </BaseContext.Positioner>
      </BaseContext.Portal>
    </BaseContext.Root>
  );
}

/** Where a floating menu stands: beside an element, or at a point of the window. */
export type MenuAnchor = Element | { readonly x: number; readonly y: number };

/** A menu without a trigger of its own, for lists whose many rows share one. `anchor` null: closed. */
export function FloatingMenu({
  entries,
  anchor,
  returnTo,
  onClose,
}: {
  readonly entries: readonly MenuEntry[];
  readonly anchor: MenuAnchor | null;
  /** What gets the focus back. */
  returnTo(): HTMLElement | null;
  onClose(): void;
}) {
  return (
    <Base.Root open={anchor !== null} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Base.Portal>
        <Base.Positioner
          anchor={anchor instanceof Element ? anchor : anchor === null ? null : atPoint(anchor)}
          align={anchor instanceof Element ? 'end' : 'start'}
          sideOffset={anchor instanceof Element ? 4 : 0}
          // At a point there is nothing that it must not cover: it moves up rather than being cut.
          {...(anchor instanceof Element ? {} : { collisionAvoidance: { side: 'shift' } })}
          className="z-50 outline-hidden"
        >
          <Base.Popup className={popup} finalFocus={() => returnTo() ?? true}>
            <Entries entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

const atPoint = ({ x, y }: { readonly x: number; readonly y: number }) => ({
  getBoundingClientRect: () => new DOMRect(x, y, 0, 0),
});

function Entries({ entries }: { readonly entries: readonly MenuEntry[] }) {
  return entries.map((entry, index) => (
    // The list of one opening does not change its order.
    <Entry key={entry.kind === 'separator' ? index : entry.label} entry={entry} />
  ));
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  switch (entry.kind) {
    case 'separator':
      return <Base.Separator className="mx-2 my-1 h-px bg-line" />;
    case 'group':
      return (
        <Base.Group>
          <Base.GroupLabel className="px-3 pt-1.5 pb-1 font-semibold text-ink-3 text-xs">
            {entry.label}
          </Base.GroupLabel>
          <Entries entries={entry.entries} />
        </Base.Group>
      );
    case 'check':
      return (
        <Base.CheckboxItem checked={entry.isChecked} onCheckedChange={entry.toggle} className={item}>
          <span className="flex w-4">
            <Base.CheckboxItemIndicator className="flex">
              <Check aria-hidden size={15} />
            </Base.CheckboxItemIndicator>
          </span>
          <span className="flex-1">{entry.label}</span>
          {entry.note !== undefined && <span className="text-ink-3 text-xs">{entry.note}</span>}
        </Base.CheckboxItem>
      );
    case 'submenu':
      return (
        <Base.SubmenuRoot>
          <Base.SubmenuTrigger className={item}>
            <EntryIcon icon={entry.icon} />
            <span className="flex-1">{entry.label}</span>
            <ChevronRight aria-hidden size={14} className="text-ink-3 rtl:rotate-180" />
          </Base.SubmenuTrigger>
          <Base.Portal>
            <Base.Positioner className="z-50 outline-hidden">
              <Base.Popup className={popup}>
                <Entries entries={entry.entries} />
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.SubmenuRoot>
      );
    case 'action':
      return (
        <Base.Item
          disabled={entry.isDisabled ?? false}
          onClick={entry.run}
          className={classNames(item, entry.isDanger === true && 'text-bad')}
        >
          <EntryIcon icon={entry.icon} />
          <span className="flex-1">{entry.label}</span>
          {entry.keys !== undefined && <Keys keys={entry.keys} />}
        </Base.Item>
      );
  }
}

function EntryIcon({ icon: Icon }: { readonly icon: LucideIcon | undefined }) {
  return <span className="flex w-4 text-ink-3">{Icon !== undefined && <Icon aria-hidden size={15} />}</span>;
}
