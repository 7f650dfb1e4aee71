/** What a drag holds, as far as a browser tells before the drop. */
export interface Dragged {
  /** Null where the browser does not say yet. */
  readonly count: number | null;
  /** Media types of the files; folders and unknown ones have none. */
  readonly types: readonly string[];
}

export type DragItems = ArrayLike<Pick<DataTransferItem, 'kind' | 'type'>>;

export const bringsFiles = (transfer: Pick<DataTransfer, 'types'> | null): boolean =>
  transfer?.types.includes('Files') ?? false;

export function draggedOf(items: DragItems): Dragged {
  const files = Array.from(items).filter(({ kind }) => kind === 'file');
  return {
    count: files.length === 0 ? null : files.length,
    types: files.map(({ type }) => type).filter((type) => type !== ''),
  };
}
