/** Why a path is, or is not, going up. */
export function ExplainDialog() {
  return null;
}
