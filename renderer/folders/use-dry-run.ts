import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { explainFailure } from '#shared/failure.ts';
import { ContractError, type FolderPreview } from '#shared/ipc.ts';
import { reasonOf } from '../live/attempt.ts';
import { useWindow } from '../live/window-context.tsx';
import { draftOf, type FolderForm } from './folder-form.ts';
import { sayPreviewFailure } from './save-failure.ts';
import { parseSize } from './sizes.ts';
import { useDebounced } from './use-debounced.ts';

export type DryRun =
  | { readonly name: 'idle' }
  | {
      readonly name: 'ended';
      readonly preview: FolderPreview;
      readonly tookMs: number;
    }
  | {
      readonly name: 'failed';
      readonly reason: string;
      /** There is no such folder, it must not be watched, or the look at it did not work. */
      readonly why: 'missing' | 'refused' | 'broken';
    };

export interface DryRunState {
  /** The last answer; it stays on the screen while the next one is made. */
  readonly run: DryRun;
  readonly isRunning: boolean;
  again(): void;
}

const pauseMs = 400;

/** What the form would do on the real folder: asked when the typing pauses; answers to what no longer stands there are dropped. `editedId`: the watch folder that the form changes. */
export function useDryRun(form: FolderForm, editedId: string | null): DryRunState {
  const { api } = useWindow();
  const [run, setRun] = useState<DryRun>({ name: 'idle' });
  const [isRunning, setIsRunning] = useState(false);
  const newest = useRef(0);
  // Only what the answer depends on: of what becomes of originals, the folder below that is left out.
  const { path, destinationId, ignore, minSize, maxSize } = form;
  const moveTo = form.after === 'move' ? form.moveTo.trim() : '';
  const wanted = useMemo(
    () => ({
      path: path.trim(),
      destinationId,
      ignore,
      // A size that is half typed is told at its field, and holds nothing up here.
      minSize: parseSize(minSize) === 'wrong' ? '' : minSize,
      maxSize: parseSize(maxSize) === 'wrong' ? '' : maxSize,
      ...(moveTo === '' ? {} : { after: 'move' as const, moveTo }),
    }),
    [path, destinationId, ignore, minSize, maxSize, moveTo],
  );
  const still = useDebounced(wanted, pauseMs);

  const look = useCallback(async () => {
    const own = ++newest.current;
    if (still.path === '' || still.destinationId === null) {
      setRun({ name: 'idle' });
      setIsRunning(false);
      return;
    }
    setIsRunning(true);
    const ended = await dryRun();
    if (newest.current !== own) return;
    setIsRunning(false);
    setRun(ended);

    async function dryRun(): Promise<DryRun> {
      try {
        const listing = await api.listDirectories(still.path);
        if (listing.failure !== null) {
          const { reason, hint } = explainFailure(listing.failure);
          const text = listing.failure.message === '' ? `${reason} ${hint}` : listing.failure.message;
          const isMissing = listing.failure.code === 'not-found' || listing.failure.code === 'invalid';
          return { name: 'failed', reason: text, why: isMissing ? 'missing' : 'refused' };
        }
        const draft = draftOf({ ...plainRules, ...still }, listing.path);
        if (draft === null) return { name: 'idle' };
        const startedAt = performance.now();
        const preview = await api.previewWatchFolder(draft, editedId);
        return { name: 'ended', preview, tookMs: performance.now() - startedAt };
      } catch (error) {
        if (!(error instanceof ContractError))
          return { name: 'failed', reason: reasonOf(error), why: 'broken' };
        const { failure } = error;
        return {
          name: 'failed',
          reason: sayPreviewFailure(failure),
          why: failure.code === 'folder-refused' ? 'refused' : 'broken',
        };
      }
    }
  }, [api, still, editedId]);

  useEffect(() => {
    void look();
    return () => {
      newest.current++;
    };
  }, [look]);

  return { run, isRunning: isRunning || still !== wanted, again: () => void look() };
}

/** Rules that change nothing of what is there now. */
const plainRules = {
  existing: 'baseline',
  after: 'keep',
  moveTo: '',
  settleSeconds: 2,
  changed: 'new',
} as const;
