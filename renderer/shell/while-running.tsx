import type { ReactNode } from 'react';
import { useIsGone } from '../live/use-is-gone.ts';
import { Unavailable } from '../ui/unavailable.tsx';
import { shell } from '../words/shell.ts';

/** What is in it asks the engine for something: while that is gone it can be seen but not used, and says why. */
export function WhileRunning({ children }: { readonly children: ReactNode }) {
  return <Unavailable why={useIsGone() ? shell.notRunning : null}>{children}</Unavailable>;
}
