import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text?: ReactNode;
  /** Buttons that lead out of the emptiness. */
  readonly children?: ReactNode;
}

export function EmptyState({ icon: Icon, title, text, children }: EmptyStateProps) {
  return (
    <div className="flex h-full flex-col items-center justify-center-safe px-6 py-10 text-center">
      <span className="mb-3 flex size-11 shrink-0 items-center justify-center rounded-xl bg-mute text-ink-2">
        <Icon aria-hidden size={22} />
      </span>
      <h2 className="m-0 text-lg font-semibold">{title}</h2>
      {text !== undefined && <p className="mt-1 mb-0 max-w-100 text-ink-2">{text}</p>}
      {children !== undefined && <div className="mt-4 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}
