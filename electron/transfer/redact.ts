/** Takes secrets out of text that came from outside, before anybody else sees it. */
import { redactNamed } from '#shared/redact.ts';

export type Redact = (text: string) => string;

const mark = '…';
/** Shorter values stand in URLs without being secret (`PUT`, `3600`, `host`), and would blot out honest text. */
const minimumSecretLength = 8;

/**
 * A redactor that knows the secrets of one request, in all the ways in which a server may quote them, and besides takes
 * out what looks like one: queries of URLs, values of telling names, long tokens.
 */
export function createRedactor(secrets: Iterable<string>): Redact {
  let known: readonly string[] | null = null;
  return (text) => {
    // Made when it is needed: most requests go well, and quote nothing.
    known ??= spellingsOf(secrets);
    let clean = text;
    for (const secret of known) clean = clean.replaceAll(secret, mark);
    return redactPatterns(clean);
  };
}

/** Long ones first, so that none hides in another. */
function spellingsOf(secrets: Iterable<string>): readonly string[] {
  return [...new Set([...secrets].flatMap(spellings))]
    .filter((text) => text.length >= minimumSecretLength)
    .sort((a, b) => b.length - a.length);
}

/** What is secret about a URL: its query, whole and in its values, and any user name. */
export function secretsOfUrl(text: string): string[] {
  const query = text.split('#')[0]?.split('?').slice(1).join('?') ?? '';
  const values = query.split('&').map((pair) => pair.slice(pair.indexOf('=') + 1));
  return [query, ...values];
}

function spellings(secret: string): string[] {
  const decoded = decodeSafely(secret);
  return [secret, decoded].flatMap((text) => [
    text,
    encodeURIComponent(text.toWellFormed()),
    escapeXml(text),
    JSON.stringify(text).slice(1, -1),
    text.trim(),
  ]);
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

function redactPatterns(text: string): string {
  const clean = text.replace(/\b([a-z][a-z0-9+.-]*:\/\/[^\s"'<>?#]*)[?#][^\s"'<>]*/gi, `$1?${mark}`);
  return redactNamed(clean).replace(/[A-Za-z0-9+/=_%.~-]{40,}/g, mark);
}
