import { useEffect, useState } from 'react';
import type { JobId, UploadJob } from '#shared/job.ts';
import { useWindow } from './window-context.tsx';

const pauseMs = 250;

/** One job, kept fresh wherever it is in the list; null until it is known. */
export function useJob(id: JobId | null): UploadJob | null {
  const { api, live } = useWindow();
  const [job, setJob] = useState<UploadJob | null>(null);
  useEffect(() => {
    setJob(null);
    if (id === null) return;
    let isClosed = false;
    let isStale = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const ask = () => {
      isStale = true;
      if (timer !== null) return;
      isStale = false;
      api.getJob(id).then(
        (details) => !isClosed && setJob(details.job),
        () => {},
      );
      timer = setTimeout(() => {
        timer = null;
        if (isStale) ask();
      }, pauseMs);
    };
    ask();
    const undo = [
      api.on('rowsChanged', (rows) => {
        const fresh = rows.find((row) => row.id === id);
        if (fresh !== undefined) setJob(fresh);
      }),
      live.subscribe((now, before) => {
        if (now.epoch !== before.epoch || now.revision !== before.revision) ask();
      }),
    ];
    return () => {
      isClosed = true;
      for (const end of undo) end();
      if (timer !== null) clearTimeout(timer);
    };
  }, [api, live, id]);
  return job;
}
