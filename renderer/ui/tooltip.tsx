import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { Keys } from './keys.tsx';
import { useWhyNot } from './unavailable.tsx';

export interface TooltipProps {
  /** Null: there is nothing more to say. */
  readonly text: string | null;
  readonly keys?: string | undefined;
  readonly side?: 'top' | 'inline-end';
  /** One element that takes a ref and props. */
  readonly children: ReactElement;
}

/** More about what it surrounds; never the only place of something that a person needs. */
export function Tooltip({ text, keys, side = 'top', children }: TooltipProps) {
  // What cannot be used says why itself.
  const isOff = useWhyNot() !== null;
  return (
    <Base.Root disabled={isOff || text === null}>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="flex max-w-80 items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-panel shadow-pop">
            {text}
            {keys !== undefined && <Keys keys={keys} isInverted />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
