import { useEffect, useState } from 'react';
import type { JobId, UploadJob } from '#shared/job.ts';
import { followRevisions } from './follow-revisions.ts';
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
    const ask = () => {
      api.getJob(id).then(
        (details) => !isClosed && setJob(details.job),
        () => {},
      );
    };
    const undo = [
      followRevisions(live, pauseMs, ask),
      api.on('rowsChanged', (rows) => {
        const fresh = rows.find((row) => row.id === id);
        if (fresh !== undefined) setJob(fresh);
      }),
    ];
    return () => {
      isClosed = true;
      for (const end of undo) end();
    };
  }, [api, live, id]);
  return job;
}
