import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { Dot, type DotTone } from '../ui/pill.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { addressOf, goTo, type Page } from './navigation.ts';
import type { IconMark } from './sidebar-trouble.ts';

export interface NavItemProps {
  readonly to: Page;
  readonly isOn: boolean;
  readonly icon?: LucideIcon;
  /** How the entry stands; narrow windows show no such entries. */
  readonly dot?: DotTone;
  /** What its end stands for, in words: spoken in place of it, and shown while the pointer rests on the entry. */
  readonly text?: string | null;
  /** Stands at the icon where narrow windows leave out the end. */
  readonly markTone?: IconMark['tone'] | null;
  readonly end?: ReactNode;
  readonly children: string;
}

/** One line of the sidebar that leads to a page. */
export function NavItem(props: NavItemProps) {
  const { to, isOn, icon, dot, text = null, markTone = null, end, children } = props;
  return (
    <Tooltip text={text} side="inline-end">
      <a
        href={addressOf(to)}
        aria-current={isOn ? 'page' : undefined}
        onClick={(event) => {
          event.preventDefault();
          goTo(to);
        }}
        className={classNames(
          'flex min-h-8 items-center gap-2.5 rounded-md px-2 py-1 text-ink-2 no-underline hover:bg-hover max-[50rem]:justify-center max-[50rem]:px-0',
          isOn && 'bg-raised font-medium text-ink',
          dot !== undefined && 'max-[50rem]:hidden',
        )}
      >
        {icon !== undefined && <MarkedIcon icon={icon} tone={markTone} />}
        {dot !== undefined && <Dot tone={dot} />}
        <span className="min-w-0 flex-1 max-[50rem]:sr-only">
          <MiddleCut text={children} />
        </span>
        {end !== undefined && (
          <span
            aria-hidden={text !== null || undefined}
            className="text-ink-3 text-xs tabular-nums max-[50rem]:hidden"
          >
            {end}
          </span>
        )}
        {text !== null && <span className="sr-only">{text}</span>}
      </a>
    </Tooltip>
  );
}

/** An icon with a dot at its corner, which only narrow windows show: wider ones say the same beside it. */
export function MarkedIcon({
  icon: Icon,
  tone,
}: {
  readonly icon: LucideIcon;
  readonly tone: IconMark['tone'] | null;
}) {
  return (
    <span aria-hidden className="relative flex shrink-0">
      <Icon size={16} />
      {tone !== null && (
        <span className="absolute -end-1.5 -top-1 flex min-[50rem]:hidden">
          <Dot tone={tone} />
        </span>
      )}
    </span>
  );
}
