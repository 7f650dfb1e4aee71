import { type LucideIcon, Plus } from 'lucide-react';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Tooltip } from '../ui/tooltip.tsx';
import { MarkedIcon } from './nav-item.tsx';
import { addressOf, goTo, type Page } from './navigation.ts';
import type { IconMark } from './sidebar-trouble.ts';
import { WhileRunning } from './while-running.tsx';

/** `page`: it is what is looked at; `part`: one of its entries is, which narrow windows do not show. */
export type GroupMark = 'page' | 'part' | null;

const groupMarks: Readonly<Record<'page' | 'part', string>> = {
  page: 'bg-raised',
  part: 'max-[50rem]:bg-raised',
};

export interface GroupHeadProps {
  readonly label: string;
  readonly add: string;
  readonly page: Page;
  readonly icon: LucideIcon;
  readonly mark: GroupMark;
  /** What its entries say, for narrow windows, which do not show them. */
  readonly trouble: IconMark | null;
  onAdd(): void;
}

/** The line above the folders or the destinations of the sidebar; in narrow windows it stands for all of them. */
export function GroupHead({ label, add, page, icon, mark, trouble, onAdd }: GroupHeadProps) {
  return (
    <div
      className={classNames(
        'mt-2.5 flex min-h-8 items-center rounded-md pe-px max-[50rem]:pe-0',
        mark !== null && groupMarks[mark],
      )}
    >
      <Tooltip text={trouble?.text ?? null} side="inline-end">
        <a
          href={addressOf(page)}
          aria-current={mark === 'page' ? 'page' : mark === 'part' ? 'true' : undefined}
          onClick={(event) => {
            event.preventDefault();
            goTo(page);
          }}
          className={classNames(
            'flex-1 rounded-md px-2 py-1.5 text-xs font-semibold no-underline hover:text-ink max-[50rem]:flex max-[50rem]:justify-center max-[50rem]:px-0',
            mark === 'page' ? 'text-ink' : 'text-ink-3',
            mark === 'part' && 'max-[50rem]:text-ink',
          )}
        >
          <span className="max-[50rem]:sr-only">{label}</span>
          {trouble !== null && <span className="sr-only min-[50rem]:hidden">{trouble.text}</span>}
          <span className="hidden max-[50rem]:block">
            <MarkedIcon icon={icon} tone={trouble?.tone ?? null} />
          </span>
        </a>
      </Tooltip>
      <span className="max-[50rem]:hidden">
        <WhileRunning>
          <IconButton label={add} icon={Plus} onClick={onAdd} className="size-6" />
        </WhileRunning>
      </span>
    </div>
  );
}
