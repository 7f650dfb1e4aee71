/** A server's own words, made safe to show and to store: no keys, no queries of URLs, one line, not too long. */

const longest = 500;

const redactions: readonly (readonly [RegExp, string])[] = [
  // User name and password in front of a host.
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@"'<>]*@/gi, '$1'],
  // Query and fragment of any URL, absolute or not: presigned URLs carry their permission there.
  [/(?<=\S)[?#](?=[^\s"'<>])[^\s"'<>]*/g, '?…'],
  // Pairs of a query that stand alone, form fields, JSON.
  [
    /\b([a-z_-]*(?:signature|token|credential|secret(?:_?key)?|password|policy|access_?key|api_?key|x-(?:amz|goog)-[a-z-]+)["']?(?:\s*=\s*["']?|\s*:\s*["']))[^\s&"',;<>}]+/gi,
    '$1…',
  ],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}/gi, '$1 …'],
  // Keys of the four services and user tokens, by their prefixes.
  [/\b(?:sk_(?:live|test)_|rf_(?:live_|test_)?|sk-|dk-|ak-|eyJ)[A-Za-z0-9._-]{8,}/g, '…'],
];

/** Redacted, on one line, cut to 500 characters. */
export function safeWords(text: string): string {
  // Cut first with room to spare, so that a huge text costs little; what a redaction may cut in half is cut off anyway.
  const line = text
    .slice(0, longest * 8)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here.
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, ' ')
    .trim();
  const redacted = redactions.reduce(
    (words, [pattern, replacement]) => words.replace(pattern, replacement),
    line,
  );
  return redacted.length <= longest ? redacted : `${redacted.slice(0, longest - 1).toWellFormed()}…`;
}
