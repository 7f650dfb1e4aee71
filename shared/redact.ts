/** Takes secrets out of a text that may hold URLs or keys: before it becomes a message, an entry or a report. */
const urlWithSecrets = /\b([a-z][a-z0-9+.-]*:\/\/)([^\s"'<>/@]*@)?([^\s"'<>?#]*)([?#][^\s"'<>]*)?/gi;
const bearer = /\b(bearer|basic)\s+[\w.~+/=-]+/gi;
const longest = 500;

/** `signature=…`, `"api_key": "…"`, `X-Amz-Credential: …`: the value of a name that tells what it is. */
const namedSecret =
  /((?:x-amz-|x-goog-)[\w-]+|signature|credential|token|policy|secret|password|api[_-]?key|authorization)(["']?\s*[=:]\s*["']?)[^\s"'&,;<>]+/gi;
/** Keys and signatures stand alone, too. No slash and no dot: a path is no secret. */
const longToken = /[A-Za-z0-9+=_-]{40,}/g;

const redactUrls = (text: string): string =>
  text.replace(
    urlWithSecrets,
    (_whole, scheme: string, _user: string | undefined, rest: string, query?: string) =>
      query === undefined ? `${scheme}${rest}` : `${scheme}${rest}?…`,
  );

/** URLs lose user name, query and fragment; bearer credentials go; the rest is cut at 500 characters. */
export function redact(text: string): string {
  const clean = redactUrls(text).replace(bearer, '$1 …');
  return clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
}

/** Bearer credentials, and the values of telling names. */
export const redactNamed = (text: string): string =>
  text.replace(bearer, '$1 …').replace(namedSecret, '$1$2…');

/** All of it, and what looks like a key, from a text that is kept as long as it is: a log line, a stack. */
export const redactWhole = (text: string): string => redactNamed(redactUrls(text)).replace(longToken, '…');
