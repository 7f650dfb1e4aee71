import { Field as Base } from '@base-ui/react/field';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { useWhyNot } from './unavailable.tsx';

const look =
  'rounded-md border border-edge bg-panel px-3 text-ink transition-colors hover:border-ink-3 focus-visible:border-accent data-disabled:opacity-50 data-invalid:border-bad';
export const controlFrame = `${look} h-8.5 text-base`;
/** As high as the buttons at the head of a page. */
export const headControlFrame = `${look} h-7.5 text-sm`;

export interface FieldProps {
  readonly label: string;
  /** A word beside the label: that it may stay empty, for example. */
  readonly mark?: string | undefined;
  readonly hint?: ReactNode;
  /** What is wrong with it and what to do; null: nothing. */
  readonly error?: string | null | undefined;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A label, one control of Base UI, and what there is to say about it; all tied together for screen readers. */
export function Field({ label, mark, hint, error = null, className, children }: FieldProps) {
  return (
    <Base.Root invalid={error !== null} className={classNames('flex flex-col gap-1.5', className)}>
      <Base.Label className="text-base font-medium">
        {label}
        {mark !== undefined && <span className="font-normal text-ink-3 text-sm"> ({mark})</span>}
      </Base.Label>
      {children}
      {error !== null && (
        <Base.Error match className="text-sm text-bad">
          {error}
        </Base.Error>
      )}
      {hint !== undefined && <Base.Description className="m-0 text-sm text-ink-3">{hint}</Base.Description>}
    </Base.Root>
  );
}

export interface TextFieldProps
  extends Omit<ComponentProps<typeof Base.Control>, 'className' | 'onChange' | 'value' | 'render'> {
  readonly label: string;
  readonly mark?: string | undefined;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  readonly value: string;
  onChange(value: string): void;
  readonly isCode?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { label, mark, hint, error, value, onChange, isCode = false, disabled = false, ...rest } = props;
  const whyNot = useWhyNot();
  return (
    <Field label={label} mark={mark} hint={hint} error={error}>
      <Base.Control
        autoComplete="off"
        spellCheck={false}
        {...rest}
        disabled={disabled || whyNot !== null}
        title={whyNot ?? undefined}
        value={value}
        onValueChange={onChange}
        className={classNames(controlFrame, 'w-full', isCode && 'font-mono text-sm')}
      />
    </Field>
  );
}

export interface TextAreaProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | null | undefined;
  readonly value: string;
  onChange(value: string): void;
  onBlur?(): void;
  readonly rows?: number;
  readonly isCode?: boolean;
}

/** Several lines. */
export function TextArea(props: TextAreaProps) {
  const { label, hint, error, value, onChange, onBlur, rows = 3, isCode = false } = props;
  const whyNot = useWhyNot();
  return (
    <Field label={label} hint={hint} error={error}>
      <Base.Control
        render={<textarea dir="auto" rows={rows} wrap="off" />}
        autoComplete="off"
        spellCheck={false}
        disabled={whyNot !== null}
        title={whyNot ?? undefined}
        value={value}
        onValueChange={onChange}
        onBlur={onBlur}
        className={classNames(
          controlFrame,
          'h-auto min-h-8.5 resize-y overflow-auto py-1.5',
          isCode && 'font-mono text-sm',
        )}
      />
    </Field>
  );
}
