import { useEffect, useState } from 'react';
import type { DirectoryListing } from '#shared/ipc.ts';
import { reasonOf } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';

export interface Listing {
  /** What was asked; `value` and `error` are of it. */
  readonly path: string | null;
  readonly value: DirectoryListing | null;
  /** Why the engine could not be asked. */
  readonly error: string | null;
}

/** The folders in a folder, asked for anew with each path; undefined asks for nothing. Answers to earlier paths are dropped. */
export function useListing(path: string | null | undefined): Listing | null {
  const { api } = useWindow();
  const [listing, setListing] = useState<Listing | null>(null);
  useEffect(() => {
    if (path === undefined) {
      setListing(null);
      return;
    }
    let isOutdated = false;
    api.listDirectories(path).then(
      (value) => !isOutdated && setListing({ path, value, error: null }),
      (error) => !isOutdated && setListing({ path, value: null, error: reasonOf(error) }),
    );
    return () => {
      isOutdated = true;
    };
  }, [api, path]);
  return listing;
}
