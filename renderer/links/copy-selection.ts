import type { JobFilter } from '#shared/ipc.ts';
import type { JobId } from '#shared/job.ts';
import { attempt } from '../live/attempt.ts';
import type { WindowContext } from '../live/window-context.tsx';
import { collectToCopy } from './collect-to-copy.ts';
import { copyLinks, defaultFormat, type WantedFormat } from './copy-link.ts';
import type { Selection } from './link-selection.ts';
import type { ShownRows } from './shown-rows.ts';

/** Copies named links as they stand in the list, or all that a filter finds; as the settings have it without a format. */
export async function copySelection(
  context: WindowContext,
  selection: Selection,
  filter: JobFilter,
  rows: Pick<ShownRows, 'indexOf'>,
  format: WantedFormat = defaultFormat(context.live.getState().settings),
): Promise<void> {
  if (selection.kind === 'some') return copyLinks(context, inListOrder(selection.ids, rows), format);
  const ids = await attempt(collectToCopy(context.api, filter, selection.except));
  if (ids !== null) await copyLinks(context, ids, format);
}

/** Those that are far away keep the order in which they were chosen, at the end. */
export function inListOrder(ids: ReadonlySet<JobId>, rows: Pick<ShownRows, 'indexOf'>): readonly JobId[] {
  const placed = [...ids].map((id) => ({ id, index: rows.indexOf(id) }));
  const here = placed.filter(({ index }) => index !== -1).sort((a, b) => a.index - b.index);
  return [...here, ...placed.filter(({ index }) => index === -1)].map(({ id }) => id);
}
