/** All files, what becomes of each, and what can be done about it. */
export function UploadsPage() {
  return null;
}
