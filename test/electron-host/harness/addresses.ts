/**
 * Plain Chromium knows no schemes of ours. `app://bundle/x` is shown as `https://bundle.app.stand-in/x`, whose every
 * request is answered by the app itself; the app only ever sees its own addresses.
 */
const ending = '.stand-in';

export function toWeb(address: string): string {
  const { protocol, host, pathname, search, hash } = new URL(address);
  if (protocol === 'https:' || protocol === 'http:' || protocol === 'about:') return address;
  return `https://${host}.${protocol.slice(0, -1)}${ending}${pathname}${search}${hash}`;
}

export function toApp(address: string): string {
  if (!isOfApp(address)) return address;
  const { host, pathname, search, hash } = new URL(address);
  const [scheme = '', ...rest] = host.slice(0, -ending.length).split('.').reverse();
  return `${scheme}://${rest.reverse().join('.')}${pathname}${search}${hash}`;
}

export const isOfApp = (address: string): boolean => new URL(address).host.endsWith(ending);
