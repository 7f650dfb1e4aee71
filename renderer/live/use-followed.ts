import { useEffect, useState } from 'react';
import { followRevisions } from './follow-revisions.ts';
import { useWindow } from './window-context.tsx';

const pauseMs = 500;

/**
 * What `ask` answers, fresh at most twice a second while the queue changes; null until it is known. `ask` must be the same
 * function while it asks the same; null asks for nothing.
 */
export function useFollowed<T>(ask: (() => Promise<T>) | null): T | null {
  const { live } = useWindow();
  const [known, setKnown] = useState<{ readonly ask: () => Promise<T>; readonly answer: T } | null>(null);
  useEffect(() => {
    if (ask === null) return;
    let isClosed = false;
    const askAnew = () => {
      // Without an engine the window says so itself; what was known stays on the screen.
      ask().then(
        (answer) => !isClosed && setKnown({ ask, answer }),
        () => {},
      );
    };
    const leave = followRevisions(live, pauseMs, askAnew);
    return () => {
      isClosed = true;
      leave();
    };
  }, [live, ask]);
  // The answer to another question says nothing of this one.
  return known?.ask === ask ? known.answer : null;
}
