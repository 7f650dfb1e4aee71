/** From nothing to a watched folder or a first upload. */
export function FirstRun() {
  return null;
}
