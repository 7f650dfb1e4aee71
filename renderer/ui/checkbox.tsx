import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import { classNames } from './class-names.ts';
import { useWhyNot } from './unavailable.tsx';

export interface CheckboxProps {
  readonly label: string;
  readonly isChecked: boolean;
  readonly isMixed?: boolean;
  onChange(isChecked: boolean): void;
  /** False: the label is spoken only. */
  readonly isLabelShown?: boolean;
  readonly className?: string;
}

export function Checkbox(props: CheckboxProps) {
  const { label, isChecked, isMixed = false, onChange, isLabelShown = false, className } = props;
  const whyNot = useWhyNot();
  const box = (
    <Base.Root
      aria-label={isLabelShown ? undefined : label}
      checked={isChecked}
      indeterminate={isMixed}
      disabled={whyNot !== null}
      title={whyNot ?? undefined}
      onCheckedChange={onChange}
      className={classNames(
        'flex size-4 shrink-0 items-center justify-center rounded-sm border border-edge bg-panel text-on-accent data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent data-disabled:opacity-50',
        className,
      )}
    >
      <Base.Indicator keepMounted={false} className="flex">
        {isMixed ? (
          <Minus aria-hidden size={12} strokeWidth={3} />
        ) : (
          <Check aria-hidden size={12} strokeWidth={3} />
        )}
      </Base.Indicator>
    </Base.Root>
  );
  if (!isLabelShown) return box;
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is a control that Base UI makes.
    <label className="flex items-center gap-2">
      {box}
      <span>{label}</span>
    </label>
  );
}

/** A checkbox of a list's row: light, and the list listens for all of them (`data-action`). */
export function RowCheckbox({
  label,
  isChecked,
  action,
  isInTabOrder,
  className,
}: {
  readonly label: string;
  readonly isChecked: boolean;
  readonly action: string;
  readonly isInTabOrder: boolean;
  readonly className?: string;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native checkbox cannot be drawn as the others are.
    <button
      type="button"
      role="checkbox"
      aria-checked={isChecked}
      aria-label={label}
      data-action={action}
      tabIndex={isInTabOrder ? 0 : -1}
      className={classNames(
        'flex size-4 shrink-0 items-center justify-center rounded-sm border p-0 text-on-accent',
        isChecked ? 'border-accent bg-accent' : 'border-edge bg-panel',
        className,
      )}
    >
      {isChecked && <Check aria-hidden size={12} strokeWidth={3} />}
    </button>
  );
}
