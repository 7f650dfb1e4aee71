import { type RefObject, useLayoutEffect, useState } from 'react';

export interface Size {
  readonly width: number;
  readonly height: number;
  /** px of one rem, as large as the person made letters. */
  readonly rem: number;
}

const unknown: Size = { width: 0, height: 0, rem: 16 };

/** The room inside an element, kept fresh. */
export function useSize(place: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState(unknown);
  useLayoutEffect(() => {
    const { current } = place;
    if (current === null) return;
    const measure = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
      setSize({ width: current.clientWidth, height: current.clientHeight, rem });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [place]);
  return size;
}
