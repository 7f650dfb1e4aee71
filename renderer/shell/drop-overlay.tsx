/** Says what a drop would do, while files are dragged over the window. */
export function DropOverlay() {
  return null;
}
