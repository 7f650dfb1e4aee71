/** Who may come in: a token that works once becomes a cookie that survives a restart of this process. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#ports/clock.ts';

/** A window that is opened again within this time needs no new address. */
export const cookieLifetimeMs = 30 * 24 * 60 * 60 * 1000;

export interface Access {
  /** The token of the address that is printed. Works once. */
  token(): string;
  /** Takes a token for a cookie's value; null where it is not the one, or was used. */
  redeem(token: string): string | null;
  /** Makes a new token where the last one was used; null where it was not. */
  renewToken(): string | null;
  /** A cookie's value, good from now on. */
  issue(): string;
  isGood(cookie: string | null): boolean;
}

const purpose = 'hoist browser window 1';

export function createAccess(secret: Uint8Array, clock: Pick<Clock, 'now'>): Access {
  const makeToken = () => randomBytes(32).toString('base64url');
  let token = makeToken();
  let isUsed = false;

  const sign = (issuedAt: string) =>
    createHmac('sha256', secret).update(`${purpose}\0${issuedAt}`).digest('base64url');
  const issue = () => {
    const issuedAt = String(clock.now());
    return `${issuedAt}.${sign(issuedAt)}`;
  };

  return {
    token: () => token,
    redeem(given) {
      if (isUsed || !isEqual(given, token)) return null;
      isUsed = true;
      return issue();
    },
    renewToken() {
      if (!isUsed) return null;
      token = makeToken();
      isUsed = false;
      return token;
    },
    issue,
    isGood(cookie) {
      const [issuedAt = '', signature = ''] = (cookie ?? '').split('.');
      if (!isEqual(signature, sign(issuedAt))) return false;
      return clock.now() - Number(issuedAt) < cookieLifetimeMs;
    },
  };
}

/** Takes the same time wherever the two differ. */
function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Cookies do not know ports: the name keeps the hosts of two data directories apart. */
export const cookieName = (port: number): string => `hoist-${port}`;

export const cookieHeader = (port: number, value: string): string =>
  `${cookieName(port)}=${value}; Path=/; Max-Age=${cookieLifetimeMs / 1000}; HttpOnly; SameSite=Strict`;

/** The value of one cookie of a Cookie header; null where it is not there. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [key = '', value = ''] = pair.trim().split('=', 2);
    if (key === name) return value;
  }
  return null;
}
