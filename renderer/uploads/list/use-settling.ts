import { useEffect, useState } from 'react';
import type { SettlingFile } from '#shared/watch-folder.ts';
import { useLive, useWindow } from '../../live/window-context.tsx';

const pollMs = 1000;
const none: readonly SettlingFile[] = [];

/** Files that are still being written; asked for only while there are some. */
export function useSettling(isWanted: boolean): readonly SettlingFile[] {
  const { api } = useWindow();
  const isAny = useLive((live) => live.folders.some(({ health }) => health.settling > 0));
  const [files, setFiles] = useState(none);
  const isAsking = isWanted && isAny;
  useEffect(() => {
    if (!isAsking) return setFiles(none);
    let isClosed = false;
    const ask = () =>
      api.settlingFiles().then(
        (answer) => !isClosed && setFiles(answer),
        () => {},
      );
    void ask();
    const timer = setInterval(ask, pollMs);
    return () => {
      isClosed = true;
      clearInterval(timer);
    };
  }, [api, isAsking]);
  return files;
}
