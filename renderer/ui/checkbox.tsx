import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Check, Minus } from 'lucide-react';
import { classNames } from './class-names.ts';

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
  const box = (
    <Base.Root
      aria-label={isLabelShown ? undefined : label}
      checked={isChecked}
      indeterminate={isMixed}
      onCheckedChange={onChange}
      className={classNames(
        'flex size-4 shrink-0 items-center justify-center rounded-sm border border-edge bg-panel text-on-accent data-checked:border-accent data-checked:bg-accent data-indeterminate:border-accent data-indeterminate:bg-accent',
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
