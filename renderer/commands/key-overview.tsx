/** All keys, by what they are for. */
export function KeyOverview() {
  return null;
}
