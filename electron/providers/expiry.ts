/** When an upload target runs out, by this machine's clock. */
import type { Reservation, UploadTarget } from '#ports/reservation.ts';
import { parseAmzDate, parseTimestamp } from './timestamps.ts';

export interface ExpirySource {
  /** What the API says in a field of its own; undefined or null where it says nothing. */
  readonly stated?: unknown;
  readonly target: UploadTarget;
  /** Server clock minus this clock, from the `Date` of the very answer; null where it has none. */
  readonly skewMs: number | null;
}

/**
 * Below this a skew is not told from the `Date` header's whole seconds and the way of the answer; correcting by it
 * would make short lives worse, not better.
 */
const smallestSkewMs = 2000;

/**
 * The API's field, else `X-Amz-Date` + `X-Amz-Expires` of the URL, else ImageKit's form field `expire`; undefined where
 * none of them is there or can be read. All three are the server's time.
 */
export function expiryOf(source: ExpirySource): number | undefined {
  const { target } = source;
  const atServer =
    parseTimestamp(source.stated) ??
    signedExpiry(target.url) ??
    (target.method === 'POST' ? formExpiry(target.fields) : null);
  if (atServer === null) return undefined;
  const skewMs = source.skewMs ?? 0;
  return atServer - (Math.abs(skewMs) < smallestSkewMs ? 0 : skewMs);
}

/** The signer's clock minus this one, as its URL shows it, to the length of one request; null where it shows none. */
export function signerSkewOf({ target, issuedAt }: Reservation): number | null {
  const signedAt = parseAmzDate(parseQuery(target.url).get('x-amz-date') ?? '');
  return signedAt === null ? null : signedAt - issuedAt;
}

function signedExpiry(url: string): number | null {
  const query = parseQuery(url);
  const signedAt = parseAmzDate(query.get('x-amz-date') ?? '');
  const seconds = query.get('x-amz-expires') ?? '';
  return signedAt === null || !/^\d{1,9}$/.test(seconds) ? null : signedAt + Number(seconds) * 1000;
}

function parseQuery(url: string): ReadonlyMap<string, string> {
  if (!URL.canParse(url)) return new Map();
  return new Map([...new URL(url).searchParams].map(([name, value]) => [name.toLowerCase(), value]));
}

/** ImageKit: Unix seconds. */
function formExpiry(fields: readonly (readonly [string, string])[]): number | null {
  const expire = fields.find(([name]) => name === 'expire');
  return expire === undefined ? null : parseTimestamp(expire[1]);
}
