/** From an error of the network to a code of ours. Only errno and host go on: messages of clients hold signed URLs. */
import type { FailureCode } from '#shared/failure.ts';
import { targetRefusedCode } from './guarded-lookup.ts';

const byCode: Readonly<Record<string, FailureCode>> = {
  [targetRefusedCode]: 'target-refused',
  ENOTFOUND: 'unreachable',
  ECONNREFUSED: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'timeout',
  ERR_INVALID_CHAR: 'target-refused',
  ERR_UNESCAPED_CHARACTERS: 'target-refused',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  ERR_TLS_CERT_ALTNAME_FORMAT: 'certificate',
  // Names of X509_verify_cert's results, as Node reports them (its tls documentation lists them).
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_CRL: 'certificate',
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: 'certificate',
  UNABLE_TO_DECRYPT_CRL_SIGNATURE: 'certificate',
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  CERT_SIGNATURE_FAILURE: 'certificate',
  CRL_SIGNATURE_FAILURE: 'certificate',
  CERT_NOT_YET_VALID: 'certificate',
  CERT_HAS_EXPIRED: 'certificate',
  CRL_NOT_YET_VALID: 'certificate',
  CRL_HAS_EXPIRED: 'certificate',
  ERROR_IN_CERT_NOT_BEFORE_FIELD: 'certificate',
  ERROR_IN_CERT_NOT_AFTER_FIELD: 'certificate',
  ERROR_IN_CRL_LAST_UPDATE_FIELD: 'certificate',
  ERROR_IN_CRL_NEXT_UPDATE_FIELD: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  CERT_CHAIN_TOO_LONG: 'certificate',
  CERT_REVOKED: 'certificate',
  INVALID_CA: 'certificate',
  PATH_LENGTH_EXCEEDED: 'certificate',
  INVALID_PURPOSE: 'certificate',
  CERT_UNTRUSTED: 'certificate',
  CERT_REJECTED: 'certificate',
  HOSTNAME_MISMATCH: 'certificate',
};

export interface NetworkFailure {
  readonly code: FailureCode;
  /** An errno or a few words of ours; never text from elsewhere. */
  readonly detail: string;
}

export function classifyNetworkError(error: unknown): NetworkFailure {
  const { codes, proxyStatus } = facts(error);
  if (codes.includes('ERR_PROXY_TUNNEL')) return classifyTunnel(proxyStatus);
  for (const code of codes) {
    const known = byCode[code] ?? byPrefix(code);
    if (known !== undefined) return { code: known, detail: code };
  }
  return { code: 'connection-broken', detail: codes[0] ?? '' };
}

function byPrefix(code: string): FailureCode | undefined {
  if (code.startsWith('EAI_')) return 'unreachable';
  // The parser of HTTP: what came is no HTTP answer.
  if (code.startsWith('HPE_')) return 'bad-answer';
  return undefined;
}

function classifyTunnel(status: number | null): NetworkFailure {
  if (status === 407) return { code: 'proxy-refused', detail: 'HTTP 407 from the proxy' };
  if (status !== null) return { code: 'unreachable', detail: `HTTP ${status} from the proxy` };
  return { code: 'unreachable', detail: 'the proxy opened no tunnel' };
}

/** Clients wrap what they caught: the codes of the whole chain, outermost first, and of the addresses that were tried. */
function facts(error: unknown): { codes: readonly string[]; proxyStatus: number | null } {
  const codes: string[] = [];
  let proxyStatus: number | null = null;
  const queue: unknown[] = [error];
  for (let seen = 0; queue.length > 0 && seen < 16; seen += 1) {
    const one = queue.shift();
    if (typeof one !== 'object' || one === null) continue;
    const { code, statusCode, cause } = one as { code?: unknown; statusCode?: unknown; cause?: unknown };
    if (typeof code === 'string' && /^[A-Z0-9_]{2,64}$/.test(code)) codes.push(code);
    if (typeof statusCode === 'number') proxyStatus = statusCode;
    queue.push(cause);
    if (one instanceof AggregateError) queue.push(...one.errors);
  }
  return { codes, proxyStatus };
}
