/** Takes secrets out of a text that may hold URLs or keys: before it becomes a message, an entry or a report. */
const urlWithSecrets = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s"'<>/@]*@)?([^\s"'<>?#]*)([?#][^\s"'<>]*)?/gi;
const bearer = /\b(bearer|basic)\s+[\w.~+/=-]+/gi;
const longest = 500;

/** URLs lose user name, query and fragment; bearer credentials go; the rest is cut at 500 characters. */
export function redact(text: string): string {
  const clean = text
    .replace(
      urlWithSecrets,
      (_whole, scheme: string, _user: string | undefined, rest: string, query?: string) =>
        query === undefined ? `${scheme}${rest}` : `${scheme}${rest}?…`,
    )
    .replace(bearer, '$1 …');
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}
