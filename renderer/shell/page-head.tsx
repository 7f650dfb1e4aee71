import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';

export interface PageHeadProps {
  readonly title: string;
  /** The class of the greatest width of what is below (`max-w-440`); the head is then no wider. Default: it has none. */
  readonly width?: string;
  /** There is much on the line: in a narrow window, it needs the room of the name, which the sidebar marks, too. */
  readonly isFull?: boolean;
  readonly children?: ReactNode;
}

/** The line at the top of a page: its name, and what can be done on it. */
export function PageHead({ title, width, isFull = false, children }: PageHeadProps) {
  return (
    <header className="flex min-h-13.5 shrink-0 px-4.5 py-2.5">
      <div className={classNames('flex min-w-0 flex-1 flex-wrap items-center gap-2', width)}>
        <h1
          className={classNames(
            'm-0 me-auto pe-3 text-xl font-semibold tracking-tight',
            isFull && 'max-[38rem]:sr-only',
          )}
        >
          {title}
        </h1>
        {children}
      </div>
    </header>
  );
}
