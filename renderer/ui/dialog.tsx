import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useCallback, useRef } from 'react';
import { common } from '../words/common.ts';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { noteDialog } from './use-toast-place.ts';

/** Two springs hold the dialog in the middle, until the upper one gives way no more. */
const frame =
  'fixed inset-0 z-40 flex flex-col items-center px-4 before:min-h-[max(1rem,var(--toast-room,0px))] before:flex-[1_0_0] before:transition-[min-height] before:duration-150 after:min-h-4 after:flex-[1_0_0]';

const widths = { small: 'w-105', medium: 'w-140', large: 'w-180' } as const;

export interface DialogProps {
  readonly isOpen: boolean;
  onClose(): void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly width?: keyof typeof widths;
  readonly children: ReactNode;
  /** Buttons, the likely one last. */
  readonly footer?: ReactNode;
  /** What has the focus at first; default: what is to be filled in or chosen, else the likely button. */
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined;
}

const focusable =
  'input:not([disabled],[readonly],[type="hidden"],[aria-hidden="true"]),textarea:not([disabled]),select:not([disabled]),button:not([disabled]),[tabindex="0"]';

/** Where a person goes on, and not what closes it again. */
function firstFocus(popup: HTMLElement | null): HTMLElement | true {
  const inBody = popup?.querySelector<HTMLElement>(`[data-dialog-body] :is(${focusable})`);
  const buttons = popup?.querySelectorAll<HTMLElement>(`footer :is(${focusable})`) ?? [];
  return inBody ?? [...buttons].at(-1) ?? popup ?? true;
}

/**
 * Stands in the middle, below what `--toast-room` keeps free. Its head and foot stay in view; what is between them scrolls.
 */
export function Dialog({
  isOpen,
  onClose,
  title,
  description,
  width = 'medium',
  children,
  footer,
  initialFocus,
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  const notePopup = useCallback((element: HTMLDivElement | null) => {
    popup.current = element;
    return noteDialog(element);
  }, []);
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className={frame}>
          <Base.Popup
            ref={notePopup}
            initialFocus={initialFocus ?? (() => firstFocus(popup.current))}
            className={classNames(
              'flex min-h-0 max-w-full flex-col overflow-hidden rounded-xl border border-line bg-panel text-ink shadow-pop transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0',
              widths[width],
            )}
          >
            <header className="flex items-start gap-4 border-line border-b px-5.5 pt-5 pb-3.5">
              <div className="min-w-0 flex-1">
                <Base.Title className="m-0 text-lg font-semibold tracking-tight">{title}</Base.Title>
                {description !== undefined && (
                  <Base.Description className="mt-1 text-ink-2">{description}</Base.Description>
                )}
              </div>
              <Base.Close
                render={<IconButton label={common.close} icon={X} keys="Escape" className="-me-2 -mt-1" />}
              />
            </header>
            <div className="shade-below flex min-h-0 flex-1 flex-col">
              <div
                data-dialog-body
                className="scroll-edges relative min-h-0 flex-1 overflow-y-auto bg-panel px-5.5 pt-4 pb-5"
              >
                {children}
              </div>
            </div>
            {footer !== undefined && (
              <footer className="flex flex-wrap items-center justify-end gap-2 border-line border-t bg-canvas px-5.5 py-3">
                {footer}
              </footer>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
