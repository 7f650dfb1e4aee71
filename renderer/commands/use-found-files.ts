import { useEffect, useState } from 'react';
import type { UploadJob } from '#shared/job.ts';
import { useWindow } from '../live/window-context.tsx';

const pauseMs = 150;
const shown = 5;

/** The newest files whose name holds `text`; asked for when the typing pauses. */
export function useFoundFiles(text: string): readonly UploadJob[] {
  const { api } = useWindow();
  const [files, setFiles] = useState<readonly UploadJob[]>([]);
  useEffect(() => {
    const search = text.trim();
    if (search === '') {
      setFiles([]);
      return;
    }
    let isOutdated = false;
    const timer = setTimeout(() => {
      api
        .listJobs({ filter: { search }, sort: 'added', direction: 'descending', cursor: null, limit: shown })
        .then(({ rows }) => !isOutdated && setFiles(rows))
        // Files are an extra here; without an engine the window says so itself.
        .catch(() => {});
    }, pauseMs);
    return () => {
      isOutdated = true;
      clearTimeout(timer);
    };
  }, [api, text]);
  return files;
}
