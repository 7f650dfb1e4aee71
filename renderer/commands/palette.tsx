/** Finds and runs any command. */
export function Palette() {
  return null;
}
