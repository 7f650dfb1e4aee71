/** The watch folders, each on a card. */
export function FoldersPage() {
  return null;
}
