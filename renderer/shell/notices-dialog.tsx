/** What the engine had to tell. */
export function NoticesDialog() {
  return null;
}
