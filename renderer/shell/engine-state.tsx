import type { ComponentProps } from 'react';
import { useIsGone } from '../live/use-is-gone.ts';
import { Pill } from '../ui/pill.tsx';
import { shell } from '../words/shell.ts';

/** How something stands is the engine's word, and is old as soon as the engine is gone. */
export function EngineState(state: ComponentProps<typeof Pill>) {
  const isKnown = !useIsGone();
  return isKnown ? <Pill {...state} /> : <Pill tone="neutral">{shell.notKnown}</Pill>;
}
