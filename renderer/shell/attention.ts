import { useEffect } from 'react';
import { useWindow } from '../live/window-context.tsx';
import { tellWhetherSeen } from './seen-windows.ts';
import { tellBatches } from './tell-batches.ts';

/** What Hoist tells while something else is in front. Once per window. */
export function useAttention(): void {
  const context = useWindow();
  useEffect(() => tellBatches(context), [context]);
  useEffect(tellWhetherSeen, []);
}
