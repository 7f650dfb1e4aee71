import { type ReactNode, useEffect, useRef } from 'react';

/** The card that a link led to comes into view and has a ring. */
export function Marked({ isMarked, children }: { readonly isMarked: boolean; readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isMarked) place.current?.scrollIntoView({ block: 'nearest' });
  }, [isMarked]);
  return (
    <div ref={place} className={isMarked ? 'rounded-xl ring-2 ring-accent' : undefined}>
      {children}
    </div>
  );
}
