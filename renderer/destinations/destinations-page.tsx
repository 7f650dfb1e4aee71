/** The accounts that files go to. */
export function DestinationsPage() {
  return null;
}
