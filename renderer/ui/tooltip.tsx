import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement } from 'react';
import { Keys } from './keys.tsx';
import { useWhyNot } from './unavailable.tsx';

export interface TooltipProps {
  readonly text: string;
  readonly keys?: string | undefined;
  /** One element that takes a ref and props. */
  readonly children: ReactElement;
}

/** More about what it surrounds; never the only place of something that a person needs. */
export function Tooltip({ text, keys, children }: TooltipProps) {
  // What cannot be used says why itself.
  const isOff = useWhyNot() !== null;
  return (
    <Base.Root disabled={isOff}>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} className="z-50">
          <Base.Popup className="flex max-w-80 items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-panel shadow-pop">
            {text}
            {keys !== undefined && <Keys keys={keys} isInverted />}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
