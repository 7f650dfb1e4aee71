import type { JobId } from '#shared/job.ts';

/** Which links are selected: named ones, or all that the filter finds (however many) without some. */
export type Selection =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<JobId> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<JobId> };

export const nothing: Selection = { kind: 'some', ids: new Set() };
export const everything: Selection = { kind: 'all', except: new Set() };

export const only = (...ids: readonly JobId[]): Selection => ({ kind: 'some', ids: new Set(ids) });

export const isSelected = (selection: Selection, id: JobId): boolean =>
  selection.kind === 'some' ? selection.ids.has(id) : !selection.except.has(id);

/** `total`: how many the filter finds. */
export const countOf = (selection: Selection, total: number): number =>
  selection.kind === 'some' ? selection.ids.size : Math.max(0, total - selection.except.size);

export function toggle(selection: Selection, id: JobId): Selection {
  if (selection.kind === 'all') return { kind: 'all', except: toggled(selection.except, id) };
  return { kind: 'some', ids: toggled(selection.ids, id) };
}

/** Adds to what is selected. */
export function extend(selection: Selection, ids: readonly JobId[]): Selection {
  if (selection.kind === 'some') return { kind: 'some', ids: new Set([...selection.ids, ...ids]) };
  const except = new Set(selection.except);
  for (const id of ids) except.delete(id);
  return { kind: 'all', except };
}

function toggled(ids: ReadonlySet<JobId>, id: JobId): ReadonlySet<JobId> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
