import { Radio } from '@base-ui/react/radio';
import { RadioGroup } from '@base-ui/react/radio-group';
import { useId } from 'react';
import { classNames } from './class-names.ts';
import { useWhyNot } from './unavailable.tsx';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

export interface ChoiceCardsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  onChange(value: T): void;
  readonly isDisabled?: boolean;
  /** About all of them; where they cannot be changed, why. */
  readonly hint?: string;
}

/** A few choices that need a sentence each. */
export function ChoiceCards<T extends string>(props: ChoiceCardsProps<T>) {
  const { label, value, choices, onChange, isDisabled = false, hint } = props;
  const id = useId();
  const isOff = useWhyNot() !== null || isDisabled;
  return (
    <div>
      <div id={id} className="mb-1.5 font-medium">
        {label}
      </div>
      <RadioGroup
        aria-labelledby={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        disabled={isOff}
        value={value}
        onValueChange={(next) => onChange(next as T)}
        className="flex flex-col gap-2"
      >
        {choices.map((choice) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the radio inside is a control that Base UI makes.
          <label
            key={choice.value}
            className="flex items-start gap-2.5 rounded-md border border-line px-3 py-2.5 has-data-checked:border-accent has-data-checked:bg-accent-soft has-data-disabled:not-has-data-checked:text-ink-3 has-data-disabled:has-data-checked:border-edge has-data-disabled:has-data-checked:bg-mute"
          >
            <Radio.Root
              value={choice.value}
              className="mt-px flex size-4 shrink-0 items-center justify-center rounded-full border border-edge bg-panel data-checked:border-accent data-checked:bg-accent data-disabled:data-checked:border-edge data-disabled:data-checked:bg-edge"
            >
              <Radio.Indicator className="size-1.5 rounded-full bg-on-accent" />
            </Radio.Root>
            <span className="min-w-0">
              <span className="block">{choice.label}</span>
              {choice.hint !== undefined && (
                <span
                  className={classNames(
                    'block text-sm',
                    isOff && choice.value !== value ? 'text-ink-3' : 'text-ink-2',
                  )}
                >
                  {choice.hint}
                </span>
              )}
            </span>
          </label>
        ))}
      </RadioGroup>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="mt-1.5 mb-0 text-ink-3 text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}
