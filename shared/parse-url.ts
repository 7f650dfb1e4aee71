/** Null where the text is no absolute URL. `URL.parse` does the same, where a browser is new enough to have it. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
