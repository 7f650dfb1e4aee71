/** Whose certificates are believed: Node's own list, the system's, and NODE_EXTRA_CA_CERTS. Never none. */
import { readFileSync } from 'node:fs';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';

/**
 * Read at the first https connection, because the system's store costs some 60 ms. One context for all connections: a
 * list of certificates per connection would be parsed each time.
 */
export function createTrust(environment: Readonly<Record<string, string | undefined>>): () => SecureContext {
  let context: SecureContext | null = null;
  return () => {
    context ??= createSecureContext({ ca: certificates(environment.NODE_EXTRA_CA_CERTS) });
    return context;
  };
}

function certificates(extraFile: string | undefined): string[] {
  const all = new Set([...getCACertificates('default'), ...systemCertificates()]);
  if (extraFile !== undefined && extraFile !== '') all.add(readExtra(extraFile));
  all.delete('');
  return [...all];
}

function systemCertificates(): string[] {
  try {
    return getCACertificates('system');
  } catch {
    // A store that cannot be read takes nothing from the default list.
    return [];
  }
}

/** Node ignores a missing file too; the handshake then says what is not trusted. */
function readExtra(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
