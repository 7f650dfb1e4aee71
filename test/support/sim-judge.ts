/** How the simulated store's refusals are read. */
import type { JudgedTry, Verdict } from '#ports/provider.ts';
import type { Rejection } from '#ports/transfer.ts';
import { failure } from '#shared/failure.ts';

export function judgeSim(rejection: Rejection, tried: JudgedTry): Verdict {
  const { status, storeCode, retryAfterMs } = rejection;
  const failed = (code: Parameters<typeof failure>[0]): Verdict => ({
    kind: 'failed',
    failure: failure(code, '', { status }),
    retryAfterMs,
  });
  if (storeCode === 'Expired') return { kind: 'expired' };
  if (storeCode === 'PolicySpent') return { kind: 'spent', failure: failure('conflict', '', { status }) };
  if (storeCode === 'SignatureDoesNotMatch') {
    return tried.signatureRefusedBefore
      ? failed('signature-refused')
      : { kind: 'spent', failure: failure('signature-refused') };
  }
  if (status === 412) {
    return tried.wasDoubted
      ? { kind: 'arrived' }
      : { kind: 'spent', failure: failure('conflict', '', { status }) };
  }
  if (status === 404) return failed('store-missing');
  if (status === 429 || storeCode === 'SlowDown') return failed('rate-limited');
  return failed('server-error');
}
