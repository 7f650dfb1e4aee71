import { Switch as Base } from '@base-ui/react/switch';
import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import { useWhyNot } from './unavailable.tsx';

export interface SwitchProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly isOn: boolean;
  onChange(isOn: boolean): void;
  readonly isDisabled?: boolean;
}

/** A setting that takes effect at once: its words at the start, the switch at the end. */
export function Switch({ label, hint, isOn, onChange, isDisabled = false }: SwitchProps) {
  const id = useId();
  const whyNot = useWhyNot();
  return (
    <div
      className={classNames(
        'flex justify-between gap-6',
        hint === undefined ? 'min-h-6 items-center' : 'items-start',
      )}
    >
      <div className="min-w-0">
        <label id={`${id}-label`} htmlFor={id} className="block font-medium">
          {label}
        </label>
        {hint !== undefined && (
          <p id={`${id}-hint`} className="mt-0.5 mb-0 text-sm text-ink-3">
            {hint}
          </p>
        )}
      </div>
      <Base.Root
        id={id}
        aria-labelledby={`${id}-label`}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        checked={isOn}
        disabled={isDisabled || whyNot !== null}
        title={whyNot ?? undefined}
        onCheckedChange={onChange}
        className="flex h-5 w-8.5 shrink-0 rounded-full border border-edge bg-mute p-0.5 transition-colors data-checked:border-accent data-checked:bg-accent data-disabled:opacity-50 data-disabled:data-checked:border-edge data-disabled:data-checked:bg-ink-3"
      >
        <Base.Thumb className="size-3.5 rounded-full bg-ink-3 transition-[translate] duration-100 data-checked:translate-x-3.5 data-checked:bg-on-accent rtl:data-checked:-translate-x-3.5" />
      </Base.Root>
    </div>
  );
}
