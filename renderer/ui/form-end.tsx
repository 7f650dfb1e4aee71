import { type ReactNode, useId } from 'react';
import { Button } from './button.tsx';
import { Unavailable } from './unavailable.tsx';

export interface FormEndProps {
  /** The button that ends the form. */
  readonly label: string;
  /** What must be done first; null: it can be pressed. */
  readonly why: string | null;
  /** Goes where that is done; without it, the reason is words only. */
  readonly onWhy?: (() => void) | undefined;
  /** What a person should know before pressing it. */
  readonly note?: string | null;
  readonly isBusy?: boolean;
  onEnd(): void;
  /** Buttons before it. */
  readonly children?: ReactNode;
}

/** How a form ends: its last button, and why that cannot be pressed yet. It can be reached all the same, so that the reason is read. */
export function FormEnd(props: FormEndProps) {
  const { label, why, onWhy, note = null, isBusy = false, onEnd, children } = props;
  const id = useId();
  const said = why ?? note;
  return (
    <>
      {said !== null && (
        <span id={id} className="min-w-0 flex-1 basis-44 text-end text-ink-2 text-sm break-words">
          {why !== null && onWhy !== undefined ? (
            <button
              type="button"
              onClick={onWhy}
              className="rounded-sm text-end text-accent-ink underline-offset-2 hover:underline"
            >
              {why}
            </button>
          ) : (
            said
          )}
        </span>
      )}
      {children}
      <Unavailable why={why}>
        <Button
          tone="primary"
          onClick={onEnd}
          disabled={isBusy}
          aria-describedby={said === null ? undefined : id}
        >
          {label}
        </Button>
      </Unavailable>
    </>
  );
}
