/** Which addresses a request may go to. Names are judged again when they are resolved (guarded-lookup.ts). */
import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Link-local, and the metadata services of clouds: whoever gets bytes or a request there speaks for the machine. */
const forbidden = new BlockList();
forbidden.addSubnet('169.254.0.0', 16, 'ipv4');
forbidden.addSubnet('fe80::', 10, 'ipv6');
forbidden.addAddress('fd00:ec2::254', 'ipv6');
/** NAT64 (RFC 6052) carries IPv4 in its last 32 bits, so it leads to the same places. */
forbidden.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');

/** Few hosts are asked about again and again, for each request several times. */
function remembering(decide: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const answer = decide(text);
    if (known.size >= mostRemembered) known.clear();
    known.set(text, answer);
    return answer;
  };
}

const mostRemembered = 256;

function holds(list: BlockList, address: string): boolean {
  // A zone (`%eth0`) belongs to the route, not to the address.
  const bare = address.replace(/%.*$/, '');
  const family = isIP(bare);
  return family !== 0 && list.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/** IPv4 inside IPv6 (`::ffff:169.254.169.254`) counts as IPv4. */
export const isForbiddenAddress = remembering((address) => holds(forbidden, address));

export function isLoopbackAddress(address: string): boolean {
  return holds(loopback, address);
}

/** `localhost` and the names below it (RFC 6761); they must resolve to loopback, which the lookup checks. */
export function isLoopbackName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  return name === 'localhost' || name.endsWith('.localhost');
}

/** A host as it stands in a URL: IPv6 in brackets. */
export const isLoopbackHost = remembering(
  (hostname) => isLoopbackName(hostname) || isLoopbackAddress(withoutBrackets(hostname)),
);

export function withoutBrackets(hostname: string): string {
  return hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
}

export type Destined =
  | { readonly ok: true; readonly url: URL; readonly path: string }
  /** `host` is empty where the text is no URL. `why` never quotes the text. */
  | { readonly ok: false; readonly host: string; readonly why: string };

/** Decides whether a request may go to this URL at all. */
export function checkUrl(text: string, options: { readonly allowPlainHttp: boolean }): Destined {
  if (!URL.canParse(text)) return { ok: false, host: '', why: 'not a URL' };
  const url = new URL(text);
  const refuse = (why: string): Destined => ({ ok: false, host: url.host, why });
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('neither https nor http');
  if (url.username !== '' || url.password !== '') return refuse('holds a user name or password');
  if (url.protocol === 'http:' && !options.allowPlainHttp && !isLoopbackHost(url.hostname)) {
    return refuse('plain http');
  }
  if (isForbiddenAddress(withoutBrackets(url.hostname))) return refuse('link-local or metadata address');
  return { ok: true, url, path: pathAsGiven(text, url) };
}

/**
 * Path and query byte for byte as they were given: a signature covers them, and the URL parser rewrites some of what
 * it reads (quotes, dot segments). Text that may not stand in a request line is left to the parser.
 */
export function pathAsGiven(text: string, url: URL): string {
  const match = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\\]+([^#]*)/i.exec(text);
  const rest = match?.[1];
  if (rest === undefined || /[^\x21-\x7e]|\\/.test(rest)) return `${url.pathname}${url.search}`;
  return rest.startsWith('/') ? rest : `/${rest}`;
}
