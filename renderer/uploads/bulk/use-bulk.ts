import { useMemo } from 'react';
import type { JobFilter } from '#shared/ipc.ts';
import { defaultFormat } from '../../links/copy-link.ts';
import { attempt } from '../../live/attempt.ts';
import type { WindowContext } from '../../live/window-context.tsx';
import { useWindow } from '../../live/window-context.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import type { Chosen } from '../chosen.ts';
import { clearSelection, useListState } from '../list-state.ts';
import { removeJobs } from '../removal.ts';
import { actionIcons } from '../row-menu.ts';
import { copyChosen, runOnChosen } from '../run-bulk.ts';
import { isEmpty } from '../selection.ts';
import { type BulkAction, type BulkOffer, bulkOffers } from './bulk.ts';
import { askForCounts } from './selection-counts.ts';
import { type Elsewhere, useElsewhere } from './use-elsewhere.ts';
import { useSelectionCounts } from './use-selection-counts.ts';

export interface Bulk {
  readonly chosen: Chosen;
  /** Null until it is known. */
  readonly count: number | null;
  readonly offers: readonly BulkOffer[];
  /** What cures them all, before everything else; null: nothing that is known. */
  readonly elsewhere: Elsewhere | null;
  run(offer: BulkOffer): void;
  /** Whether a key for this action does something; true also as long as that is not known. */
  mayDo(action: BulkAction): boolean;
  /** What a key does to what is selected in this moment, which may be newer than the last rendering. */
  press(action: BulkAction): Promise<void>;
  readonly menu: readonly MenuEntry[];
}

/** What is selected in the list of a filter, and what can be done with it. */
export function useBulk(filter: JobFilter): Bulk {
  const context = useWindow();
  const selection = useListState((state) => state.selection);
  const counts = useSelectionCounts(selection, filter);
  const chosen = useMemo(() => ({ selection, filter }), [selection, filter]);
  const elsewhere = useElsewhere(chosen, counts);
  return useMemo(() => {
    const offers = counts === null ? [] : bulkOffers(counts);
    const run = (offer: BulkOffer) => runOffer(context, chosen, offer);
    const menu: readonly MenuEntry[] = [
      ...(elsewhere === null ? [] : [elsewhere]),
      ...offers.map((offer) => ({
        kind: 'action' as const,
        label: offer.label,
        icon: actionIcons[offer.action],
        isDanger: offer.action === 'cancel',
        run: () => run(offer),
      })),
    ];
    return {
      mayDo: (action) => counts === null || offers.some((offer) => offer.action === action),
      press: async (action) => {
        const now = useListState.getState().selection;
        if (isEmpty(now)) return;
        const known =
          now === selection && counts !== null
            ? counts
            : await attempt(askForCounts(context.api, now, filter));
        const offer = known === null ? undefined : bulkOffers(known).find((each) => each.action === action);
        if (offer !== undefined) runOffer(context, { selection: now, filter }, offer);
      },
      chosen,
      count: counts?.all ?? (selection.kind === 'some' ? selection.ids.size : null),
      offers,
      elsewhere,
      run,
      menu,
    };
  }, [context, chosen, selection, filter, counts, elsewhere]);
}

function runOffer(context: WindowContext, chosen: Chosen, { action, count }: BulkOffer): void {
  if (action === 'copy') {
    void copyChosen(context, chosen, defaultFormat(context.live.getState().settings));
  } else if (action === 'remove') {
    removeJobs(context, chosen, count);
    // What was selected meanwhile is something else.
    if (useListState.getState().selection === chosen.selection) clearSelection();
  } else {
    void runOnChosen(context, action, chosen);
  }
}
