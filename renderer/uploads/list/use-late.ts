import { type RefObject, useEffect, useState } from 'react';

const patienceMs = 90;

/**
 * True at once, except for what is drawn while the list is being scrolled: that comes a moment later, so that rows which
 * fly by cost little.
 */
export function useLate(isScrolling: RefObject<boolean>): boolean {
  const [isDue, setIsDue] = useState(() => !isScrolling.current);
  useEffect(() => {
    if (isDue) return;
    const timer = setTimeout(() => setIsDue(true), patienceMs);
    return () => clearTimeout(timer);
  }, [isDue]);
  return isDue;
}
