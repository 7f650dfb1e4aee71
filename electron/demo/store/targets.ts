import type { ProviderKind } from '#shared/destination.ts';
import { encodePath, type Grant, presign, type SigningKey } from './signature.ts';

export interface TargetsOptions {
  readonly storeOrigin: string;
  readonly key: SigningKey;
  now(): number;
  /** Faults: this target shall lead nowhere. */
  isUnreachable(dialect: ProviderKind): boolean;
}

export interface SignedUrl {
  readonly url: string;
  readonly expiresAt: number;
}

/** A port below 1024 where nothing listens on a normal machine: the connection is refused at once. */
const closedOrigin = 'http://127.0.0.1:2';

/** Makes the URLs that carry their own permission. */
export class Targets {
  readonly #options: TargetsOptions;

  constructor(options: TargetsOptions) {
    this.#options = options;
  }

  /** A PUT of one object; `headers` are signed beside `host`, so the upload must send them with these values. */
  put(
    dialect: ProviderKind,
    object: { readonly bucket: string; readonly key: string },
    headers: Readonly<Record<string, string>>,
    ttlMs: number,
  ): SignedUrl {
    const signed = this.#sign('PUT', object, headers, ttlMs);
    return { ...signed, url: `${this.originFor(dialect)}${signed.url}` };
  }

  get(object: { readonly bucket: string; readonly key: string }, ttlMs: number): SignedUrl {
    const signed = this.#sign('GET', object, {}, ttlMs);
    return { ...signed, url: `${this.#options.storeOrigin}${signed.url}` };
  }

  /** The store's origin, or one where nobody listens. */
  originFor(dialect: ProviderKind): string {
    return this.#options.isUnreachable(dialect) ? closedOrigin : this.#options.storeOrigin;
  }

  #sign(
    method: Grant['method'],
    object: { readonly bucket: string; readonly key: string },
    headers: Readonly<Record<string, string>>,
    ttlMs: number,
  ): SignedUrl {
    const host = new URL(this.#options.storeOrigin).host;
    const path = `/${encodePath(object.bucket, object.key)}`;
    const grant = { method, path, headers: { ...headers, host }, issuedAt: this.#options.now(), ttlMs };
    const { query, expiresAt } = presign(grant, this.#options.key);
    return { url: `${path}?${query}`, expiresAt };
  }
}
