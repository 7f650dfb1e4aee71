import { create } from 'zustand';
import type { JobId, UploadJob } from '#shared/job.ts';
import type { HideableColumn } from './list/columns.ts';
import { nothingSelected, type Selection } from './selection.ts';

/** Where the focus of the list is: a job, and the row it was last seen on. `id` null: the row is not here yet. */
export interface ActiveRow {
  readonly id: JobId | null;
  readonly row: number;
}

interface ListState {
  readonly selection: Selection;
  /** Null: nobody has been in the list. */
  readonly active: ActiveRow | null;
  /** Where Shift selects from. */
  readonly anchor: ActiveRow;
}

const atFirst: ListState = { selection: nothingSelected, active: null, anchor: { id: null, row: 0 } };

/** What is selected and focused in the list of uploads; one list per window. */
export const useListState = create<ListState>(() => atFirst);

export const select = (selection: Selection): void => useListState.setState({ selection });
export const clearSelection = (): void => useListState.setState({ selection: nothingSelected });
export const activate = (active: ActiveRow, isAnchor: boolean): void =>
  useListState.setState(isAnchor ? { active, anchor: active } : { active });

/** Another list: what was selected in the old one cannot be seen any more. */
export const startList = (): void => useListState.setState(atFirst);

/** The focused job as the list last saw it. Null: none, or it is not here. */
export const useActiveJob = create<{ readonly job: UploadJob | null }>(() => ({ job: null }));

/** The columns that the list would show if it were wider. */
export const useLeftOutColumns = create<{ readonly columns: readonly HideableColumn[] }>(() => ({
  columns: [],
}));
