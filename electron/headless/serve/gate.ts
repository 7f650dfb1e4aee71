/** Which requests are let in. Pure: from what a request says to a verdict. */

export interface Knock {
  readonly method: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** Sec-Fetch-Site and -Mode: where the browser says that a request comes from. Old browsers say nothing. */
  readonly site: string | undefined;
  readonly mode: string | undefined;
  readonly isUpgrade: boolean;
}

export type Verdict = 'in' | 'wrong-host' | 'wrong-origin';

/** Where this host is, as its own pages name it. */
export const ownHosts = (port: number): readonly string[] => [`127.0.0.1:${port}`, `localhost:${port}`];

const safeMethods = ['GET', 'HEAD'];

/**
 * A name of its own that leads to 127.0.0.1 makes a stranger's page one of our origin in a browser's eyes (DNS rebinding),
 * but not in its Host header. A stranger's page that posts to us, or opens a WebSocket, is given away by its Origin. And
 * what it merely embeds says so in Sec-Fetch-Site; another port of this machine is a stranger, too.
 */
export function judge(knock: Knock, port: number): Verdict {
  const { host, origin } = knock;
  if (host === undefined || !ownHosts(port).includes(host)) return 'wrong-host';
  const isSafe = safeMethods.includes(knock.method) && !knock.isUpgrade;
  if (origin === undefined ? !isSafe : origin !== `http://${host}`) return 'wrong-origin';
  // A link to us that somebody follows is no embedding; the cookie decides what they see.
  const isForeign = knock.site !== undefined && !['same-origin', 'none'].includes(knock.site);
  if (isForeign && !(isSafe && knock.mode === 'navigate')) return 'wrong-origin';
  return 'in';
}
