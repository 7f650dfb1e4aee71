/** Adds or edits a watch folder, with a dry run on the real folder. */
export function FolderDialog() {
  return null;
}
