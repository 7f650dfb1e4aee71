import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { controlFrame, headControlFrame } from './field.tsx';
import { useWhyNot } from './unavailable.tsx';

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly mark?: ReactNode;
  /** A word about it at the end of its line. */
  readonly note?: string | undefined;
  readonly isDisabled?: boolean;
}

export interface SelectProps<T extends string> {
  readonly value: T | null;
  readonly options: readonly Option<T>[];
  onChange(value: T): void;
  /** Where no Field around it says what it is. */
  readonly label?: string;
  readonly placeholder?: string;
  readonly className?: string;
  readonly isDisabled?: boolean;
  /** It stands at the head of a page, among buttons. */
  readonly isInHead?: boolean;
}

export function Select<T extends string>(props: SelectProps<T>) {
  const { value, options, onChange, label, placeholder, className = 'w-full' } = props;
  const { isDisabled = false, isInHead = false } = props;
  const whyNot = useWhyNot();
  const chosen = options.find((option) => option.value === value);
  return (
    <Base.Root
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      value={value}
      disabled={isDisabled || whyNot !== null}
      onValueChange={(next) => next !== null && onChange(next as T)}
    >
      <Base.Trigger
        aria-label={label}
        title={whyNot ?? undefined}
        className={classNames(
          isInHead ? headControlFrame : controlFrame,
          'flex items-center justify-between gap-2 text-start data-disabled:opacity-50',
          className,
        )}
      >
        <span className="flex min-w-0 items-center gap-2">
          {chosen?.mark}
          <Base.Value placeholder={placeholder} className="truncate data-placeholder:text-ink-3" />
        </span>
        {chosen?.note !== undefined && (
          <span className="ms-auto shrink-0 text-ink-3 text-sm">{chosen.note}</span>
        )}
        <Base.Icon className="shrink-0 text-ink-3">
          <ChevronsUpDown aria-hidden size={14} />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-hidden">
          <Base.Popup className="max-h-(--available-height) min-w-(--anchor-width) overflow-y-auto rounded-lg border border-line bg-panel py-1 text-ink shadow-pop outline-hidden">
            <Base.List>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.isDisabled ?? false}
                  className="mx-1 flex select-none items-center gap-2 rounded-md px-2 py-1.5 outline-hidden data-disabled:opacity-50 data-highlighted:bg-accent-soft"
                >
                  <span className="flex w-3.5 shrink-0 text-accent-ink">
                    <Base.ItemIndicator>
                      <Check aria-hidden size={14} />
                    </Base.ItemIndicator>
                  </span>
                  {option.mark}
                  <Base.ItemText className="truncate">{option.label}</Base.ItemText>
                  {option.note !== undefined && (
                    <span className="ms-auto shrink-0 ps-4 text-ink-3 text-sm">{option.note}</span>
                  )}
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
