/** Where the screens are for a window: a scheme of our own, so that nothing on the network can ever be one of us. */
export const scheme = 'app';
export const host = 'bundle';
export const origin = `${scheme}://${host}`;

/** `at` is where in the screens, like "#/settings"; anything else leads to their beginning. */
export const pageAddress = (at = ''): string => `${origin}/${/^#\/[\w/-]*$/.test(at) ? at : ''}`;

/** Whether this is an address of our own screens. */
export function isOwn(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${scheme}:` && url.host === host;
}

/** What an own page may load or save: itself, and what it made in memory. */
export const isOwnOrMade = (address: string): boolean =>
  isOwn(address) || (address.startsWith('blob:') && isOwn(address.slice('blob:'.length)));
