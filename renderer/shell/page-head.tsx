import type { ReactNode } from 'react';

/** The line at the top of a page: its name, and what can be done on it. */
export function PageHead({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <header className="flex min-h-13.5 shrink-0 flex-wrap items-center gap-2 px-4.5 py-2.5">
      <h1 className="m-0 me-auto pe-3 text-xl font-semibold tracking-tight">{title}</h1>
      {children}
    </header>
  );
}
