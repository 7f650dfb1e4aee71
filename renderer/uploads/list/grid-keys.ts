/** Where the focus of a list goes by a key; null: the key is not for that. `page`: rows that fit into the window. */
export function rowAfterKey(key: string, row: number, count: number, page: number): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, row + 1);
    case 'ArrowUp':
      return Math.max(0, row - 1);
    case 'PageDown':
      return Math.min(last, row + Math.max(1, page - 1));
    case 'PageUp':
      return Math.max(0, row - Math.max(1, page - 1));
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
