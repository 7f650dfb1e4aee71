/** The proxy variables of an environment, as Node's agents take them. */
export type ProxySettings = {
  readonly HTTP_PROXY?: string;
  readonly HTTPS_PROXY?: string;
  readonly NO_PROXY?: string;
};

/**
 * Lower-case names win, as in curl. An address without a scheme is http. What no proxy client of ours can use (socks, or
 * text that is no URL) is left out: an agent would throw on it, with the password in its message.
 */
export function proxySettings(environment: Readonly<Record<string, string | undefined>>): ProxySettings {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name] || undefined;
  const http = proxyUrl(read('HTTP_PROXY'));
  const https = proxyUrl(read('HTTPS_PROXY'));
  const none = read('NO_PROXY');
  return {
    ...(http === undefined ? {} : { HTTP_PROXY: http }),
    ...(https === undefined ? {} : { HTTPS_PROXY: https }),
    ...(none === undefined ? {} : { NO_PROXY: none }),
  };
}

function proxyUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const trimmed = text.trim();
  const full = trimmed.includes('://') ? trimmed : `http://${trimmed}`;
  if (!/^https?:\/\//.test(full) || !URL.canParse(full)) return undefined;
  return hasReadableCredentials(new URL(full)) ? full : undefined;
}

function hasReadableCredentials(url: URL): boolean {
  try {
    decodeURIComponent(url.username + url.password);
    return true;
  } catch {
    return false;
  }
}
