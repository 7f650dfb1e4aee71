/** Everything that was completed, and its links. */
export function LinksPage() {
  return null;
}
