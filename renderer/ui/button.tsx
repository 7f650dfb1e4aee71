import { Button as BaseButton } from '@base-ui/react/button';
import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';
import { useWhyNot } from './unavailable.tsx';

type Tone = 'plain' | 'primary' | 'quiet' | 'danger';

const tones: Readonly<Record<Tone, string>> = {
  plain: 'border-line bg-panel text-ink not-data-disabled:hover:bg-hover',
  primary: 'border-transparent bg-accent text-on-accent not-data-disabled:hover:brightness-110',
  quiet:
    'border-transparent bg-transparent text-ink-2 not-data-disabled:hover:bg-hover not-data-disabled:hover:text-ink',
  danger: 'border-line bg-panel text-bad not-data-disabled:hover:bg-bad-soft',
};

const frame =
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors data-disabled:opacity-50 disabled:pointer-events-none disabled:opacity-50';

/**
 * Where nothing can be used, a button still takes the focus and the pointer, so that it can say why. Base UI's own way to
 * that keeps every key from the page, too.
 */
function useUnavailable() {
  const why = useWhyNot();
  if (why === null) return {};
  return {
    title: why,
    'aria-disabled': true,
    'data-disabled': '',
    type: 'button',
    onClick: undefined,
    onPointerDown: undefined,
    onMouseDown: undefined,
    onKeyDown: undefined,
    onKeyUp: undefined,
  } as const;
}

export interface ButtonProps extends Omit<ComponentProps<typeof BaseButton>, 'className'> {
  readonly tone?: Tone;
  readonly icon?: LucideIcon | undefined;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Button({ tone = 'plain', icon: Icon, className, children, ...rest }: ButtonProps) {
  const unavailable = useUnavailable();
  return (
    <BaseButton
      {...rest}
      {...unavailable}
      className={classNames(frame, 'h-7.5 px-2.75 text-sm', tones[tone], className)}
    >
      {Icon !== undefined && <Icon aria-hidden size={15} className="-ms-0.5 shrink-0" />}
      {children}
    </BaseButton>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<typeof BaseButton>, 'className' | 'children'> {
  /** Spoken, and shown while the pointer rests on it. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly keys?: string | undefined;
  readonly tone?: Tone;
  readonly className?: string;
}

export function IconButton({ label, icon: Icon, keys, tone = 'quiet', className, ...rest }: IconButtonProps) {
  const unavailable = useUnavailable();
  return (
    <Tooltip text={label} keys={keys}>
      <BaseButton
        {...rest}
        {...unavailable}
        aria-label={label}
        className={classNames(frame, 'size-7', tones[tone], className)}
      >
        <Icon aria-hidden size={15} />
      </BaseButton>
    </Tooltip>
  );
}

export interface RowButtonProps {
  /** Spoken: what it does, to which row. */
  readonly label: string;
  /** Shown by the browser while the pointer rests on it. */
  readonly title: string;
  readonly icon: LucideIcon;
  /** What the list that listens does. */
  readonly action: string;
  readonly isInTabOrder: boolean;
  readonly hasMenu?: boolean;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

/** An IconButton without a popup of its own, for the many rows of a list, which listens for all of them (`data-action`). */
export function RowButton(props: RowButtonProps) {
  const { label, title, icon: Icon, action, isInTabOrder, hasMenu, isDisabled, className } = props;
  return (
    <button
      type="button"
      data-action={action}
      aria-label={label}
      aria-haspopup={hasMenu ? 'menu' : undefined}
      title={title}
      disabled={isDisabled}
      tabIndex={isInTabOrder ? 0 : -1}
      className={classNames(frame, 'size-7', tones.quiet, className)}
    >
      <Icon aria-hidden size={15} />
    </button>
  );
}
