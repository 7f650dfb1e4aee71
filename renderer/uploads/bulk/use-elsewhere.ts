import { Send } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { QueueCounts } from '#shared/ipc.ts';
import type { UploadJob } from '#shared/job.ts';
import { useLive, useWindow } from '../../live/window-context.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { uploadsWords } from '../../words/uploads.ts';
import { type Chosen, filterOfChosen } from '../chosen.ts';
import { sendElsewhere } from '../run-row-action.ts';
import { takersOfAll } from '../takers.ts';
import { mayNeedOtherPlace, mostForElsewhere } from './bulk.ts';

const words = uploadsWords.bulk;

export type Elsewhere = Extract<MenuEntry, { kind: 'submenu' }>;

/**
 * The destinations to which all that is chosen can be sent, where each of these files needs another one; null: there is no such
 * offer. The counts do not know why a file came to rest, so its jobs are looked at.
 */
export function useElsewhere(chosen: Chosen, counts: QueueCounts | null): Elsewhere | null {
  const context = useWindow();
  const { api } = context;
  const destinations = useLive((live) => live.destinations);
  const kinds = useLive((live) => live.kinds);
  const [known, setKnown] = useState<{ readonly chosen: Chosen; readonly jobs: readonly UploadJob[] } | null>(
    null,
  );
  useEffect(() => {
    // New counts are a reason to look anew.
    if (counts === null || !mayNeedOtherPlace(counts)) return;
    let isClosed = false;
    const query = { sort: 'added', direction: 'ascending', cursor: null, limit: mostForElsewhere } as const;
    api.listJobs({ ...query, filter: filterOfChosen(chosen) }).then(
      ({ rows }) => !isClosed && setKnown({ chosen, jobs: rows }),
      () => {},
    );
    return () => {
      isClosed = true;
    };
  }, [api, chosen, counts]);
  return useMemo(() => {
    if (counts === null || !mayNeedOtherPlace(counts) || known?.chosen !== chosen) return null;
    const { jobs } = known;
    const takers = takersOfAll(jobs, { destinations, kinds });
    if (takers.length === 0) return null;
    return {
      kind: 'submenu',
      label: jobs.length === 1 ? uploadsWords.actions.sendTo : words.sendTo(jobs.length),
      icon: Send,
      entries: takers.map(({ destination }) => ({
        kind: 'action',
        label: destination.name,
        run: () => void sendElsewhere(context, jobs, destination.id),
      })),
    };
  }, [context, chosen, counts, known, destinations, kinds]);
}
