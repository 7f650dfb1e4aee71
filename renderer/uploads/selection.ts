import type { JobFilter, QueueCounts } from '#shared/ipc.ts';
import { type JobId, stateNames, tabs } from '#shared/job.ts';

/**
 * What is selected: some rows by their ids, or whatever the filter holds but for a few. The window never knows all ids of a
 * large queue.
 */
export type Selection =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<JobId> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<JobId> };

export const nothingSelected: Selection = { kind: 'some', ids: new Set() };
export const everythingSelected: Selection = { kind: 'all', except: new Set() };

export const isEmpty = (selection: Selection): boolean =>
  selection.kind === 'some' && selection.ids.size === 0;

export const isSelected = (selection: Selection, id: JobId): boolean =>
  selection.kind === 'some' ? selection.ids.has(id) : !selection.except.has(id);

export const selectOnly = (ids: Iterable<JobId>): Selection => ({ kind: 'some', ids: new Set(ids) });

export function toggle(selection: Selection, id: JobId): Selection {
  if (selection.kind === 'some') return { kind: 'some', ids: toggled(selection.ids, id) };
  return { kind: 'all', except: toggled(selection.except, id) };
}

export function extend(selection: Selection, ids: Iterable<JobId>): Selection {
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

/** Whose counts make up those of the selection: `plus` without `minus`; null: none. */
export function countedFilters(
  selection: Selection,
  filter: JobFilter,
): { readonly plus: JobFilter; readonly minus: JobFilter | null } {
  if (selection.kind === 'some') return { plus: { ids: [...selection.ids] }, minus: null };
  const { except } = selection;
  return { plus: filter, minus: except.size === 0 ? null : { ...filter, ids: [...except] } };
}

export function subtractCounts(from: QueueCounts, less: QueueCounts): QueueCounts {
  const each = <K extends string>(
    names: readonly K[],
    a: Readonly<Record<K, number>>,
    b: Readonly<Record<K, number>>,
  ) => Object.fromEntries(names.map((name) => [name, Math.max(0, a[name] - b[name])])) as Record<K, number>;
  return {
    byState: each(stateNames, from.byState, less.byState),
    byTab: each(tabs, from.byTab, less.byTab),
    all: Math.max(0, from.all - less.all),
    bytesTotal: Math.max(0, from.bytesTotal - less.bytesTotal),
    bytesCompleted: Math.max(0, from.bytesCompleted - less.bytesCompleted),
    bytesRemaining: Math.max(0, from.bytesRemaining - less.bytesRemaining),
    bytesArrived: Math.max(0, from.bytesArrived - less.bytesArrived),
  };
}
