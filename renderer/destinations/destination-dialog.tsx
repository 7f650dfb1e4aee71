/** Adds or edits a destination, with a live test. */
export function DestinationDialog() {
  return null;
}
