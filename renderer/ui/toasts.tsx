import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { common } from '../words/common.ts';
import { Button, IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { Dot, type Tone } from './pill.tsx';
import { useRoomAbove, useToastPlace } from './use-toast-place.ts';

const manager = Toast.createToastManager<{ tone: Tone }>();

export interface ToastOptions {
  readonly title: string;
  readonly text?: string | undefined;
  readonly tone?: Tone;
  readonly action?: { readonly label: string; run(): void } | undefined;
  /** Until it goes by itself; 0: stays. */
  readonly durationMs?: number;
  onGone?(): void;
}

/** Says something for a while; screen readers hear it. Answers what takes it away again. */
export function toast({
  title,
  text,
  tone = 'neutral',
  action,
  durationMs = 6000,
  onGone,
}: ToastOptions): () => void {
  const id: string = manager.add({
    title,
    ...(text === undefined ? {} : { description: text }),
    timeout: durationMs,
    priority: tone === 'bad' ? 'high' : 'low',
    data: { tone },
    ...(onGone === undefined ? {} : { onRemove: onGone }),
    ...(action === undefined
      ? {}
      : {
          actionProps: {
            children: action.label,
            onClick: () => {
              action.run();
              manager.close(id);
            },
          },
        }),
  });
  return () => manager.close(id);
}

export interface ProgressToast {
  tell(text: string): void;
  end(): void;
}

/** Stays until it is ended, and says how far something is. */
export function progressToast(title: string, text: string): ProgressToast {
  const id: string = manager.add({ title, description: text, timeout: 0, data: { tone: 'accent' } });
  return {
    tell: (description) => manager.update(id, { description }),
    end: () => manager.close(id),
  };
}

/** Where toasts appear; once per window. */
export function Toasts() {
  return (
    <Toast.Provider toastManager={manager} limit={4}>
      <Toast.Portal>
        <Place />
      </Toast.Portal>
    </Toast.Provider>
  );
}

/** In a corner; where a dialog leaves none, above it, and the dialog makes room. */
function Place() {
  const { toasts } = Toast.useToastManager<{ tone: Tone }>();
  const place = useToastPlace(toasts.length);
  const isAbove = place.edge === 'top';
  const room = useRoomAbove(isAbove);
  return (
    <Toast.Viewport
      ref={room}
      aria-label={common.news}
      style={isAbove ? undefined : { bottom: place.bottom }}
      className={classNames(
        'fixed z-60 flex flex-col gap-2 outline-hidden',
        isAbove
          ? 'inset-x-4 top-3 mx-auto w-fit max-w-[min(40rem,calc(100vw-2rem))]'
          : 'end-4 max-w-[min(22.5rem,calc(100vw-2rem))] items-end [@media(max-height:30rem)]:[&>:nth-child(n+3)]:hidden',
      )}
    >
      {/* Room for one is what a dialog can spare. */}
      <ToastList toasts={isAbove ? toasts.slice(0, 1) : toasts} isOnOneLine={isAbove} />
    </Toast.Viewport>
  );
}

interface ToastListProps {
  readonly toasts: ReturnType<typeof Toast.useToastManager<{ tone: Tone }>>['toasts'];
  readonly isOnOneLine: boolean;
}

function ToastList({ toasts, isOnOneLine }: ToastListProps) {
  return toasts.map((entry) => (
    <Toast.Root
      key={entry.id}
      toast={entry}
      className={classNames(
        'w-max min-w-56 max-w-full rounded-lg border border-line bg-panel text-ink shadow-pop transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0',
        'data-limited:hidden',
      )}
    >
      <Toast.Content className="flex items-start gap-2.5 py-2 ps-3.5 pe-2">
        <span className="flex h-7 items-center">
          <Dot tone={entry.data?.tone ?? 'neutral'} />
        </span>
        <div
          className={classNames(
            'min-w-0 flex-1 py-1',
            isOnOneLine && 'flex flex-wrap items-baseline gap-x-2.5',
          )}
        >
          <Toast.Title className="m-0 min-w-0 text-base font-medium break-words" />
          <Toast.Description className="mt-0.5 mb-0 min-w-0 text-sm text-ink-2 break-words empty:hidden" />
        </div>
        {/* What is rendered keeps its own children: an empty one would leave no button at all. */}
        {entry.actionProps !== undefined && (
          <Toast.Action render={<Button tone="plain">{entry.actionProps.children}</Button>} />
        )}
        <Toast.Close render={<IconButton label={common.close} icon={X} className="size-6" />} />
      </Toast.Content>
    </Toast.Root>
  ));
}
