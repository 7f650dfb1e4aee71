import type { ReactNode } from 'react';
import { useLive } from '../live/window-context.tsx';
import { Unavailable } from '../ui/unavailable.tsx';
import { shell } from '../words/shell.ts';

/** What is in it asks the engine for something: while that is gone it can be seen but not used, and says why. */
export function WhileRunning({ children }: { readonly children: ReactNode }) {
  const isRunning = useLive((live) => live.connection === 'connected');
  return <Unavailable why={isRunning ? null : shell.notRunning}>{children}</Unavailable>;
}
