import { useEffect, useRef, useState } from 'react';
import type { JobId } from '#shared/job.ts';
import { useLive } from '../live/window-context.tsx';
import { uploadsWords } from '../words/uploads.ts';
import { useActiveJob } from './list-state.ts';

const words = uploadsWords.told;

/** Tells screen readers two things only: another stage of the focused job, and that all are at an end. */
export function Announcer() {
  const text = useAnnouncement();
  return (
    <p aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}

function useAnnouncement(): string {
  const [text, setText] = useState('');
  const job = useActiveJob((state) => state.job);
  const seen = useRef<{ readonly id: JobId; readonly state: string } | null>(null);
  useEffect(() => {
    if (job === null) return;
    const state = job.state.name;
    const before = seen.current;
    seen.current = { id: job.id, state };
    // Another row has the focus: its words are read anyway.
    if (before?.id === job.id && before.state !== state) {
      setText(words.state(job.name, uploadsWords.states[state]));
    }
  }, [job]);

  const byTab = useLive((live) => live.counts.byTab);
  const wasOpen = useRef(false);
  useEffect(() => {
    const isOpen = byTab.active + byTab.waiting > 0;
    if (wasOpen.current && !isOpen) {
      setText(`${words.allDone} ${words.rest(byTab.needsYou, byTab.failed)}`.trim());
    }
    wasOpen.current = isOpen;
  }, [byTab]);
  return text;
}
