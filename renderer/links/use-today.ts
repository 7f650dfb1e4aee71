import { useEffect, useState } from 'react';
import { startOfDay } from '../words/times.ts';

const lookMs = 30_000;

/** The beginning of this day, epoch ms; another one after midnight, and after a night asleep. */
export function useToday(): number {
  const [today, setToday] = useState(() => startOfDay(Date.now()));
  useEffect(() => {
    const timer = setInterval(() => setToday(startOfDay(Date.now())), lookMs);
    return () => clearInterval(timer);
  }, []);
  return today;
}
