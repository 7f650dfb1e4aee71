/** Puts a word where the caret is, in place of what is marked; at the end where there is no caret. Tells where it is then. */
export function insertAt(
  text: string,
  word: string,
  start: number | null = text.length,
  end: number | null = start,
): { readonly text: string; readonly caret: number } {
  const from = Math.min(start ?? text.length, text.length);
  const to = Math.max(from, Math.min(end ?? from, text.length));
  return { text: text.slice(0, from) + word + text.slice(to), caret: from + word.length };
}
