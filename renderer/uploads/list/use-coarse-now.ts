import { useEffect, useState } from 'react';

const tickMs = 20_000;

/** The time, for words like "4 min ago": anew often enough for them, and no more. */
export function useCoarseNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
