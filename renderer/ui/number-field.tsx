import { Field as BaseField } from '@base-ui/react/field';
import { NumberField as Base } from '@base-ui/react/number-field';
import { Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { useWhyNot } from './unavailable.tsx';

export interface NumberFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly value: number;
  /** Told when the person is done: on leaving the field, Enter, or the buttons. Always within the limits. */
  onChange(value: number): void;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  /** Behind the number: "days". */
  readonly unit?: string;
  readonly isDisabled?: boolean;
  /** As the text fields of a form: the label above, the hint below. Default: both before it, in its line. */
  readonly isStacked?: boolean;
}

const button =
  'flex w-8 shrink-0 items-center justify-center text-ink-2 hover:bg-hover hover:text-ink data-disabled:opacity-40';

export function NumberField(props: NumberFieldProps) {
  const { label, hint, value, onChange, min, max, step = 1, unit, isStacked = false } = props;
  const whyNot = useWhyNot();
  const isDisabled = props.isDisabled === true || whyNot !== null;
  const control = (
    <Base.Root
      value={value}
      min={min}
      max={max}
      step={step}
      disabled={isDisabled}
      format={{ maximumFractionDigits: 2 }}
      onValueCommitted={(next) => next !== null && next !== value && onChange(next)}
    >
      <Base.Group
        title={whyNot ?? undefined}
        className={classNames(
          'flex h-8.5 w-46 overflow-hidden rounded-md border border-edge bg-panel focus-within:border-accent hover:border-ink-3',
          isDisabled && 'opacity-50',
        )}
      >
        <Base.Decrement className={classNames(button, 'border-line border-e')}>
          <Minus aria-hidden size={13} />
        </Base.Decrement>
        {/* "0.25 MB/s" is read in one direction, wherever the page begins its lines. */}
        <span dir="ltr" className="flex min-w-0 flex-1 items-center">
          <Base.Input
            className={classNames(
              'min-w-0 flex-1 bg-transparent ps-2 leading-8 tabular-nums outline-hidden',
              unit === undefined ? 'pe-2 text-center' : 'pe-1.5 text-right',
            )}
          />
          {unit !== undefined && (
            <span className="min-w-0 flex-1 text-left text-ink-2 leading-8">{unit}</span>
          )}
        </span>
        <Base.Increment className={classNames(button, 'border-line border-s')}>
          <Plus aria-hidden size={13} />
        </Base.Increment>
      </Base.Group>
    </Base.Root>
  );
  if (isStacked) {
    return (
      <BaseField.Root className="flex flex-col gap-1.5">
        <BaseField.Label className="font-medium">{label}</BaseField.Label>
        {control}
        {hint !== undefined && (
          <BaseField.Description className="m-0 text-sm text-ink-3">{hint}</BaseField.Description>
        )}
      </BaseField.Root>
    );
  }
  return (
    <BaseField.Root
      className={classNames(
        'flex flex-wrap justify-between gap-x-6 gap-y-1.5',
        hint === undefined ? 'items-center' : 'items-start',
      )}
    >
      <div className="min-w-0 flex-1 basis-50">
        <BaseField.Label className="block font-medium">{label}</BaseField.Label>
        {hint !== undefined && (
          <BaseField.Description className="mt-0.5 mb-0 text-sm text-ink-3">{hint}</BaseField.Description>
        )}
      </div>
      {control}
    </BaseField.Root>
  );
}
